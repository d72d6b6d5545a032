import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import * as v from 'valibot';

import { courseHome } from './progress.js';
import { QUESTIONS } from './questions.js';

/** How far a learner is in a part of the course that keeps its own progress. */
export interface PartProgress {
    done: number[];
    of: number;
}

/** How many stages the check of the exercise has. */
const STAGES = 6;

/** Questions of the knowledge check that were answered to the end, by number. */
export function quizProgress(dir = courseHome()): PartProgress {
    // See src/quiz: results of finished questions, by number.
    const results = look(dir, 'quiz', v.object({ results: v.record(v.string(), v.unknown()) }))?.results ?? {};
    return { done: QUESTIONS.map(({ number }) => number).filter((number) => number in results), of: QUESTIONS.length };
}

/** Stages that the learner's own tracker passed when it was last checked. */
export function exerciseProgress(dir = courseHome()): PartProgress {
    const passed = look(dir, 'check', v.object({ passed: v.array(v.number()) }))?.passed ?? [];
    return { done: [...new Set(passed)].filter((stage) => stage >= 1 && stage <= STAGES).toSorted(), of: STAGES };
}

/**
 * What another part of the course keeps, as far as it can be read: where the learner is doesn't fail on a file that is
 * missing, damaged or of another version, and never touches it.
 */
function look<T>(dir: string, name: string, schema: v.GenericSchema<unknown, T>): T | undefined {
    try {
        const { success, output } = v.safeParse(schema, JSON.parse(readFileSync(join(dir, `${name}.json`), 'utf8')));
        return success ? output : undefined;
    } catch {
        return undefined;
    }
}
