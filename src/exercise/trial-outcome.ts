import type { TrialResult } from '../trial/trial.js';
import type { GuardReason, Limits } from './guard.js';
import type { HeldPage } from './rhythm.js';
import type { TrialId } from './stages.js';
import type { Witness } from './witness.js';

/** All that is known of a trial that has ended. */
export interface TrialOutcome {
    id: TrialId;
    result: TrialResult;
    witness: Witness;
    /** Why it was ended from outside. */
    ended?: GuardReason;
    limits: Limits;
    /** The page that was held. */
    hold?: HeldPage;
    /** The learner's folder. */
    dir: string;
}
