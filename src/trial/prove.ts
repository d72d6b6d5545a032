import { inTemporaryFolder } from '../base/temporary-folder.js';
import type { Trace } from '../trace/trace.js';
import type { ShopOptions } from '../shop/index.js';
import { isAtStake } from './judge-trace.js';
import { runFork, runTrial, type TrialOptions, type TrialResult } from './trial.js';
import type { Verdict } from './verdict.js';
import { type Mark, markOf, summarize, type Summary } from './mark.js';
import { choosePoints, forkIn, type Point, type PointChoice } from '../faults/points.js';
import type { ApiTiming } from '../mover/api-timing.js';
import { NoForkError } from '../platform/index.js';
import { strikeAll } from '../mover/strike-all.js';

export interface ProofOptions extends PointChoice {
    actor: TrialOptions['actor'];
    findCounts?: TrialOptions['findCounts'];
    shop: Pick<ShopOptions, 'seed' | 'products'>;
    /** Folder in which the undisturbed run leaves its trace, from whose states crashed runs go on. It must be empty. */
    dir: string;
    timing?: ApiTiming;
    /** Trials at the same time. */
    jobs: number;
    /** Milliseconds after which a trial is ended and counted as hung. Default 180,000. */
    timeoutMillis?: number;
    signal?: AbortSignal;
    onPoints?: (points: readonly Point[]) => void;
    onTrial?: (trial: ProofTrial) => void;
    /** Told of each trial with its recording, and where in it the crash or another strike is. */
    onTrace?: (trial: ProofTrial, trace: Trace, strikeIndex: number) => void;
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
    /** Something can be lost there: rows are stored, and the run's result is not. */
    isAtStake: boolean;
    /** False when the run ended before its call came. */
    isReached: boolean;
    wallMillis: number;
}

export interface Proof {
    trials: readonly ProofTrial[];
    summary: Summary;
    /** Calls of the undisturbed run. */
    calls: number;
    /** Points that there are; `trials` has fewer of them where only some are tried. */
    points: number;
    /** Combinations of calls in flight that can't have come: an answer would have been another one. */
    impossible: number;
    wallMillis: number;
}

/**
 * Strikes an Actor wherever a crash can leave it, one trial each, and judges what each leaves behind. A crash goes on
 * from a state of the undisturbed run; other faults need the living process, so the run is run anew for each.
 *
 * @throws NothingToProveError when the undisturbed run is not exact.
 */
export async function prove(options: ProofOptions): Promise<Proof> {
    const startedAt = Date.now();
    const trace = await dryRun(options);
    const all = choosePoints({ ...options, sample: undefined, shard: undefined }, trace).length;
    const points = choosePoints(options, trace);
    options.onPoints?.(points);
    const { jobs, signal, bail, onTrial } = options;
    let impossible = 0;
    const trials = await strikeAll<ProofTrial>({
        points,
        jobs,
        ...(signal && { signal }),
        ...(bail && { isEnough: ({ outcome }) => outcome !== 'exact' }),
        onTrial,
        strike: async (point) => {
            try {
                const trial = await strike(options, point, trace);
                return trial.verdict.ended === 'STOPPED' ? undefined : trial;
            } catch (error) {
                if (!(error instanceof NoForkError) || !point.inFlight) throw error;
                impossible++;
                return 'impossible';
            }
        },
    });
    const wallMillis = Date.now() - startedAt;
    return { trials, summary: summarize(trials), calls: trace.calls().length, points: all, impossible, wallMillis };
}

async function dryRun(options: ProofOptions): Promise<Trace> {
    const { actor, findCounts, shop, dir, signal, timing } = options;
    // Its own time limit is not what is tried here.
    const { verdict, trace } = await runTrial({
        ...timing,
        recordsRequests: options.inFlight ?? false,
        actor: { ...actor, cwd: dir },
        ...(findCounts && { findCounts }),
        plan: [],
        dir,
        shop,
        ...(signal && { signal }),
    });
    if (!verdict.exact && verdict.ended !== 'STOPPED') {
        throw new NothingToProveError(
            `Undisturbed, the Actor's object is ${verdict.tracker.status}, its dataset ${verdict.dataset.status} ` +
                `and its run ${verdict.ended}: make that right first.`,
        );
    }
    return trace;
}

async function strike(options: ProofOptions, point: Point, undisturbed: Trace): Promise<ProofTrial> {
    const { verdict, missed, wallMillis, trace } = await inOwnFolder(options, point, undisturbed);
    const strikeIndex = trace.firstStrike ?? trace.end;
    const trial = {
        point,
        outcome: markOf(verdict),
        verdict,
        isAtStake: isAtStake(trace, strikeIndex),
        isReached: missed.length === 0,
        wallMillis,
    };
    options.onTrace?.(trial, trace, strikeIndex);
    return trial;
}

async function inOwnFolder(options: ProofOptions, point: Point, undisturbed: Trace): Promise<TrialResult> {
    const { actor, findCounts, shop, signal, timeoutMillis = 180_000, timing } = options;
    return inTemporaryFolder(async (dir) => {
        const trial = {
            ...timing,
            actor: { ...actor, cwd: dir },
            ...(findCounts && { findCounts }),
            plan: point.plan,
            dir,
            timeoutMillis,
            ...(signal && { signal }),
        };
        const fork = forkIn(point);
        return fork ? runFork(trial, { trace: undisturbed, ...fork }) : runTrial({ ...trial, shop });
    });
}
