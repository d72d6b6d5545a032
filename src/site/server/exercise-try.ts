import { unlessUnwritable } from '../../base/cannot-write-error.js';
import { checkExtent, rememberCheck } from '../../exercise/check-memory.js';
import { readAdvice } from '../../exercise/content.js';
import type { StageResult } from '../../exercise/judge.js';
import { tellFailedStage, tellNotTried } from '../../exercise/told-check.js';
import type { CheckResult } from '../../exercise/run-check.js';
import type { SmallExercise } from '../../exercise/small/exercises.js';
import { tellSmallFailure } from '../../exercise/small/small-failure.js';
import { openSmallProgress, withPassed } from '../../exercise/small/small-progress.js';
import type { TrialOutcome } from '../../exercise/trial-outcome.js';
import type { Trace } from '../../trace/trace.js';
import type { StageState, TryResult } from '../exercise-state.js';
import { type AnyExercise, folderOfCopy, isTracker } from '../exercises.js';
import { packTrace } from '../../replay/pack-trace.js';
import { tellingMoment } from '../telling-moment.js';
import type { Job } from './jobs.js';

/** What a try tells while it goes on, and what it has kept in the end. */
export interface Trying {
    warn: (message: string) => void;
    onStages: (stages: readonly StageState[]) => void;
}

/** What is known when a try is over. */
export interface FinishedTry {
    result: TryResult;
    /** The recording of the run to look at, packed. */
    trace?: Uint8Array;
}

/**
 * Tries a learner's copy of an exercise, and keeps what was passed with the progress that the terminal keeps, too.
 *
 * @returns undefined when it was stopped.
 */
export async function tryCopy(exercise: AnyExercise, job: Job, trying: Trying): Promise<FinishedTry | undefined> {
    return isTracker(exercise) ? tryTracker(exercise, job, trying) : trySmall(exercise, job, trying);
}

async function trySmall(exercise: SmallExercise, job: Job, { warn }: Trying): Promise<FinishedTry | undefined> {
    // Platform and site are loaded only now.
    const { tryExercise } = await import('../../exercise/small/try-exercise.js');
    const { isPassed, report, problem, runs, wallMillis } = await tryExercise(exercise, {
        dir: folderOfCopy(exercise),
        signal: job.signal,
    });
    if (job.signal.aborted) return undefined;
    const unkept = isPassed
        ? unlessUnwritable(() => openSmallProgress(warn).update((present) => withPassed(present, exercise)))
        : undefined;
    const failure = tellSmallFailure(exercise, report);
    const struck = failure && (runs.find(({ label }) => label === failure.moment) ?? runs.at(-1));
    return withTrace(job, struck, {
        isPassed,
        ...(problem !== undefined && { problem }),
        ...(failure && { failure }),
        also: [],
        notes: unkept === undefined ? [] : [unkept],
        wallMillis,
    });
}

async function tryTracker(
    exercise: AnyExercise,
    job: Job,
    { warn, onStages }: Trying,
): Promise<FinishedTry | undefined> {
    const { runCheck } = await import('../../exercise/run-check.js');
    const outcomes: TrialOutcome[] = [];
    const checked = await runCheck({
        dir: folderOfCopy(exercise),
        ...checkExtent(false, warn),
        signal: job.signal,
        onOutcome: (outcome) => outcomes.push(outcome),
        onProgress: (stages) =>
            onStages(
                stages.map(({ number, title, status, isRunning, done, all }) => {
                    return { number, title, status, isRunning, done, all };
                }),
            ),
    });
    if (job.signal.aborted) return undefined;
    const unkept = rememberCheck(checked, warn);
    const failed = checked.stages.find(({ status }) => status === 'failed');
    const failing = failed?.reports.find(({ isPassed }) => !isPassed);
    const outcome = outcomes.find(({ id }) => id === failing?.trial);
    return withTrace(
        job,
        outcome && { label: outcome.id, trace: outcome.result.trace },
        resultOf(checked, failed, unkept),
    );
}

function resultOf(
    { stages, problem, wallMillis }: CheckResult,
    failed: StageResult | undefined,
    unkept: string | undefined,
): TryResult {
    const told = failed && tellFailedStage(failed, readAdvice());
    return {
        isPassed: stages.every(({ status }) => status === 'passed'),
        ...(problem !== undefined && { problem }),
        ...(told && { heading: told.heading, failure: told.failure }),
        also: told?.also ?? [],
        notes: [
            ...(failed ? tellNotTried(stages).map((note) => `${note}.`) : []),
            ...(unkept === undefined ? [] : [unkept]),
        ],
        wallMillis,
    };
}

function withTrace(job: Job, struck: { label: string; trace: Trace } | undefined, result: TryResult): FinishedTry {
    if (!struck) return { result };
    const { label, trace } = struck;
    return {
        result: { ...result, run: { job: job.id, label, opensAt: tellingMoment(trace) } },
        trace: packTrace(trace),
    };
}
