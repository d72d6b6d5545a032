import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { shortPath } from '../../base/short-path.js';
import { fileDiff } from '../../trial/file-diff.js';
import { workspaceDir } from '../workspace.js';
import { exerciseFolder, SMALL_MAIN, type SmallExercise } from './exercises.js';

const CONTEXT_LINES = 3;

/** What changes from a learner's file of a small exercise to its solution, as a unified diff. */
export function smallDiff(exercise: SmallExercise): string {
    const own = join(workspaceDir(undefined, exercise.folder), SMALL_MAIN);
    const names = [shortPath(own), `exercises/${exercise.folder}/solution.js`] as const;
    return fileDiff(names, read(own), read(join(exerciseFolder(exercise), 'solution.js')), CONTEXT_LINES);
}

function read(file: string): string {
    return existsSync(file) ? readFileSync(file, 'utf8').replaceAll('\r\n', '\n') : '';
}
