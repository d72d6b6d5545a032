import { unlessUnwritable } from '../../base/cannot-write-error.js';
import { checkExtent, rememberCheck } from '../../exercise/check-memory.js';
import { readAdvice } from '../../exercise/content.js';
import { tellFailedStage, tellNotTried } from '../../exercise/told-check.js';
import type { CheckResult } from '../../exercise/run-check.js';
import type { SmallExercise } from '../../exercise/small/exercises.js';
import type { SmallResult } from '../../exercise/small/try-exercise.js';
import { tellSmallFailure } from '../../exercise/small/small-failure.js';
import { openSmallProgress, withPassed } from '../../exercise/small/small-progress.js';
import { specOf, type TrialId } from '../../exercise/stages.js';
import type { TrialOutcome } from '../../exercise/trial-outcome.js';
import type { Trace } from '../../trace/trace.js';
import type { StageState, TryResult } from '../exercise-state.js';
import { type AnyExercise, folderOfCopy, isTracker } from '../exercises.js';
import { packTrace } from '../../replay/pack-trace.js';
import { tellingMoments } from '../telling-moment.js';
import type { Job } from './jobs.js';

/** What a try tells while it goes on, and what it has kept in the end. */
export interface Trying {
    warn: (message: string) => void;
    onStages: (stages: readonly StageState[]) => void;
    /** Told what is wrong while the Actor is still run undisturbed. */
    onResult: (result: TryResult) => void;
}

/** What is known when a try is over. */
export interface FinishedTry {
    result: TryResult;
    /** The recording of the run to look at, packed. */
    trace?: Uint8Array;
    /** The recording of an undisturbed run, packed. */
    undisturbed?: Uint8Array;
}

/**
 * Tries a learner's copy of an exercise, and keeps what was passed with the progress that the terminal keeps, too.
 *
 * @returns undefined when it was stopped.
 */
export async function tryCopy(exercise: AnyExercise, job: Job, trying: Trying): Promise<FinishedTry | undefined> {
    return isTracker(exercise) ? tryTracker(exercise, job, trying) : trySmall(exercise, job, trying);
}

async function trySmall(
    exercise: SmallExercise,
    job: Job,
    { warn, onResult }: Trying,
): Promise<FinishedTry | undefined> {
    // Platform and site are loaded only now.
    const { struckRun, tryExercise } = await import('../../exercise/small/try-exercise.js');
    const tried = await tryExercise(exercise, {
        dir: folderOfCopy(exercise),
        signal: job.signal,
        onWrong: (wrong) => onResult(smallResult(exercise, wrong, undefined)),
    });
    if (job.signal.aborted) return undefined;
    const unkept = tried.isPassed
        ? unlessUnwritable(() => openSmallProgress(warn).update((present) => withPassed(present, exercise)))
        : undefined;
    const struck = tried.isPassed ? undefined : (struckRun(tried) ?? tried.runs.at(-1));
    return withTraces(job, struck, tried.undisturbed?.trace, smallResult(exercise, tried, unkept));
}

function smallResult(
    exercise: SmallExercise,
    { isPassed, problem, report, wallMillis }: SmallResult,
    unkept: string | undefined,
): TryResult {
    const failure = tellSmallFailure(exercise, report);
    return {
        isPassed,
        ...(problem !== undefined && { problem }),
        ...(failure && { failure }),
        also: [],
        notes: unkept === undefined ? [] : [unkept],
        wallMillis,
    };
}

async function tryTracker(
    exercise: AnyExercise,
    job: Job,
    { warn, onStages, onResult }: Trying,
): Promise<FinishedTry | undefined> {
    const { failedTrial, runCheck } = await import('../../exercise/run-check.js');
    const outcomes = new Map<TrialId, TrialOutcome>();
    let result: TryResult | undefined;
    const resultOnce = (checked: CheckResult): TryResult =>
        (result ??= resultOf(checked, rememberCheck(checked, warn)));
    const checked = await runCheck({
        dir: folderOfCopy(exercise),
        ...checkExtent(false, warn),
        signal: job.signal,
        onOutcome: (outcome) => outcomes.set(outcome.id, outcome),
        onFailed: (failed) => onResult(resultOnce(failed)),
        onProgress: (stages) =>
            onStages(
                stages.map(({ number, title, status, isRunning, done, all }) => {
                    return { number, title, status, isRunning, done, all };
                }),
            ),
    });
    if (job.signal.aborted) return undefined;
    const outcome = failedTrial(checked.stages, outcomes);
    const struck = outcome && { label: specOf(outcome.id).moment, trace: outcome.result.trace };
    return withTraces(job, struck, checked.undisturbed, resultOnce(checked));
}

function resultOf({ stages, problem, wallMillis }: CheckResult, unkept: string | undefined): TryResult {
    const failed = stages.find(({ status }) => status === 'failed');
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

function withTraces(
    job: Job,
    struck: { label: string; trace: Trace } | undefined,
    undisturbed: Trace | undefined,
    result: TryResult,
): FinishedTry {
    if (!struck) return { result };
    const { label, trace } = struck;
    const moments = tellingMoments(trace, undisturbed);
    const isHeldAgainst = undisturbed !== undefined;
    return {
        result: { ...result, run: { job: job.id, label, ...moments, ...(isHeldAgainst && { isHeldAgainst }) } },
        trace: packTrace(trace),
        ...(undisturbed && { undisturbed: packTrace(undisturbed) }),
    };
}
