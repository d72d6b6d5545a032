import type { RunRecord, RunStatus } from '../../../trace/runs.js';
import type { UnwritableError } from '../../unwritable-error.js';
import type { RunPhase } from './run-phase.js';

/** What is written of a run: to the journal, and so to its state. */
export type RunWrite =
    | { write: 'status'; status: RunStatus; exitCode?: number }
    | { write: 'change'; change: Partial<RunRecord> }
    | { write: 'count'; counters: RunCounter[] }
    | { write: 'boot'; pid: number }
    | { write: 'exit'; exitCode: number; signal: string | null }
    | { write: 'event'; name: string; data?: unknown }
    | { write: 'strike'; fault: string }
    /** Locks that the dead process holds in any request queue. */
    | { write: 'release-locks' };

/** Counters that go up with a new process. */
export type RunCounter = 'migrationCount' | 'rebootCount' | 'restartCount' | 'metamorphCount';

/** What is done apart from writing. None of it can fail for want of room on the disk. */
export type RunEffect =
    | { do: 'spawn' }
    /** Kills the process, if it is there. */
    | { do: 'kill' }
    /** Has `grace-over` occur, unless the run's phase is another by then. */
    | { do: 'arm-grace'; millis: number }
    /** Has `timeout` occur when the run's time is over. */
    | { do: 'arm-timeout' }
    /** Has `connected` occur now if the process has connected already. */
    | { do: 'look-for-connection' }
    | { do: 'send'; name: string; data?: unknown }
    /** Counts a restart on error towards its limit. */
    | { do: 'note-restart' }
    | { do: 'forget-restarts' }
    /** Tells those who wait that the next process has been started. */
    | { do: 'tell-settled' }
    /** Tells those who wait that the run has ended. */
    | { do: 'tell-ended' }
    /** Ends the run as FAILED in memory alone, and says why to whoever can still be told. */
    | { do: 'fail-unwritten'; error: UnwritableError; exitCode?: number };

export interface Transition {
    phase: RunPhase;
    /** In this order, before any effect. When one fails, the rest is left out and the phase stays as it was. */
    writes: RunWrite[];
    effects: RunEffect[];
}

/** `wait`: ask again once the next process has been started, or the run has ended. */
export type Reaction = Transition | 'wait' | 'refuse';

/** A run that goes on as it is. */
export function stay(phase: RunPhase): Transition {
    return { phase, writes: [], effects: [] };
}
