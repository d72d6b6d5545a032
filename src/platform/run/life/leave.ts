import type { PlatformSettings } from '../../settings.js';
import { die, isLast } from './die.js';
import type { OccurrenceOf } from './occurrence.js';
import type { AlivePhase, Announcement, PhaseOf } from './run-phase.js';
import { type Reaction, type RunWrite, stay, type Transition } from './transition.js';

export function migrate(phase: PhaseOf<'up'>, { graceMillis }: OccurrenceOf<'migrate'>): Transition {
    const data = { timeRemainingSecs: graceMillis / 1_000 };
    return leave(phase, 'migration', [{ name: 'migrating', data }], graceMillis);
}

const ABORTING: RunWrite = { write: 'status', status: 'ABORTING' };

const GOING: Announcement[] = [{ name: 'aborting' }, { name: 'persistState', data: { isMigrating: false } }];

/** Events and their order are those of https://github.com/apify/actor-runtime, Apify's emulation of the platform. */
export function abort(
    phase: AlivePhase,
    { gracefully }: OccurrenceOf<'abort'>,
    { abortGraceMillis }: PlatformSettings,
): Transition {
    if (!gracefully) return die(phase, 'abort', [ABORTING]);
    return { ...leave(phase, 'abort', GOING, abortGraceMillis), writes: [ABORTING] };
}

/**
 * A run that serves hears the same, and has succeeded however it ends. Source: as above, of a Standby run that is idle.
 */
export function leaveToFinish(phase: AlivePhase, { graceMillis }: OccurrenceOf<'finish'>): Transition {
    return leave(phase, 'finish', GOING, graceMillis);
}

/** A migration that is under way must not cut the abort's grace period short. */
export function abortLeaving(
    phase: PhaseOf<'leaving'>,
    occurrence: OccurrenceOf<'abort'>,
    settings: PlatformSettings,
): Transition {
    if (phase.reason !== 'abort') return abort(phase, occurrence, settings);
    return occurrence.gracefully ? stay(phase) : die(phase, 'abort');
}

/** None of the process's calls is taken any more: there is nothing that it could do with a grace period. */
export function abortDying(phase: PhaseOf<'dying'>): Reaction {
    if (phase.reason === 'abort' || phase.reason === 'shutdown') return stay(phase);
    return isLast(phase.reason) ? 'refuse' : die(phase, 'abort', [ABORTING]);
}

function leave(
    { bootedAt, process }: AlivePhase,
    reason: PhaseOf<'leaving'>['reason'],
    unsent: Announcement[],
    millis: number,
): Transition {
    return {
        phase: { name: 'leaving', bootedAt, process, reason, unsent },
        writes: [],
        effects: [{ do: 'arm-grace', millis }, { do: 'look-for-connection' }],
    };
}

export function announce(phase: PhaseOf<'leaving'>): Transition {
    const { unsent } = phase;
    return {
        phase: { ...phase, unsent: [] },
        writes: unsent.map((event) => ({ write: 'event', ...event })),
        effects: unsent.map((event) => ({ do: 'send', ...event })),
    };
}

export function graceOver(phase: PhaseOf<'leaving'>): Transition {
    return die(phase, phase.reason);
}
