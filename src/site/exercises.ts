import { join } from 'node:path';

import { SMALL_EXERCISES, SMALL_MAIN, type SmallExercise, TRACKER } from '../exercise/small/exercises.js';
import { workspaceDir } from '../exercise/workspace.js';

/** A small exercise, or the tracker. */
export type AnyExercise = SmallExercise | typeof TRACKER;

/** All exercises by what their addresses call them, in their order. */
export const EXERCISES: ReadonlyMap<string, AnyExercise> = new Map<string, AnyExercise>([
    ...SMALL_EXERCISES.map((exercise) => [String(exercise.number), exercise] as const),
    [TRACKER.name, TRACKER],
]);

export function isTracker(exercise: AnyExercise): exercise is typeof TRACKER {
    return 'name' in exercise;
}

/** What addresses call an exercise. */
export function nameOfExercise(exercise: AnyExercise): string {
    return isTracker(exercise) ? exercise.name : String(exercise.number);
}

/** The folder of a learner's copy. */
export function folderOfCopy(exercise: AnyExercise): string {
    return isTracker(exercise) ? workspaceDir() : workspaceDir(undefined, exercise.folder);
}

/** The file with which a learner begins. */
export function fileToEdit(exercise: AnyExercise): string {
    return join(folderOfCopy(exercise), isTracker(exercise) ? 'asin-tracker.ts' : SMALL_MAIN);
}
