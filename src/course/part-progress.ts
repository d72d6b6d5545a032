import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import * as v from 'valibot';

import { courseHome } from './progress.js';

/** How far a learner is in a part of the course, such as the quiz. */
export interface PartProgress {
    /** Numbers of what is done, in order. */
    done: number[];
    of: number;
}

/**
 * How far a learner is in a part of the course, by what that part keeps, as far as it can be read: where the learner is
 * doesn't fail on a file that is missing, damaged or of another version, and never touches it.
 *
 * @param name Name of the part's progress: see `ProgressOptions`.
 * @param schema What is looked for in it.
 * @param numbers All that there is to do.
 * @param isDone Whether one of these is done.
 */
export function partProgress<T>(
    name: string,
    schema: v.GenericSchema<unknown, T>,
    numbers: readonly number[],
    isDone: (kept: T, number: number) => boolean,
    dir = courseHome(),
): PartProgress {
    const kept = look(join(dir, `${name}.json`), schema);
    const done = kept === undefined ? [] : numbers.filter((number) => isDone(kept, number));
    return { done, of: numbers.length };
}

function look<T>(file: string, schema: v.GenericSchema<unknown, T>): T | undefined {
    try {
        const { success, output } = v.safeParse(schema, JSON.parse(readFileSync(file, 'utf8')));
        return success ? output : undefined;
    } catch {
        return undefined;
    }
}
