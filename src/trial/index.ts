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
    UsageError,
} from './fault-plan.js';
export { type LeftBehind, runTrial, type TrialEvent, type TrialOptions, type TrialResult } from './trial.js';
export type { DatasetStatus, TrackerStatus, TrialEnd, Verdict } from './verdict.js';
