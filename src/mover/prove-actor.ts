import { join } from 'node:path';

import { inTemporaryFolder } from '../base/temporary-folder.js';
import type { Trace } from '../trace/trace.js';
import { choosePoints, forkIn, type Point, type PointChoice } from '../faults/points.js';
import { strikeAll } from './strike-all.js';
import type { Judgement } from './difference.js';
import type { ComparisonFinding } from './finding.js';
import type { CompareRules } from './differences.js';
import { type Baseline, baselineOf, isStopped, judged, UNDISTURBED_RUNS } from './comparison.js';
import { type Noise, noiseOf } from './noise.js';
import { type Moved, type MoveOptions, move } from './move.js';
import { neverMetText } from './strike-text.js';
import { withItsAliases } from './undeclared-aliases.js';

export interface ActorProofOptions
    extends Omit<MoveOptions, 'plan' | 'fork' | 'onEntry' | 'exports' | 'onExported'>, PointChoice {
    rules?: CompareRules;
    /** How often it is run undisturbed. What differs between these runs is noise. Default 2. */
    undisturbed?: number;
    /** Trials at the same time. */
    jobs: number;
    onPoints?: (points: readonly Point[], undisturbed: Moved) => void;
    onTrial?: (trial: ActorProofTrial) => void;
}

/** One struck run of a proof. */
export interface ActorProofTrial {
    point: Point;
    outcome: Judgement;
    /** What differs, with what the Actor did around it. */
    findings: readonly ComparisonFinding[];
    /** False when the run ended before its call came. */
    isReached: boolean;
    wallMillis: number;
    /** Of a run that left something else, where it was struck first. */
    replay?: { trace: Trace; strikeIndex?: number };
}

export interface ActorProof {
    /** The first undisturbed run, from whose states trials go on. */
    undisturbed: Moved;
    noise: Noise;
    trials: readonly ActorProofTrial[];
    /** What is wrong when an API fault met no call in any trial. */
    unmet?: string;
    /** Points that there are; `trials` has fewer of them where only some are tried. */
    points: number;
    wallMillis: number;
}

/**
 * Lets an Actor go on from every state in which a crash can leave its run, or strikes it at every API call where that
 * needs a living process, one run each, and compares what each leaves with what the undisturbed run leaves. What a fork
 * can't rewind is what lies outside: web sites and other services that the Actor has changed.
 *
 * @param given The undisturbed run's data stays in `dir`; that of the others goes to temporary folders.
 *
 * @throws UndisturbedError when the undisturbed run does not succeed.
 */
export async function proveActor(given: ActorProofOptions): Promise<ActorProof> {
    const startedAt = Date.now();
    const { jobs, signal, onPoints, onTrial } = given;
    const { actor, moved: undisturbed } = await withItsAliases(given.actor, async (one, attempt) => {
        const dir = attempt === 0 ? given.dir : join(given.dir, `aliases-${attempt}`);
        return moveWith({ ...given, actor: one, apiFaults: [] }, dir, { plan: [] });
    });
    const options = { ...given, actor };
    const baseline = isStopped(undisturbed) ? undefined : await baselineBeside(undisturbed, options);
    if (!baseline) {
        const noise = noiseOf([], {});
        return { undisturbed, noise, trials: [], points: 0, wallMillis: Date.now() - startedAt };
    }
    // What goes wrong with the API from the beginning on is not in the undisturbed run's states.
    const choice = { ...options, byRealKills: options.byRealKills ?? (options.apiFaults ?? []).length > 0 };
    const { trace } = undisturbed;
    const all = choosePoints({ ...choice, sample: undefined, shard: undefined }, trace).length;
    const points = writesFirst(choosePoints(choice, trace));
    onPoints?.(points, undisturbed);
    const tried: Pick<Moved, 'apiFaults'>[] = [];
    const trials = await strikeAll<ActorProofTrial>({
        points,
        jobs,
        ...(signal && { signal }),
        onTrial,
        strike: async (point) => {
            const fork = forkIn(point);
            const how = { plan: point.plan, ...(fork && { fork: { trace, ...fork } }) };
            // What is judged may lie in the folder.
            return inTemporaryFolder(async (dir) => {
                const moved = await moveWith(options, dir, how);
                if (isStopped(moved)) return undefined;
                tried.push({ apiFaults: moved.apiFaults });
                const { findings, judgement } = judged(baseline, moved);
                const { missed, wallMillis } = moved;
                const trial = { point, outcome: judgement, findings, isReached: missed.length === 0, wallMillis };
                return judgement === 'same' ? trial : { ...trial, replay: replayOf(moved.trace) };
            });
        },
    });
    const unmet = neverMetText(tried);
    const { noise } = baseline;
    return { undisturbed, noise, trials, ...(unmet && { unmet }), points: all, wallMillis: Date.now() - startedAt };
}

/** Runs the Actor undisturbed again, as often as it is asked for; resolves to undefined when that is stopped. */
async function baselineBeside(first: Moved, options: ActorProofOptions): Promise<Baseline | undefined> {
    const { undisturbed: times = UNDISTURBED_RUNS, rules = {} } = options;
    return inTemporaryFolder(async (dir) => {
        const all = [first];
        for (let n = 2; n <= times; n++) {
            const again = await moveWith({ ...options, apiFaults: [] }, join(dir, String(n)), { plan: [] });
            if (isStopped(again)) return undefined;
            all.push(again);
        }
        return baselineOf(all, rules);
    });
}

/** A run, and where it went on from another one or was struck for the first time. */
function replayOf(trace: Trace): NonNullable<ActorProofTrial['replay']> {
    const { firstStrike } = trace;
    return { trace, ...(firstStrike !== undefined && { strikeIndex: firstStrike }) };
}

/** What is left undone or done twice comes of writes, so these are tried before reads. */
function writesFirst(points: readonly Point[]): Point[] {
    const isWrite = ({ label }: Point): boolean => /_(post|put|delete)\b/.test(label);
    return [...points.filter(isWrite), ...points.filter((point) => !isWrite(point))];
}

async function moveWith(
    options: ActorProofOptions,
    dir: string,
    how: Pick<MoveOptions, 'plan' | 'fork'>,
): Promise<Moved> {
    const { onPoints: _, onTrial: __, undisturbed: ___, ...moveOptions } = options;
    return move({ ...moveOptions, dir, ...how });
}
