import type { AlivePhase, PhaseOf, Reason, RunPhase } from './run-phase.js';
import { type RunWrite, stay, type Transition } from './transition.js';

/** Kills the process at once, or as soon as it is there. */
export function die(
    { bootedAt, process }: AlivePhase | PhaseOf<'dying'>,
    reason: Reason,
    writes: RunWrite[] = [],
): Transition {
    return { phase: { name: 'dying', bootedAt, process, reason }, writes, effects: [{ do: 'kill' }] };
}

/** Whether a run ends with a process that dies for this reason, whatever its exit code. */
export function isLast(reason: PhaseOf<'dying'>['reason']): boolean {
    return ['abort', 'finish', 'timeout', 'shutdown', 'unwritable'].includes(reason);
}

export function crash(phase: PhaseOf<'up'>): Transition {
    return die(phase, 'crash', [{ write: 'strike', fault: 'crash' }]);
}

export function fail(phase: PhaseOf<'up'>): Transition {
    return die(phase, 'failure', [{ write: 'strike', fault: 'restart' }]);
}

export function killAnswered(phase: RunPhase): Transition {
    return { phase, writes: [], effects: [{ do: 'kill' }] };
}

export function timeOut(phase: AlivePhase | PhaseOf<'dying'>): Transition {
    return die(phase, 'timeout', [{ write: 'status', status: 'TIMING-OUT' }]);
}

export function timeOutLeaving(phase: PhaseOf<'leaving'>): Transition {
    return phase.reason === 'migration' ? timeOut(phase) : stay(phase);
}

export function timeOutDying(phase: PhaseOf<'dying'>): Transition {
    return isLast(phase.reason) ? stay(phase) : timeOut(phase);
}

export function shutDown(phase: AlivePhase): Transition {
    return die(phase, 'shutdown');
}

export function shutDownDying(phase: PhaseOf<'dying'>): Transition {
    return isLast(phase.reason) ? stay(phase) : die(phase, 'shutdown');
}
