import { shortPath } from '../base/short-path.js';
import { readHints } from '../exercise/content.js';
import { HINTS_PER_STAGE, shownStageHints } from '../exercise/hints.js';
import { type CheckProgress, firstOpenStage, openCheckProgress } from '../exercise/progress.js';
import type { SmallExercise } from '../exercise/small/exercises.js';
import { smallDiff } from '../exercise/small/small-diff.js';
import { shownSmallHints } from '../exercise/small/small-hints.js';
import { openSmallProgress } from '../exercise/small/small-progress.js';
import { STAGES } from '../exercise/stages.js';
import { hasWorkspace } from '../exercise/workspace.js';
import type { ExerciseState, HintsState, StageState } from './exercise-state.js';
import { type AnyExercise, fileToEdit, folderOfCopy, isTracker, nameOfExercise } from './exercises.js';

/** What is known beside what is on disk. */
export type Present = Pick<ExerciseState, 'job' | 'waitsFor' | 'stages' | 'result' | 'said' | 'isStopped'>;

/**
 * All that the page of an exercise shows of a learner's work.
 *
 * @param warn Told in one line when a file of progress was damaged.
 */
export function exerciseState(
    exercise: AnyExercise,
    warn: (message: string) => void,
    present: Present = {},
): ExerciseState {
    const name = nameOfExercise(exercise);
    const file = hasWorkspace(folderOfCopy(exercise)) ? { file: shortPath(fileToEdit(exercise)) } : {};
    return { name, ...file, ...(isTracker(exercise) ? trackerState(warn) : smallState(exercise, warn)), ...present };
}

function smallState(
    exercise: SmallExercise,
    warn: (message: string) => void,
): Pick<ExerciseState, 'isPassed' | 'hints' | 'diff'> {
    const progress = openSmallProgress(warn).read();
    const isPassed = progress.passed.includes(exercise.folder);
    const { hints, of, solution } = shownSmallHints(exercise, progress);
    const shown = { shown: hints, of, isMore: solution === undefined, ...(solution !== undefined && { solution }) };
    // Who has passed it may compare, and who has been told of the solution.
    const isDue = (isPassed || solution !== undefined) && hasWorkspace(folderOfCopy(exercise));
    return { isPassed, hints: shown, ...(isDue && { diff: { to: 'the solution', text: smallDiff(exercise) } }) };
}

function trackerState(warn: (message: string) => void): Pick<ExerciseState, 'isPassed' | 'hints' | 'stages'> {
    const progress = openCheckProgress(warn).read();
    return {
        isPassed: firstOpenStage(progress) === undefined,
        hints: stageHints(progress),
        stages: STAGES.map(({ number, title, trials }): StageState => {
            const isFailed = progress.failed.includes(number);
            const status = progress.passed.includes(number) ? 'passed' : isFailed ? 'failed' : 'not tried';
            return { number, title, status, isRunning: false, done: 0, all: trials.length };
        }),
    };
}

/** Hints are for the first stage that is not passed. */
function stageHints(progress: CheckProgress): HintsState {
    const stage = STAGES.find(({ number }) => number === firstOpenStage(progress));
    if (!stage) return { shown: [], of: 0, isMore: false };
    const count = progress.hints[stage.number] ?? 0;
    return {
        heading: `Stage ${stage.number}: ${stage.title}`,
        shown: shownStageHints(progress, stage.number, readHints()),
        of: HINTS_PER_STAGE,
        isMore: count <= HINTS_PER_STAGE,
        ...(count > HINTS_PER_STAGE && { solution: `step ${stage.step}` }),
    };
}
