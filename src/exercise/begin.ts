import { unlessUnwritable, writing } from '../base/cannot-write-error.js';
import { shortPath } from '../base/short-path.js';
import type { Progress } from '../course/progress.js';
import { setCheckProgressAside } from './progress.js';
import { exerciseFolder, type SmallExercise } from './small/exercises.js';
import { type SmallProgress, withoutExercise } from './small/small-progress.js';
import { hasWorkspace, openWorkspace, resetWorkspace, STARTER, workspaceDir } from './workspace.js';

/** What was done to prepare a learner's copy. */
export interface Prepared {
    /** The learner's folder. */
    dir: string;
    /** It was copied now. */
    isNew: boolean;
    /** Where a former copy is now. */
    aside?: string;
    /** Why the progress of a former copy could not be set aside with it. */
    unkept?: string;
}

/**
 * Makes the learner's copy of a small exercise, unless it is there.
 *
 * @param isReset Moves a copy that is there aside, once the new one is made, and has its progress begin anew.
 * @throws CannotWriteError when the files can't be moved or copied; a copy that was there is then as before.
 */
export function beginSmall(exercise: SmallExercise, isReset: boolean, progress: Progress<SmallProgress>): Prepared {
    const dir = workspaceDir(undefined, exercise.folder);
    return prepare(dir, isReset, exerciseFolder(exercise), () =>
        progress.update((present) => withoutExercise(present, exercise)),
    );
}

/** The same for the tracker. */
export function beginTracker(isReset: boolean): Prepared {
    return prepare(workspaceDir(), isReset, STARTER, setCheckProgressAside);
}

function prepare(dir: string, isReset: boolean, starter: string, beginAnew: () => unknown): Prepared {
    const what = `Your copy in ${shortPath(dir)}`;
    const which = hasWorkspace(dir) ? `${what} is as it was. A new one` : what;
    const aside = isReset ? writing(which, () => resetWorkspace(dir, starter)) : undefined;
    const isNew = isReset || writing(what, () => openWorkspace(dir, starter));
    const unkept = aside === undefined ? undefined : unlessUnwritable(() => beginAnew());
    return { dir, isNew, ...(aside !== undefined && { aside }), ...(unkept !== undefined && { unkept }) };
}
