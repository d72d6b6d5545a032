/**
 * The part of `npm run build` that the compiler doesn't do: questions from YAML to JSON, and the quiz in one file.
 * Needs what the compiler has written. Exits with 1 and writes nothing when a question is not as it must be.
 */
import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

import writeFileAtomic from 'write-file-atomic';

import { compiled, projectRoot } from '../base/paths.js';
import { bundle } from '../quiz/bundle.js';
import { compileQuestions } from '../quiz/compile-questions.js';
import { QUESTIONS_FILE } from '../quiz/read-questions.js';

const BUNDLE = compiled('bundle/quiz.js');

const folder = join(projectRoot, 'quiz');
const texts = readdirSync(folder).map((file) => [`quiz/${file}`, readFileSync(join(folder, file), 'utf8')] as const);
const { sources, problems } = compileQuestions(new Map(texts));
if (problems.length > 0) {
    process.stderr.write(`${problems.map(({ file, line, message }) => `${file}:${line}: ${message}\n`).join('')}`);
    process.exitCode = 1;
} else {
    write(QUESTIONS_FILE, `${JSON.stringify(sources.map(({ content }) => content))}\n`);
    const text = await bundle(compiled('src/cli/quiz.js'), BUNDLE, {
        outside: [compiled('src/trial/run-step.js')],
        // Inquirer's prompt that opens an editor knows all the world's encodings: two thirds of the bundle.
        unused: ['@inquirer/editor'],
    });
    write(BUNDLE, text);
}

/** As a whole, since the quiz may be started while it is built. */
function write(file: string, text: string): void {
    mkdirSync(dirname(file), { recursive: true });
    writeFileAtomic.sync(file, text);
}
