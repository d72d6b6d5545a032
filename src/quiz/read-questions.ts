import { existsSync, readFileSync } from 'node:fs';

import * as v from 'valibot';

import { compiled } from '../base/paths.js';
import { UsageError } from '../base/usage-error.js';
import { readDataFile } from './data-file.js';
import { type Question, questionSchema } from './question.js';

/** Where the build puts the questions of `quiz/`. */
export const QUESTIONS_FILE = compiled('quiz/questions.json');

const questionsSchema = v.pipe(
    v.array(questionSchema),
    v.minLength(1, 'holds no question'),
    v.check(
        (questions) => new Set(questions.map((one) => one.number)).size === questions.length,
        'uses a number twice',
    ),
);

/**
 * Reads questions from a JSON file, an array of what the YAML files in `quiz/` hold; unless told otherwise, the one
 * that the build has made of these.
 *
 * @throws UsageError that names the file, the field and what is wrong with it.
 */
export function readQuestions(file = QUESTIONS_FILE): Question[] {
    if (file === QUESTIONS_FILE) {
        if (!existsSync(file)) throw new UsageError('The questions are not built yet: npm run build.');
        // The build has judged them.
        return JSON.parse(readFileSync(file, 'utf8')) as Question[];
    }
    return readDataFile(file, questionsSchema);
}
