import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { ApiCall } from '../platform/index.js';
import type { ShopOptions } from '../shop/index.js';
import { type Fault, runTrial, type TrialOptions, type TrialResult, type Verdict } from '../trial/index.js';
import { type Outcome, outcomeOf, summarize, type Summary } from './outcome.js';
import { crashPoints, type Point, randomPairs, sample } from './points.js';

export interface ProofOptions {
    actor: TrialOptions['actor'];
    findCounts?: TrialOptions['findCounts'];
    fault: Fault;
    shop: Pick<ShopOptions, 'seed' | 'products'>;
    /** Trials at the same time. */
    jobs: number;
    /** Strike only so many of the crash points, spread over the run. Default: all. */
    sample?: number;
    /** Strike so many random plans of several faults instead of the crash points. */
    pairs?: number;
    /** Draws sample and pairs. */
    seed: number;
    /** Milliseconds after which a trial is ended and counted as hung. Default 60,000. */
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
    outcome: Outcome;
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
    const points = pointsOf(options, calls);
    options.onPoints?.(points);
    const trials: ProofTrial[] = [];
    const queue = points.values();
    const work = async (): Promise<void> => {
        for (const point of queue) {
            if (options.signal?.aborted) return;
            const trial = await strike(options, point);
            if (trial.verdict.ended === 'STOPPED') return;
            trials.push(trial);
            options.onTrial?.(trial);
        }
    };
    await Promise.all(Array.from({ length: options.jobs }, work));
    trials.sort((a, b) => a.point.index - b.point.index);
    return { trials, summary: summarize(trials), calls: calls.length, wallMillis: Date.now() - startedAt };
}

function pointsOf(options: ProofOptions, calls: readonly ApiCall[]): Point[] {
    const { pairs, fault, seed } = options;
    if (pairs !== undefined) return randomPairs(calls.length, pairs, seed);
    const points = crashPoints(calls, fault);
    return options.sample === undefined ? points : sample(points, options.sample, seed);
}

async function dryRun(options: ProofOptions): Promise<ApiCall[]> {
    const calls: ApiCall[] = [];
    // Its own time limit is not what is tried here.
    const { timeoutMillis: _, ...untimed } = options;
    const { verdict } = await inOwnFolder(untimed, {
        plan: [],
        onEvent: (event) => {
            if (event.type === 'call') calls.push(event.call);
        },
    });
    if (!verdict.exact && verdict.ended !== 'STOPPED') {
        throw new NothingToProveError(
            `Undisturbed, the Actor's object is ${verdict.tracker.status}, its dataset ${verdict.dataset.status} ` +
                `and its run ${verdict.ended}: make that right first.`,
        );
    }
    return calls;
}

async function strike(options: ProofOptions, point: Point): Promise<ProofTrial> {
    const { verdict, missed, wallMillis } = await inOwnFolder(options, { plan: point.plan });
    return { point, outcome: outcomeOf(verdict), verdict, isReached: missed.length === 0, wallMillis };
}

async function inOwnFolder(
    { actor, findCounts, shop, signal, timeoutMillis = 60_000 }: ProofOptions,
    trial: Pick<TrialOptions, 'plan' | 'onEvent'>,
): Promise<TrialResult> {
    const dir = await mkdtemp(join(tmpdir(), 'actors-move-'));
    try {
        return await runTrial({
            ...trial,
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
