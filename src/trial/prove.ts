import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { RunCall } from '../trace/trace.js';
import type { FaultPlan } from '../faults/fault-plan.js';
import type { ShopOptions } from '../shop/index.js';
import { runTrial, type TrialOptions, type TrialResult } from './trial.js';
import type { Verdict } from './verdict.js';
import { type Mark, markOf, summarize, type Summary } from './mark.js';
import { choosePoints, type Point, type PointChoice } from '../faults/points.js';
import type { ApiTiming } from '../mover/api-timing.js';
import { strikeAll } from '../mover/strike-all.js';

export interface ProofOptions extends PointChoice {
    actor: TrialOptions['actor'];
    findCounts?: TrialOptions['findCounts'];
    shop: Pick<ShopOptions, 'seed' | 'products'>;
    timing?: ApiTiming;
    /** Trials at the same time. */
    jobs: number;
    /** Milliseconds after which a trial is ended and counted as hung. Default 180,000. */
    timeoutMillis?: number;
    signal?: AbortSignal;
    onPoints?: (points: readonly Point[]) => void;
    onTrial?: (trial: ProofTrial) => void;
}

/** The undisturbed run is not exact: then there is nothing to prove. */
export class NothingToProveError extends Error {
    override name = 'NothingToProveError';
}

/** One struck trial. */
export interface ProofTrial {
    point: Point;
    outcome: Mark;
    verdict: Verdict;
    /** False when the run ended before its call came. */
    isReached: boolean;
    wallMillis: number;
}

export interface Proof {
    trials: readonly ProofTrial[];
    summary: Summary;
    /** Calls of the undisturbed run. */
    calls: number;
    wallMillis: number;
}

/**
 * Strikes an Actor at every crash point of its run, one trial each, and judges what each leaves behind.
 *
 * @throws NothingToProveError when the undisturbed run is not exact.
 */
export async function prove(options: ProofOptions): Promise<Proof> {
    const startedAt = Date.now();
    const calls = await dryRun(options);
    const points = choosePoints(options, calls);
    options.onPoints?.(points);
    const { jobs, signal, bail, onTrial } = options;
    const trials = await strikeAll<ProofTrial>({
        points,
        jobs,
        ...(signal && { signal }),
        ...(bail && { isEnough: ({ outcome }) => outcome !== 'exact' }),
        onTrial,
        strike: async (point) => {
            const trial = await strike(options, point);
            return trial.verdict.ended === 'STOPPED' ? undefined : trial;
        },
    });
    return { trials, summary: summarize(trials), calls: calls.length, wallMillis: Date.now() - startedAt };
}

async function dryRun(options: ProofOptions): Promise<RunCall[]> {
    // Its own time limit is not what is tried here.
    const { timeoutMillis: _, ...untimed } = options;
    const { verdict, trace } = await inOwnFolder(untimed, []);
    if (!verdict.exact && verdict.ended !== 'STOPPED') {
        throw new NothingToProveError(
            `Undisturbed, the Actor's object is ${verdict.tracker.status}, its dataset ${verdict.dataset.status} ` +
                `and its run ${verdict.ended}: make that right first.`,
        );
    }
    return trace.calls();
}

async function strike(options: ProofOptions, point: Point): Promise<ProofTrial> {
    const { verdict, missed, wallMillis } = await inOwnFolder(options, point.plan);
    return { point, outcome: markOf(verdict), verdict, isReached: missed.length === 0, wallMillis };
}

async function inOwnFolder(
    { actor, findCounts, shop, signal, timeoutMillis = 180_000, timing }: ProofOptions,
    plan: FaultPlan,
): Promise<TrialResult> {
    const dir = await mkdtemp(join(tmpdir(), 'actors-move-'));
    try {
        return await runTrial({
            ...timing,
            plan,
            actor: { ...actor, cwd: dir },
            ...(findCounts && { findCounts }),
            dir,
            shop,
            timeoutMillis,
            // Long enough for the Actor to save what it wants to save, and no longer: there are many trials.
            holdMillis: 500,
            ...(signal && { signal }),
        });
    } finally {
        await rm(dir, { recursive: true, force: true });
    }
}
