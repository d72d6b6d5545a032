import * as v from 'valibot';

import { type PartProgress, partProgress } from '../../course/part-progress.js';
import { Progress } from '../../course/progress.js';
import { type SmallExercise, SMALL_EXERCISES } from './exercises.js';

const schema = v.object({
    /** Folders of exercises that were passed: these stay what they are when exercises are numbered anew. */
    passed: v.array(v.string()),
    /** Hints that were shown, by folder; one more than there are means that the solution was named. */
    hints: v.record(v.string(), v.pipe(v.number(), v.integer(), v.minValue(0))),
});

/** How far a learner has come with the small exercises. */
export type SmallProgress = v.InferOutput<typeof schema>;

/** @param warn Told in one line when the file was damaged. */
export function openSmallProgress(warn: (message: string) => void, dir?: string): Progress<SmallProgress> {
    const empty = { passed: [], hints: {} };
    return new Progress<SmallProgress>({ name: 'exercises', schema, empty, warn, ...(dir !== undefined && { dir }) });
}

/** The exercise that is next: the first that was not passed, after a given one if there is any; undefined when none is left. */
export function nextExercise({ passed }: Pick<SmallProgress, 'passed'>, after = 0): SmallExercise | undefined {
    const open = SMALL_EXERCISES.filter(({ folder }) => !passed.includes(folder));
    return open.find(({ number }) => number > after) ?? open[0];
}

/** What passing an exercise changes. */
export function withPassed(present: SmallProgress, { folder }: SmallExercise): SmallProgress {
    return { ...present, passed: [...new Set([...present.passed, folder])] };
}

/** What it changes that an exercise is begun anew. */
export function withoutExercise({ passed, hints }: SmallProgress, { folder }: SmallExercise): SmallProgress {
    const { [folder]: _, ...otherHints } = hints;
    return { passed: passed.filter((other) => other !== folder), hints: otherHints };
}

/** Small exercises that a learner has passed. */
export function smallProgress(dir?: string): PartProgress {
    const numbers = SMALL_EXERCISES.map(({ number }) => number);
    const passed = v.object({ passed: v.array(v.string()) });
    return partProgress(
        'exercises',
        passed,
        numbers,
        (kept, number) => kept.passed.includes(SMALL_EXERCISES[number - 1]!.folder),
        dir,
    );
}
