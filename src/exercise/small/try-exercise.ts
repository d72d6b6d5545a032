import { BuildError } from '../build-error.js';
import { build } from '../build.js';
import { type Limits, LIMITS } from '../guard.js';
import type { SmallExercise } from './exercises.js';
import { tryAwaiting } from './judges/awaiting.js';
import { judgeContinuation, MIGRATED } from './judges/continuation.js';
import { tryCounting } from './judges/counting.js';
import { tryInFlight } from './judges/in-flight.js';
import { tryMailing } from './judges/mailing.js';
import { trySayingFirst } from './judges/saying-first.js';
import { tryStoring } from './judges/storing.js';
import { Lab, type Tried } from './lab.js';
import type { SmallReport } from './small-report.js';

export interface TryOptions {
    /** The learner's folder. */
    dir: string;
    /** What the Actor may use up in each run. Default: `LIMITS`. */
    limits?: Partial<Limits>;
    /** Ends it; the result is then worth nothing. */
    signal?: AbortSignal;
    /** Told at once when something is wrong. Only where this is given, the Actor is then also run undisturbed. */
    onWrong?: (result: SmallResult) => void;
}

/** What trying a small exercise has come to. */
export interface SmallResult {
    isPassed: boolean;
    /** Undefined where the Actor can't be started at all. */
    report?: SmallReport;
    /** Why it can't be started. */
    problem?: string;
    /** The runs, in the order in which they were begun. */
    runs: readonly Tried[];
    /** What a run that was struck can be held against. */
    undisturbed?: Tried;
    wallMillis: number;
}

/** How each exercise is tried and judged, by its number. */
const TRYING: readonly ((lab: Lab, dir: string) => Promise<SmallReport>)[] = [
    async (lab, dir) => judgeContinuation(await lab.run(MIGRATED), dir),
    // Between listening and reading, events come; and the answer that the Actor waits for there takes its time.
    async (lab, dir) =>
        judgeContinuation(
            await lab.run({ ...MIGRATED, persistIntervalSecs: 0.05, late: { kind: 'list', n: 2, millis: 400 } }),
            dir,
        ),
    tryAwaiting,
    tryCounting,
    tryInFlight,
    tryStoring,
    tryMailing,
    trySayingFirst,
];

/**
 * Tries a learner's Actor for one of the small exercises: one run of it up to where it is struck, and what a crash there
 * leaves gone on with.
 */
export async function tryExercise({ number }: SmallExercise, options: TryOptions): Promise<SmallResult> {
    const startedAt = Date.now();
    const { dir, limits, signal, onWrong } = options;
    try {
        const built = await build(dir);
        const lab = new Lab(built, { limits: { ...LIMITS, ...limits }, signal });
        try {
            const report = await TRYING[number - 1]!(lab, dir);
            const runs = [...lab.runs];
            const result = { isPassed: !report.finding, report, runs, wallMillis: Date.now() - startedAt };
            if (result.isPassed || !onWrong) return result;
            onWrong(result);
            const struck = struckRun(result);
            // What had to be ended from outside would have to be so again.
            if (!struck || struck.ended) return result;
            return { ...result, undisturbed: await lab.undisturbed(runs[0]!) };
        } finally {
            built.remove();
        }
    } catch (error) {
        if (signal?.aborted) return { isPassed: false, runs: [], wallMillis: Date.now() - startedAt };
        if (!(error instanceof BuildError)) throw error;
        return { isPassed: false, problem: error.message, runs: [], wallMillis: Date.now() - startedAt };
    }
}

/** The run that shows what is wrong, where it was struck. */
export function struckRun({ report, runs }: Pick<SmallResult, 'report' | 'runs'>): Tried | undefined {
    return runs.findLast(({ label }) => label === report?.moment);
}
