import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { Trace } from '../trace/trace.js';
import type { FaultPlan } from '../faults/fault-plan.js';
import { choosePoints, type Point, type PointChoice } from '../faults/points.js';
import { strikeAll } from './strike-all.js';
import { type Difference, type Judgement } from './differences.js';
import { DEFAULT_RECORDS, isStopped, judged, UndisturbedError } from './comparison.js';
import type { RowRules } from './compare-rows.js';
import { type Moved, type MoveOptions, move } from './move.js';

export interface ActorProofOptions
    extends Omit<MoveOptions, 'plan' | 'dir' | 'onEntry' | 'exports'>, RowRules, PointChoice {
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
    /** Of a run that left something else, where it was struck first. */
    replay?: { trace: Trace; strikeIndex?: number };
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
    const { jobs, signal, onPoints, onTrial, unique, ignore } = options;
    const rules = { ...(unique && { unique }), ...(ignore && { ignore }) };
    const undisturbed = await inOwnFolder({ ...options, apiFaults: [] }, []);
    if (isStopped(undisturbed)) return { undisturbed, trials: [], wallMillis: Date.now() - startedAt };
    if (undisturbed.leftovers.ended !== 'SUCCEEDED') throw new UndisturbedError(undisturbed);
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
            const { differences, judgement } = judged(undisturbed, moved, rules);
            const { missed, wallMillis, trace, struck } = moved;
            const isReached = missed.length === 0;
            const trial = { point, outcome: judgement, differences, isReached, wallMillis };
            if (judgement === 'same') return trial;
            return { ...trial, replay: { trace, ...(struck[0] && { strikeIndex: struck[0].index }) } };
        },
    });
    return { undisturbed, trials, wallMillis: Date.now() - startedAt };
}

async function inOwnFolder(options: ActorProofOptions, plan: FaultPlan): Promise<Moved> {
    const dir = await mkdtemp(join(tmpdir(), 'actors-move-'));
    const { onPoints: _, onTrial: __, ...moveOptions } = options;
    try {
        const records = options.records ?? DEFAULT_RECORDS;
        return await move({ holdMillis: HOLD_MILLIS, ...moveOptions, records, dir, plan, exports: false });
    } finally {
        await rm(dir, { recursive: true, force: true, maxRetries: 3 });
    }
}
