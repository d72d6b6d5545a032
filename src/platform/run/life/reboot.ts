import type { PlatformSettings } from '../../settings.js';
import { isLast } from './die.js';
import type { OccurrenceOf } from './occurrence.js';
import type { AlivePhase, PhaseOf } from './run-phase.js';
import type { Reaction, RunWrite, Transition } from './transition.js';

const ASKED: RunWrite = { write: 'event', name: 'reboot' };

/** The process lives on until the call is answered. */
export function reboot({ bootedAt, process }: AlivePhase): Transition {
    return { phase: { name: 'dying', bootedAt, process, reason: 'reboot' }, writes: [ASKED], effects: [] };
}

/**
 * A reboot cancels the migration that it answers, as in Apify's own emulation of the platform:
 * https://github.com/apify/actor-runtime
 */
export function rebootLeaving(
    phase: PhaseOf<'leaving'>,
    _occurrence: OccurrenceOf<'reboot'>,
    { rebootEndsMigration }: PlatformSettings,
): Reaction {
    if (phase.reason !== 'migration') return 'refuse';
    if (!rebootEndsMigration) return { phase, writes: [ASKED], effects: [] };
    const { bootedAt, process } = phase;
    return { phase: { name: 'dying', bootedAt, process, reason: 'migration-reboot' }, writes: [ASKED], effects: [] };
}

/** Another process follows anyway, unless the run ends with this one. */
export function rebootDying(phase: PhaseOf<'dying'>): Reaction {
    return isLast(phase.reason) ? 'refuse' : { phase, writes: [ASKED], effects: [] };
}

/** As with a reboot, the process lives on until the call is answered. */
export function metamorph({ bootedAt, process }: AlivePhase): Transition {
    return { phase: { name: 'dying', bootedAt, process, reason: 'metamorph' }, writes: [], effects: [] };
}
