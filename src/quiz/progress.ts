import * as v from 'valibot';

import { type PartProgress, partProgress } from '../course/part-progress.js';
import { QUESTIONS } from '../course/questions.js';

/** Results of finished questions, by number: see `recordSchema`, which is not needed for this. */
const schema = v.object({ results: v.record(v.string(), v.unknown()) });

/** Questions that were answered to the end. */
export function quizProgress(dir?: string): PartProgress {
    const numbers = QUESTIONS.map(({ number }) => number);
    return partProgress('quiz', schema, numbers, ({ results }, number) => number in results, dir);
}
