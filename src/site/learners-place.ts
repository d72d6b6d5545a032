import { Reading } from '../course/reading.js';
import { exerciseProgress } from '../exercise/progress.js';
import { smallProgress } from '../exercise/small/small-progress.js';
import { hasWorkspace } from '../exercise/workspace.js';
import { quizProgress } from '../quiz/progress.js';
import type { Place } from './menu.js';

/**
 * Where the learner is in the whole course, by what is on disk now.
 *
 * @param warn Told in one line when a damaged file was set aside.
 */
export function learnersPlace(warn: (message: string) => void): Place {
    return {
        lessons: new Reading(warn).states(),
        quiz: quizProgress(),
        small: smallProgress(),
        exercise: exerciseProgress(),
        hasWorkspace: hasWorkspace(),
    };
}
