import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';

import type { RunCall, Trace } from '../trace/trace.js';
import type { FaultPlan } from '../faults/fault-plan.js';
import { unansweredIn } from './answers.js';
import { Alike } from './alike.js';
import type { MovedActor } from './define-actor.js';
import { type CompareRules, differencesBetween } from './differences.js';
import { type Difference, type Judgement, judgementOf } from './difference.js';
import { Origins } from './origins.js';
import { type ComparisonFinding, findingsOf } from './finding.js';
import type { Leftovers } from './leftovers.js';
import { madeAlike } from './made-alike.js';
import { type Moved, type MoveOptions, move } from './move.js';
import { isNoise, type Noise, noiseOf } from './noise.js';
import { type NotCompared, notCompared } from './record-rules.js';
import { repeatedRows } from './repeated-rows.js';
import { planText } from './strike-text.js';
import { withItsAliases } from './undeclared-aliases.js';
import { UndisturbedError } from './undisturbed-error.js';

export interface ComparisonOptions extends Omit<MoveOptions, 'plan' | 'apiFaults' | 'onEntry'> {
    /** How often the Actor is run under a plan; 0 only looks for noise. Default 1. */
    runs?: number;
    /** How often it is run undisturbed. What differs between these runs is noise. Default 2. */
    undisturbed?: number;
    /** The plan of the n-th struck run, from 1, once the calls of the undisturbed run, and how much it answered, are known. */
    planOf: (calls: readonly RunCall[], n: number, answers: number) => FaultPlan;
    /** What goes wrong between the Actor and the API in the struck runs. */
    apiFaults?: MoveOptions['apiFaults'];
    rules?: CompareRules;
    /** Told before each run; `n` is 0 for undisturbed ones. What it returns is told what happens in it. */
    onRun?: (n: number, plan: FaultPlan) => MoveOptions['onEntry'];
    /** Told before what runs have left is compared, and how many rows that is: many take some seconds. */
    onComparing?: (rows: number) => void;
}

/** A struck run, and how it differs from the undisturbed one. */
export interface ComparedRun {
    moved: Moved;
    plan: FaultPlan;
    differences: readonly Difference[];
    /** The same, with since when and what happened around it. */
    findings: readonly ComparisonFinding[];
    judgement: Judgement;
    notCompared: NotCompared;
}

export interface Comparison {
    /** The first of them is what struck runs are compared with. */
    undisturbed: readonly [Moved, ...Moved[]];
    noise: Noise;
    struck: readonly ComparedRun[];
}

/** How often an Actor is run undisturbed unless it is said: twice show what differs by itself. */
export const UNDISTURBED_RUNS = 2;

/**
 * Runs an Actor undisturbed and then under fault plans, each time on storages of its own, and compares what is left.
 * Data goes to folders below `dir`.
 *
 * @throws UndisturbedError when an undisturbed run does not succeed.
 */
export async function compareRuns(options: ComparisonOptions): Promise<Comparison> {
    const {
        runs = 1,
        undisturbed: times = UNDISTURBED_RUNS,
        planOf,
        apiFaults = [],
        rules = {},
        onRun,
        onComparing,
        ...base
    } = options;
    const run = async (actor: MovedActor, folder: string, n: number, plan: FaultPlan): Promise<Moved> => {
        const onEntry = onRun?.(n, plan);
        const dir = join(options.dir, folder);
        await mkdir(dir, { recursive: true });
        return move({ ...base, actor, dir, plan, apiFaults: n === 0 ? [] : apiFaults, ...(onEntry && { onEntry }) });
    };
    const { actor, moved: first } = await withItsAliases(base.actor, async (one, attempt) =>
        run(one, attempt === 0 ? 'undisturbed' : `undisturbed-aliases-${attempt}`, 0, []),
    );
    const undisturbed: [Moved, ...Moved[]] = [first];
    for (let n = 2; n <= times && !undisturbed.some(isStopped); n++) {
        assertSucceeded(undisturbed);
        undisturbed.push(await run(actor, `undisturbed-${n}`, 0, []));
    }
    if (undisturbed.some(isStopped)) return { undisturbed, noise: noiseOf([], rules), struck: [] };
    onComparing?.(rowsOf(undisturbed));
    const baseline = baselineOf(undisturbed, rules);
    const struck: ComparedRun[] = [];
    for (let n = 1; n <= runs; n++) {
        const plan = planOf(first.strikable, n, Object.keys(first.leftovers.answers).length);
        const moved = await run(actor, `struck-${n}`, n, plan);
        if (isStopped(moved)) break;
        onComparing?.(rowsOf([first, moved]));
        struck.push({ ...judged(baseline, moved), plan });
    }
    return { undisturbed, noise: baseline.noise, struck };
}

function rowsOf(runs: readonly Moved[]): number {
    const datasets = runs.flatMap(({ leftovers }) => Object.values(leftovers.datasets));
    return datasets.reduce((sum, { length }) => sum + length, 0);
}

/** What struck runs are compared with. */
export interface Baseline {
    rules: CompareRules;
    noise: Noise;
    /** What each undisturbed run has left, made alike. */
    leftovers: readonly Leftovers[];
}

/**
 * Makes a baseline of undisturbed runs: the first, and what differs between them.
 *
 * @throws UndisturbedError when one did not succeed.
 */
export function baselineOf(undisturbed: readonly Moved[], rules: CompareRules): Baseline {
    assertSucceeded(undisturbed);
    const leftovers = undisturbed.map((moved) => madeAlike(moved.leftovers, new Alike(moved.trace)));
    return { rules, noise: noiseOf(leftovers, rules), leftovers };
}

function assertSucceeded(undisturbed: readonly Moved[]): void {
    const failed = undisturbed.find(
        ({ leftovers, trace }) => leftovers.ended !== 'SUCCEEDED' || unansweredIn(trace) !== undefined,
    );
    if (failed) throw new UndisturbedError(failed);
}

/** How a struck run differs from undisturbed ones, but for noise. */
export function judged({ rules, noise, leftovers }: Baseline, moved: Moved): Omit<ComparedRun, 'plan'> {
    const { trace, struck } = moved;
    const alike = new Alike(trace);
    const context = {
        origins: new Origins(trace, alike),
        strikes: strikesIn(trace, struck),
        places: noise.places,
    };
    const actual = madeAlike(moved.leftovers, alike);
    const differences = [
        ...differencesBetween(leftovers[0]!, actual, rules, context).filter(
            (difference) => !isNoise(difference, noise),
        ),
        ...repeatedRows(leftovers, actual, noise, context),
    ];
    return {
        moved,
        differences,
        findings: findingsOf(differences, trace, struckTexts(trace, struck)),
        judgement: judgementOf(differences),
        notCompared: notCompared(actual, rules),
    };
}

/** Where strikes struck; the crash from which a fork goes on is the first of them. */
function strikesIn(trace: Trace, struck: Moved['struck']): number[] {
    const forked = trace.entries.findLastIndex(({ type }) => type === 'forked');
    return [...(forked === -1 ? [] : [forked]), ...struck.map(({ index }) => index)].sort((a, b) => a - b);
}

/** What these strikes are called. */
function struckTexts(trace: Trace, struck: Moved['struck']): string[] {
    const texts = new Map(struck.map(({ index, strike }) => [index, planText(strike)]));
    return strikesIn(trace, struck).map((index) => texts.get(index) ?? 'the crash from which the fork goes on');
}

/** True when the signal ended the run: then it shows nothing. */
export function isStopped({ leftovers }: Moved): boolean {
    return leftovers.ended === 'STOPPED';
}
