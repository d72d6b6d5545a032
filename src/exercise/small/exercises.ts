import { join } from 'node:path';

import { projectRoot } from '../../base/paths.js';
import { UsageError } from '../../base/usage-error.js';

/** One of the small exercises: a folder below `exercises/`. */
export interface SmallExercise {
    number: number;
    folder: string;
    title: string;
    /** Number of the lesson that it belongs to. */
    lesson: number;
    /** What its judge may advise, besides what is said of any Actor: keys in its `texts.json`. */
    advice: readonly string[];
}

const GOES_ON = ['exits', 'exits-early', 'not-saved', 'never-read', 'overwritten', 'not-used', 'stale', 'wrong-output'];

/** All small exercises, in the order in which they are to be done. */
export const SMALL_EXERCISES: readonly SmallExercise[] = [
    { number: 1, folder: '01-listen-after-init', title: 'Listen after init', lesson: 3, advice: GOES_ON },
    { number: 2, folder: '02-read-before-you-listen', title: 'Read before you listen', lesson: 3, advice: GOES_ON },
    {
        number: 3,
        folder: '03-await-what-matters',
        title: 'Await what must be awaited',
        lesson: 4,
        advice: ['push', 'save', 'callback', 'exits-early'],
    },
    {
        number: 4,
        folder: '04-set-instead-of-adding',
        title: 'Set instead of adding',
        lesson: 4,
        advice: ['added-again', 'done-too-early', 'never-read', 'miscounted', 'exits-early'],
    },
    {
        number: 5,
        folder: '05-wait-for-what-is-in-flight',
        title: 'Wait for what is in flight',
        lesson: 8,
        advice: ['saved-too-early', 'never-saved', 'exits', 'exits-early', 'never-read', 'not-used'],
    },
    {
        number: 6,
        folder: '06-the-right-store',
        title: 'The right store',
        lesson: 5,
        advice: ['other-run', 'not-saved', 'cleared', 'reads-elsewhere', 'not-used', 'exits-early'],
    },
    {
        number: 7,
        folder: '07-a-mail-that-is-sent-once',
        title: 'A mail that is sent once',
        lesson: 9,
        advice: ['no-key', 'new-key', 'one-key', 'lost', 'exits-early'],
    },
    {
        number: 8,
        folder: '08-say-first',
        title: 'Say first what you will do',
        lesson: 8,
        advice: [
            'pushed-again',
            'said-not-looked',
            'looked-in-vain',
            'looked-elsewhere',
            'done-too-early',
            'exits-early',
        ],
    },
];

/** The exercise after the small ones: the tracker, with its six stages. */
export const TRACKER = { number: SMALL_EXERCISES.length + 1, name: 'tracker', title: 'The tracker' } as const;

/** The file of a small exercise that a learner changes. */
export const SMALL_MAIN = 'main.js';

/** Where the files of an exercise are that a learner gets a copy of, and its texts. */
export function exerciseFolder({ folder }: SmallExercise): string {
    return join(projectRoot, 'exercises', folder);
}

/**
 * An exercise as a person names it: by its number, `tracker`, or its folder.
 *
 * @throws UsageError that names the exercises.
 */
export function findExercise(wanted: string): SmallExercise | typeof TRACKER {
    if (wanted === TRACKER.name || wanted === String(TRACKER.number)) return TRACKER;
    const found = SMALL_EXERCISES.find(({ number, folder }) => wanted === String(number) || wanted === folder);
    if (found) return found;
    throw new UsageError(
        `There is no exercise '${wanted}'. Give a number from 1 to ${SMALL_EXERCISES.length}, or '${TRACKER.name}'.`,
    );
}
