/**
 * Moves Apify Actors on this machine: what a test in an Actor's own repository needs.
 *
 * @module
 */
export type { Outcome, RecordContent, Row } from './outcome.js';
export { movePlatform } from './platform.js';
export { trial, type TrialActor, type TrialOptions, type TrialResult } from './trial.js';
export { UndisturbedError } from './comparison.js';
export type {
    ActorDefinition,
    ApiCall,
    LogLine,
    Platform,
    PlatformOptions,
    PlatformSettings,
    RunOptions,
    RunProcess,
    RunRecord,
} from '../platform/index.js';
export { ApiError } from '../platform/index.js';
export type { Fault } from '../trial/fault-plan.js';
export type { RunEvent } from '../trial/moved-run.js';
export { UsageError } from '../trial/usage-error.js';
