export {
    type Fault,
    FAULTS,
    type FaultPlan,
    formatPlan,
    formatTrigger,
    parsePlan,
    parseTrigger,
    repeat,
    type Strike,
    type Trigger,
    TRIGGER_FORMS,
    SHOPLESS_TRIGGER_FORMS,
} from './fault-plan.js';
export { API_FAULT_FORMS, type ApiFault, parseApiFault } from './api-fault.js';
export { MovedRun, type MovedActor, type MovedRunOptions, type MovedRunStart, type RunEvent } from './moved-run.js';
export { type LeftBehind, runTrial, type TrialEvent, type TrialOptions, type TrialResult } from './trial.js';
export type { DatasetStatus, TrackerStatus, TrialEnd, Verdict } from './verdict.js';
export { UsageError } from './usage-error.js';
