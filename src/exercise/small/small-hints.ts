import { unlessUnwritable } from '../../base/cannot-write-error.js';
import type { Progress } from '../../course/progress.js';
import { readSmallTexts } from '../content.js';
import type { SmallExercise } from './exercises.js';
import type { SmallProgress } from './small-progress.js';

/** The hints of an exercise that a learner has been shown. */
export interface ShownHints {
    hints: readonly string[];
    /** How many there are. */
    of: number;
    /** The solution, below the project; once more was asked for than there are hints. */
    solution?: string;
    /** Why it can't be remembered that they were shown. */
    unkept?: string;
}

export function shownSmallHints({ folder }: SmallExercise, { hints: shown }: SmallProgress): ShownHints {
    const { hints } = readSmallTexts(folder);
    const count = shown[folder] ?? 0;
    return {
        hints: hints.slice(0, count),
        of: hints.length,
        ...(count > hints.length && { solution: `exercises/${folder}/solution.js` }),
    };
}

/** Shows the next hint of an exercise; that it was shown is remembered. After the last, the solution is named. */
export function showSmallHint(exercise: SmallExercise, progress: Progress<SmallProgress>): ShownHints {
    const { folder } = exercise;
    const most = readSmallTexts(folder).hints.length + 1;
    const withNext = (before: SmallProgress): SmallProgress => {
        const count = Math.min((before.hints[folder] ?? 0) + 1, most);
        return { ...before, hints: { ...before.hints, [folder]: count } };
    };
    const shown = shownSmallHints(exercise, withNext(progress.read()));
    const unkept = unlessUnwritable(() => progress.update(withNext));
    return { ...shown, ...(unkept !== undefined && { unkept }) };
}
