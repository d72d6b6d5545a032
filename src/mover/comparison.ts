import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';

import type { RunCall } from '../trace/trace.js';
import type { FaultPlan } from '../faults/fault-plan.js';
import { differencesBetween, type Difference, type Judgement, judgementOf } from './differences.js';
import type { RowRules } from './compare-rows.js';
import { type Moved, type MoveOptions, move } from './move.js';

export interface ComparisonOptions extends Omit<MoveOptions, 'plan' | 'apiFaults' | 'onEntry'>, RowRules {
    /** How often the Actor is run under a plan. Default 1. */
    runs?: number;
    /** The plan of the n-th struck run, from 1, once the calls of the undisturbed run are known. */
    planOf: (calls: readonly RunCall[], n: number) => FaultPlan;
    /** What goes wrong between the Actor and the API in the struck runs. */
    apiFaults?: MoveOptions['apiFaults'];
    /** Told before each run; `n` is 0 for the undisturbed one. What it returns is told what happens in it. */
    onRun?: (n: number, plan: FaultPlan) => MoveOptions['onEntry'];
}

/** A struck run, and how it differs from the undisturbed one. */
export interface ComparedRun {
    moved: Moved;
    plan: FaultPlan;
    differences: readonly Difference[];
    judgement: Judgement;
}

export interface Comparison {
    undisturbed: Moved;
    struck: readonly ComparedRun[];
}

/** An undisturbed run that does not succeed: there is nothing to compare with. */
export class UndisturbedError extends Error {
    override name = 'UndisturbedError';

    constructor(readonly moved: Moved) {
        super(`Undisturbed, the run ended as ${moved.leftovers.ended}: make that right first.`);
    }
}

/** Records that are compared unless others are named. */
export const DEFAULT_RECORDS = ['OUTPUT'];

/**
 * Runs an Actor once undisturbed and then under fault plans, each time on storages of its own, and compares what is
 * left. Data goes to folders below `dir`.
 *
 * @throws UndisturbedError when the undisturbed run does not succeed.
 */
export async function compareRuns(options: ComparisonOptions): Promise<Comparison> {
    const { runs = 1, planOf, apiFaults = [], onRun, unique, ignore, signal, ...base } = options;
    const run = async (n: number, plan: FaultPlan): Promise<Moved> => {
        const onEntry = onRun?.(n, plan);
        const dir = join(options.dir, n === 0 ? 'undisturbed' : `struck-${n}`);
        await mkdir(dir, { recursive: true });
        return move({
            records: DEFAULT_RECORDS,
            ...base,
            dir,
            plan,
            apiFaults: n === 0 ? [] : apiFaults,
            ...(signal && { signal }),
            ...(onEntry && { onEntry }),
        });
    };
    const undisturbed = await run(0, []);
    if (isStopped(undisturbed)) return { undisturbed, struck: [] };
    if (undisturbed.leftovers.ended !== 'SUCCEEDED') throw new UndisturbedError(undisturbed);
    const struck: ComparedRun[] = [];
    for (let n = 1; n <= runs; n++) {
        const plan = planOf(undisturbed.calls, n);
        const moved = await run(n, plan);
        if (isStopped(moved)) break;
        const compared = judged(undisturbed, moved, { ...(unique && { unique }), ...(ignore && { ignore }) });
        struck.push({ ...compared, plan });
    }
    return { undisturbed, struck };
}

/** How a struck run differs from the undisturbed one. */
export function judged(undisturbed: Moved, moved: Moved, rules: RowRules): Omit<ComparedRun, 'plan'> {
    const marks = moved.struck.map(({ rows }) => rows);
    const differences = differencesBetween(undisturbed.leftovers, moved.leftovers, rules, marks);
    return { moved, differences, judgement: judgementOf(differences) };
}

/** True when the signal ended the run: then it shows nothing. */
export function isStopped({ leftovers }: Moved): boolean {
    return leftovers.ended === 'STOPPED';
}
