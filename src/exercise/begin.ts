import { shortPath } from '../base/short-path.js';
import { UsageError } from '../base/usage-error.js';
import type { Progress } from '../course/progress.js';
import { setCheckProgressAside } from './progress.js';
import { exerciseFolder, type SmallExercise } from './small/exercises.js';
import { type SmallProgress, withoutExercise } from './small/small-progress.js';
import { openWorkspace, setWorkspaceAside, STARTER, workspaceDir } from './workspace.js';

/** What was done to prepare a learner's copy. */
export interface Prepared {
    /** The learner's folder. */
    dir: string;
    /** It was copied now. */
    isNew: boolean;
    /** Where a former copy is now. */
    aside?: string;
}

/**
 * Makes the learner's copy of a small exercise, unless it is there.
 *
 * @param isReset Moves a copy that is there aside first, and has its progress begin anew.
 * @throws UsageError when the files can't be moved or copied.
 */
export function beginSmall(exercise: SmallExercise, isReset: boolean, progress: Progress<SmallProgress>): Prepared {
    const prepared = prepare(workspaceDir(undefined, exercise.folder), isReset, exerciseFolder(exercise));
    if (prepared.aside !== undefined) progress.update((present) => withoutExercise(present, exercise));
    return prepared;
}

/** The same for the tracker. */
export function beginTracker(isReset: boolean): Prepared {
    const prepared = prepare(workspaceDir(), isReset, STARTER);
    if (prepared.aside !== undefined) setCheckProgressAside();
    return prepared;
}

function prepare(dir: string, isReset: boolean, starter: string): Prepared {
    try {
        const aside = isReset ? setWorkspaceAside(dir) : undefined;
        return { dir, isNew: openWorkspace(dir, starter), ...(aside !== undefined && { aside }) };
    } catch (error) {
        throw new UsageError(`${shortPath(dir)} can't be prepared: ${(error as Error).message}.`);
    }
}
