import { type FaultPlan, formatTrigger, type Strike } from '../faults/fault-plan.js';
import type { ApiFaultMet } from '../faults/api-faults-met.js';
import type { Moved, StruckAfter } from './move.js';

/** A strike of a plan: `crash at call@17:before`. */
export function planText({ fault, trigger }: Strike): string {
    return `${fault} at ${formatTrigger(trigger)}`;
}

/** A strike that struck: `crash at call@17:before (call 17, dataset_items_post #3), 2.1 s after the start`. */
export function struckText({ strike, call, afterMillis, of }: StruckAfter): string {
    const whose = of === undefined ? '' : ` of ${of}`;
    const where = call ? ` (call ${call.n}, ${call.operationId} #${call.nOfOperation})` : '';
    return `${planText(strike)}${whose}${where}, ${(afterMillis / 1_000).toFixed(1)} s after the start`;
}

/** A plan in one line, for a heading. */
export function planLine(plan: FaultPlan): string {
    return plan.length === 0 ? 'undisturbed' : `struck by ${plan.map(planText).join(', ')}`;
}

/** An API fault and the calls that it met: `API fault …: met call 9 (dataset_items_post #3), 2.1 s after the start`. */
export function apiFaultText({ fault, calls }: ApiFaultMet, { trace }: Pick<Moved, 'trace'>): string {
    const [first] = calls;
    if (!first) return `API fault ${fault}: met no call`;
    const { call, at } = first;
    const after = ((at - trace.entries[trace.begin]!.at) / 1_000).toFixed(1);
    const more = calls.length > 1 ? `, and ${calls.length - 1} more` : '';
    return `API fault ${fault}: met call ${call.n} (${call.operationId} #${call.nOfOperation}), ${after} s after the start${more}`;
}

/** What is wrong with runs whose API faults met no call; undefined when each did. */
export function unmetText(runs: readonly Pick<Moved, 'apiFaults' | 'calls'>[]): string | undefined {
    const unmet = new Set(
        runs.flatMap(({ apiFaults }) => apiFaults.flatMap(({ fault, calls }) => (calls.length === 0 ? [fault] : []))),
    );
    return noneMet([...unmet]);
}

/** What is wrong with a proof whose API faults met no call in any of its runs; undefined when each did in one. */
export function neverMetText(runs: readonly Pick<Moved, 'apiFaults'>[]): string | undefined {
    const all = runs.flatMap(({ apiFaults }) => apiFaults);
    const met = new Set(all.flatMap(({ fault, calls }) => (calls.length > 0 ? [fault] : [])));
    return noneMet([...new Set(all.map(({ fault }) => fault))].filter((fault) => !met.has(fault)));
}

function noneMet(unmet: readonly string[]): string | undefined {
    if (unmet.length === 0) return undefined;
    return `No call met the API ${unmet.length === 1 ? 'fault' : 'faults'} ${unmet.join(', ')}: so that was not tried.`;
}
