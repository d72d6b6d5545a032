import type { ActorProcess } from '../actor-process.js';
import type { PlatformSettings } from '../../settings.js';
import { afterExit } from './after-exit.js';
import { failUnwritten } from './end.js';
import type { OccurrenceOf } from './occurrence.js';
import { bootingSince, type PhaseOf, type RunPhase } from './run-phase.js';
import type { RunWrite, Transition } from './transition.js';

export function start(_phase: RunPhase, { at }: OccurrenceOf<'start'>): Transition {
    return {
        phase: bootingSince(at),
        writes: [{ write: 'status', status: 'RUNNING' }],
        effects: [{ do: 'arm-timeout' }, { do: 'spawn' }],
    };
}

export function goOn(
    _phase: RunPhase,
    { at }: OccurrenceOf<'go-on'>,
    { releaseLocksOn }: PlatformSettings,
): Transition {
    return {
        phase: bootingSince(at),
        writes: releaseLocksOn.crash ? [{ write: 'release-locks' }] : [],
        effects: [{ do: 'arm-timeout' }, { do: 'spawn' }],
    };
}

export function resurrect(
    _phase: RunPhase,
    { at, change }: OccurrenceOf<'resurrect'>,
    { releaseLocksOn }: PlatformSettings,
): Transition {
    const writes: RunWrite[] = [
        { write: 'change', change },
        { write: 'status', status: 'RUNNING' },
    ];
    if (releaseLocksOn.resurrect) writes.unshift({ write: 'release-locks' });
    return {
        phase: bootingSince(at),
        writes,
        effects: [{ do: 'forget-restarts' }, { do: 'arm-timeout' }, { do: 'spawn' }],
    };
}

export function spawned({ bootedAt }: PhaseOf<'booting'>, { process }: OccurrenceOf<'spawned'>): Transition {
    return isThere({ name: 'up', bootedAt, process }, process);
}

export function spawnedLeaving(phase: PhaseOf<'leaving'>, { process }: OccurrenceOf<'spawned'>): Transition {
    return isThere({ ...phase, process }, process);
}

/** Whoever ended the process while it was being spawned found nothing to kill yet. */
export function spawnedDying(phase: PhaseOf<'dying'>, { process }: OccurrenceOf<'spawned'>): Transition {
    const dying: RunPhase = { ...phase, process };
    if (phase.reason === 'unwritable') return { phase: dying, writes: [], effects: [{ do: 'kill' }] };
    const { writes, effects } = isThere(dying, process);
    return { phase: dying, writes, effects: [{ do: 'kill' }, ...effects] };
}

function isThere(phase: RunPhase, { pid }: ActorProcess): Transition {
    return { phase, writes: [{ write: 'boot', pid }], effects: [{ do: 'tell-settled' }] };
}

/** No other process follows one that can't be started. */
export function notSpawned(phase: PhaseOf<'booting' | 'leaving' | 'dying'>): Transition {
    if (phase.name === 'dying' && phase.reason === 'unwritable') return failUnwritten(phase.error);
    const reason = phase.name === 'booting' ? 'none' : phase.reason;
    const after = afterExit({ reason, exitCode: 1, wasKilled: true, mayRestart: false });
    const status = after.next === 'end' ? after.status : 'FAILED';
    return { phase: { name: 'ended' }, writes: [{ write: 'status', status }], effects: [{ do: 'tell-ended' }] };
}
