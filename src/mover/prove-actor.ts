import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { FaultPlan } from '../faults/fault-plan.js';
import { choosePoints, type Point, type PointChoice } from '../faults/points.js';
import { strikeAll } from './strike-all.js';
import type { Difference, Judgement } from './difference.js';
import type { CompareRules } from './differences.js';
import { baselineOf, isStopped, judged } from './comparison.js';
import { type Moved, type MoveOptions, move } from './move.js';

export interface ActorProofOptions extends Omit<MoveOptions, 'plan' | 'dir' | 'onEntry' | 'exports'>, PointChoice {
    rules?: CompareRules;
    /** Trials at the same time. */
    jobs: number;
    onPoints?: (points: readonly Point[], undisturbed: Moved) => void;
    onTrial?: (trial: ActorProofTrial) => void;
}

/** One struck run of a proof. */
export interface ActorProofTrial {
    point: Point;
    outcome: Judgement;
    differences: readonly Difference[];
    /** False when the run ended before its call came. */
    isReached: boolean;
    wallMillis: number;
}

export interface ActorProof {
    undisturbed: Moved;
    trials: readonly ActorProofTrial[];
    wallMillis: number;
}

/** Milliseconds that work is held at most: long enough for an Actor to save, and no longer, as there are many trials. */
const HOLD_MILLIS = 500;

/**
 * Strikes an Actor at every API call of its run, one run each, and compares what each leaves with what the undisturbed
 * run leaves. Data goes to temporary folders, which are removed.
 *
 * @throws UndisturbedError when the undisturbed run does not succeed.
 */
export async function proveActor(options: ActorProofOptions): Promise<ActorProof> {
    const startedAt = Date.now();
    const { jobs, signal, onPoints, onTrial, rules = {} } = options;
    const undisturbed = await inOwnFolder({ ...options, apiFaults: [] }, []);
    if (isStopped(undisturbed)) return { undisturbed, trials: [], wallMillis: Date.now() - startedAt };
    const baseline = baselineOf([undisturbed], rules);
    const points = choosePoints(options, undisturbed.calls);
    onPoints?.(points, undisturbed);
    const trials = await strikeAll<ActorProofTrial>({
        points,
        jobs,
        ...(signal && { signal }),
        onTrial,
        strike: async (point) => {
            const moved = await inOwnFolder(options, point.plan);
            if (isStopped(moved)) return undefined;
            const { differences, judgement } = judged(baseline, moved);
            const { missed, wallMillis } = moved;
            return { point, outcome: judgement, differences, isReached: missed.length === 0, wallMillis };
        },
    });
    return { undisturbed, trials, wallMillis: Date.now() - startedAt };
}

async function inOwnFolder(options: ActorProofOptions, plan: FaultPlan): Promise<Moved> {
    const dir = await mkdtemp(join(tmpdir(), 'actors-move-'));
    const { onPoints: _, onTrial: __, ...moveOptions } = options;
    try {
        return await move({ holdMillis: HOLD_MILLIS, ...moveOptions, dir, plan, exports: false });
    } finally {
        await rm(dir, { recursive: true, force: true, maxRetries: 3 });
    }
}
