/**
 * Moves Apify Actors on this machine: what a test in an Actor's own repository needs.
 *
 * @module
 */
export type { Leftovers, QueueLeft, Row } from './leftovers.js';
export type { RecordContent } from './record-content.js';
export type { ComparisonFinding } from './finding.js';
export type { Difference } from './difference.js';
export type { NoiseFinding } from './noise.js';
export type { NotCompared } from './record-rules.js';
export { OWN } from './labels.js';
export { movePlatform } from './platform.js';
export { compare, type ComparedActor, type CompareOptions, type CompareResult } from './compare.js';
export type { Served, ServeScript } from './serving.js';
export { UndisturbedError } from './undisturbed-error.js';
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
export type { Fault } from '../faults/fault-plan.js';
export type { TraceEntry } from '../trace/recorded.js';
export { UsageError } from '../base/usage-error.js';
