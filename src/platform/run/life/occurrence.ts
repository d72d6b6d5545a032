import type { RunRecord } from '../../../trace/runs.js';
import type { UnwritableError } from '../../unwritable-error.js';
import type { ActorProcess, ProcessExit } from '../actor-process.js';

/** What is asked of a run, or happens to it. `at` is in milliseconds since the epoch. */
export type Occurrence =
    | { kind: 'start'; at: number }
    /** A fork goes on where its past ended: with a process, as after a crash. */
    | { kind: 'go-on'; at: number }
    | { kind: 'migrate'; graceMillis: number }
    /** The process is killed without a word. */
    | { kind: 'crash' }
    /** The process fails. */
    | { kind: 'fail' }
    | { kind: 'abort'; gracefully: boolean }
    /** A run that serves is no longer needed: it is told to go, and has succeeded. */
    | { kind: 'finish'; graceMillis: number }
    | { kind: 'reboot' }
    | { kind: 'metamorph' }
    /** The call that asked for a reboot or a metamorph has been answered. */
    | { kind: 'answered' }
    /** `change`: what the resurrection changes in the run. */
    | { kind: 'resurrect'; at: number; change: Partial<RunRecord> }
    /** The run's time is over. */
    | { kind: 'timeout' }
    /** The grace period of a process that is leaving is over. */
    | { kind: 'grace-over' }
    /** The platform stops. */
    | { kind: 'shutdown' }
    /** The process is there. */
    | { kind: 'spawned'; process: ActorProcess }
    /** The process can't be started. */
    | { kind: 'not-spawned' }
    /** The process has connected to its events. */
    | { kind: 'connected' }
    /** The process has ended. `mayRestart`: restart on error is on, and its limit is not reached. */
    | { kind: 'exited'; at: number; exit: ProcessExit; mayRestart: boolean }
    /** Something of the run could not be written. */
    | { kind: 'unwritable'; error: UnwritableError };

export type OccurrenceOf<Kind extends Occurrence['kind']> = Extract<Occurrence, { kind: Kind }>;
