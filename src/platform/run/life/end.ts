import type { PlatformSettings } from '../../settings.js';
import type { UnwritableError } from '../../unwritable-error.js';
import { afterExit, type BootReason } from './after-exit.js';
import type { OccurrenceOf } from './occurrence.js';
import { type AlivePhase, bootingSince, type PhaseOf, type RunPhase } from './run-phase.js';
import { type RunCounter, type RunEffect, type RunWrite, stay, type Transition } from './transition.js';

export function exited(
    phase: PhaseOf<'up' | 'leaving' | 'dying'>,
    { at, exit: { exitCode, signal, wasKilled }, mayRestart }: OccurrenceOf<'exited'>,
    settings: PlatformSettings,
): Transition {
    if (phase.name === 'dying' && phase.reason === 'unwritable') return failUnwritten(phase.error, exitCode);
    const reason = phase.name === 'up' ? 'none' : phase.reason;
    const after = afterExit({ reason, exitCode, wasKilled, mayRestart });
    const writes: RunWrite[] = [{ write: 'exit', exitCode, signal }];
    if (after.next === 'end') {
        writes.push({ write: 'status', status: after.status, exitCode });
        const isOwnEnd = phase.name !== 'dying';
        const ended: RunPhase = { name: 'ended', ...(isOwnEnd && { bootedAt: phase.bootedAt }) };
        return { phase: ended, writes, effects: [{ do: 'tell-ended' }] };
    }
    if (after.reason !== 'metamorph' && settings.releaseLocksOn[after.reason]) writes.push({ write: 'release-locks' });
    const counters = reason === 'migration-reboot' ? countersOfBoth(settings) : COUNTERS[after.reason];
    if (counters.length > 0) writes.push({ write: 'count', counters });
    const effects: RunEffect[] = [{ do: 'spawn' }];
    if (after.reason === 'restart') effects.unshift({ do: 'note-restart' });
    return { phase: bootingSince(at), writes, effects };
}

const COUNTERS: Record<BootReason, RunCounter[]> = {
    migration: ['migrationCount'],
    reboot: ['rebootCount'],
    metamorph: ['metamorphCount'],
    crash: [],
    restart: ['restartCount'],
};

function countersOfBoth({ rebootDuringMigrationCountsAs: as }: PlatformSettings): RunCounter[] {
    return as === 'both' ? [...COUNTERS.migration, ...COUNTERS.reboot] : COUNTERS[as];
}

export function endUnstarted(): Transition {
    const writes: RunWrite[] = [{ write: 'status', status: 'ABORTED' }];
    return { phase: { name: 'ended' }, writes, effects: [{ do: 'tell-ended' }] };
}

export function failUnstarted(_phase: RunPhase, { error }: OccurrenceOf<'unwritable'>): Transition {
    return failUnwritten(error);
}

/** The run ends with its process, which may still be being spawned. */
export function failAlive(
    { bootedAt, process }: AlivePhase | PhaseOf<'dying'>,
    { error }: OccurrenceOf<'unwritable'>,
): Transition {
    const phase: RunPhase = { name: 'dying', bootedAt, process, reason: 'unwritable', error };
    return { phase, writes: [], effects: [{ do: 'kill' }] };
}

export function failDying(phase: PhaseOf<'dying'>, occurrence: OccurrenceOf<'unwritable'>): Transition {
    return phase.reason === 'unwritable' ? stay(phase) : failAlive(phase, occurrence);
}

/** Nothing more is written of a run that ends because it can't be. */
export function failUnwritten(error: UnwritableError, exitCode?: number): Transition {
    const fail: RunEffect = { do: 'fail-unwritten', error, ...(exitCode !== undefined && { exitCode }) };
    return { phase: { name: 'ended' }, writes: [], effects: [fail, { do: 'tell-ended' }] };
}
