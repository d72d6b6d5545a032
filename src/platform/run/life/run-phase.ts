import { isTerminal, type RunStatus } from '../../../trace/runs.js';
import type { UnwritableError } from '../../unwritable-error.js';
import type { ActorProcess } from '../actor-process.js';

/** Why the platform ends a process, but for what can't be written. */
export type Reason =
    | 'migration'
    /** The Actor, or somebody for it, has asked for a new process. */
    | 'reboot'
    /** It has asked in answer to `migrating`. */
    | 'migration-reboot'
    | 'metamorph'
    | 'crash'
    /** The process is made to fail as if by itself. */
    | 'failure'
    | 'abort'
    /** A run that serves is no longer needed. */
    | 'finish'
    | 'timeout'
    /** The platform itself stops. */
    | 'shutdown';

/** An event for the Actor. */
export interface Announcement {
    name: 'migrating' | 'aborting' | 'persistState';
    data?: unknown;
}

/** What a process that the platform works with has in each of its phases. */
interface Incarnation {
    /** When its start began, in milliseconds since the epoch: older connections are not its own. */
    bootedAt: number;
    /** Undefined while it is being spawned. */
    process: ActorProcess | undefined;
}

/**
 * A run's life: one phase at a time. Each carries what matters in it and nowhere else.
 *
 * ready → booting → up → (leaving →) dying → booting again, or ended; ended → booting by a resurrection.
 */
export type RunPhase =
    /** No process was started yet. */
    | { name: 'ready' }
    /** The process is being spawned, and nothing is the matter. */
    | (Incarnation & { name: 'booting'; process: undefined })
    /** The process works. */
    | (Incarnation & { name: 'up'; process: ActorProcess })
    /** The process has been told that it must go, or will be as soon as it connects; its grace period runs. */
    | (Incarnation & { name: 'leaving'; reason: 'migration' | 'abort' | 'finish'; unsent: Announcement[] })
    /** None of the process's calls is taken any more: it is killed, or is to be as soon as it is there. */
    | (Incarnation & { name: 'dying'; reason: Reason })
    /** Dying, since something of the run could not be written: the run ends with it. */
    | (Incarnation & { name: 'dying'; reason: 'unwritable'; error: UnwritableError })
    /** No process, and none follows. `bootedAt` is that of the last process if that one ended by itself. */
    | { name: 'ended'; bootedAt?: number };

export type PhaseOf<Name extends RunPhase['name']> = Extract<RunPhase, { name: Name }>;

/** The phases of a process that may still be told something. */
export type AlivePhase = PhaseOf<'booting' | 'up' | 'leaving'>;

/** The phase of a run that no process works on. */
export function initialPhase(status: RunStatus): RunPhase {
    return { name: isTerminal(status) ? 'ended' : 'ready' };
}

/** The phase of a run whose process is being spawned since `at`, in milliseconds since the epoch. */
export function bootingSince(at: number): RunPhase {
    return { name: 'booting', bootedAt: at, process: undefined };
}

/** The process that works on the run now. */
export function processOf(phase: RunPhase): ActorProcess | undefined {
    return 'process' in phase ? phase.process : undefined;
}

/**
 * Whether a call over a connection can be one of the present process's, or of the last one's, and is to be taken.
 *
 * @param connectedAt Milliseconds since the epoch.
 */
export function takesCalls(phase: RunPhase, connectedAt: number): boolean {
    if (phase.name === 'dying' || !('bootedAt' in phase)) return false;
    return phase.bootedAt !== undefined && connectedAt >= phase.bootedAt;
}
