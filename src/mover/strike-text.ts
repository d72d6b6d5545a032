import { type FaultPlan, formatTrigger, type Strike } from '../faults/fault-plan.js';
import type { StruckRows } from './move.js';

/** A strike of a plan: `crash at call@17:before`. */
export function planText({ fault, trigger }: Strike): string {
    return `${fault} at ${formatTrigger(trigger)}`;
}

/** A strike that struck: `crash at call@17:before (call 17, dataset_items_post #3), 2.1 s after the start`. */
export function struckText({ strike, call, afterMillis }: StruckRows): string {
    const where = call ? ` (call ${call.n}, ${call.operationId} #${call.nOfOperation})` : '';
    return `${planText(strike)}${where}, ${(afterMillis / 1_000).toFixed(1)} s after the start`;
}

/** A plan in one line, for a heading. */
export function planLine(plan: FaultPlan): string {
    return plan.length === 0 ? 'undisturbed' : `struck by ${plan.map(planText).join(', ')}`;
}
