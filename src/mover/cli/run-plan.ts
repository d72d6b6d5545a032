import { drawn, spread, spreadOverRequests } from '../../faults/strike-points.js';
import type { ApiCall } from '../../platform/index.js';
import {
    type Fault,
    FAULTS,
    type FaultPlan,
    parsePlan,
    parseTrigger,
    repeat,
    type Trigger,
} from '../../faults/fault-plan.js';
import { UsageError } from '../../base/usage-error.js';
import { numberOption } from '../../base/terminal/command.js';
import { type RunValues, USUAL_CALL } from './run-help.js';

/** What strikes, as the command line says it. */
export interface PlanRequest {
    fault: Fault;
    /** The plan of the n-th struck run, from 1. Calls and answers are those of the undisturbed run; none unless comparing. */
    planOf: (calls: readonly ApiCall[], n: number, answers: number) => FaultPlan;
}

/**
 * Reads what strikes a run and when.
 *
 * @throws UsageError for what can't be understood or does not go together.
 */
export function readPlan(
    values: RunValues,
    seed: number | undefined,
    modes: { compare: boolean; prove: boolean },
): PlanRequest {
    const fault = readFault(values.fault, modes);
    const { at, every, plan, prove, serve = false, request = [] } = values;
    const pages = serve ? ['request'] : [];
    const when = [at, every, plan].filter((option) => option !== undefined);
    if (when.length > 1) throw new UsageError('Give one of --at, --every and --plan.');
    if (prove && (when.length > 0 || values.times !== undefined)) {
        throw new UsageError('--prove strikes at every API call: --at, --every, --times and --plan do not go with it.');
    }
    if (prove && fault === 'none') throw new UsageError('--prove needs something that strikes, not --fault none.');
    if (plan !== undefined) {
        if (values.fault ?? values.times)
            throw new UsageError('--plan says what strikes how often: leave the rest out.');
        const strikes = parsePlan(plan, pages);
        if (strikes.length === 0)
            throw new UsageError('--plan names no strike: give crash:call@17:before, for example.');
        return { fault: strikes[0]?.fault ?? 'migrate', planOf: () => strikes };
    }
    if (fault === 'none') {
        const option = ['at', 'every', 'times', 'seed'].find((name) => values[name as 'at'] !== undefined);
        if (option !== undefined) throw new UsageError(`--${option} says when a fault strikes: name a --fault too.`);
        return { fault: 'migrate', planOf: () => [] };
    }
    const count = numberOption('times', values.times, { min: 1, max: 100 });
    const times = count ?? 1;
    if (seed !== undefined && !modes.prove) {
        if (at !== undefined || every !== undefined)
            throw new UsageError('--seed draws the moments: leave --at and --every out.');
        if (!modes.compare) {
            throw new UsageError(
                '--seed draws from the calls of the undisturbed run: give --compare too, or --at instead.',
            );
        }
        return { fault, planOf: (calls, n) => drawn(fault, times, calls, seed + n - 1) };
    }
    if (every !== undefined) {
        const trigger = readEvery(every);
        return { fault, planOf: () => (count === undefined ? [{ fault, trigger }] : repeated(fault, trigger, count)) };
    }
    if (at === undefined && serve) {
        const usual = Math.max(request.length, 2);
        return { fault, planOf: (_calls, _n, answers) => spreadOverRequests(fault, times, answers || usual) };
    }
    if (at === undefined && modes.compare) return { fault, planOf: (calls) => spread(fault, times, calls) };
    const trigger = parseTrigger(at ?? `call@${USUAL_CALL}:after`, pages);
    return { fault, planOf: () => repeat({ fault, trigger }, times) };
}

function readFault(named: string | undefined, modes: { compare: boolean; prove: boolean }): Fault | 'none' {
    const allowed = ['none', ...FAULTS] as const;
    const usual = modes.prove ? 'crash' : modes.compare ? 'migrate' : 'none';
    const fault = allowed.find((known) => known === (named ?? usual));
    if (!fault) throw new UsageError(`--fault takes ${allowed.join(', ')}, not '${named}'.`);
    return fault;
}

function readEvery(text: string): Extract<Trigger, { kind: 'every' }> {
    const trigger = /^\d/.test(text) ? parsedOrNothing(`every:${text}`) : undefined;
    if (trigger?.kind !== 'every')
        throw new UsageError(`--every takes a time of 100ms or more, such as 30s, not '${text}'.`);
    return trigger;
}

function parsedOrNothing(text: string): Trigger | undefined {
    try {
        return parseTrigger(text);
    } catch {
        return undefined;
    }
}

function repeated(fault: Fault, { millis }: { millis: number }, times: number): FaultPlan {
    return repeat({ fault, trigger: { kind: 'time', millis } }, times);
}
