/**
 * The part of `npm run build` that the compiler doesn't do: questions from YAML to JSON, and the quiz in one file.
 * Needs what the compiler has written. Exits with 1 and writes nothing when a question is not as it must be.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { text } from 'node:stream/consumers';

import writeFileAtomic from 'write-file-atomic';

import { compiled, projectRoot } from '../base/paths.js';
import { makeTemporaryFolder } from '../base/temporary-folder.js';
import { unfinishedBeside } from '../base/unfinished.js';
import { bundle } from '../quiz/bundle.js';
import { compileQuestions } from '../quiz/compile-questions.js';
import { QUESTIONS_FILE } from '../quiz/read-questions.js';

/** What `npm run quiz` runs, the quiz's bundle, and what V8 has made of that. */
const [QUIZ, BUNDLE, COMPILED] = ['quiz.cjs', 'quiz-bundle.cjs', 'quiz-bundle.cjs.compiled'].map((file) =>
    compiled(`bundle/${file}`),
) as [string, string, string];

const folder = join(projectRoot, 'quiz');
const texts = readdirSync(folder).map((file) => [`quiz/${file}`, readFileSync(join(folder, file), 'utf8')] as const);
const { sources, problems } = compileQuestions(new Map(texts));
if (problems.length > 0) {
    process.stderr.write(`${problems.map(({ file, line, message }) => `${file}:${line}: ${message}\n`).join('')}`);
    process.exitCode = 1;
} else {
    write(QUESTIONS_FILE, `${JSON.stringify(sources.map(({ question }) => question))}\n`);
    const code = await bundle(compiled('src/cli/quiz.js'), BUNDLE, {
        outside: [compiled('src/trial/run-step.js')],
        // Inquirer's prompt that opens an editor knows all the world's encodings: two thirds of the bundle.
        unused: ['@inquirer/editor'],
    });
    // V8 tells what it has made of another text by its length only.
    rmSync(COMPILED, { force: true });
    write(BUNDLE, code);
    write(QUIZ, readFileSync(join(projectRoot, 'src', 'quiz', 'run-compiled.cjs'), 'utf8'));
    await keepCompiled();
}

/** Runs the quiz up to its first question, where it finds that nobody answers. */
async function keepCompiled(): Promise<void> {
    const home = makeTemporaryFolder();
    const making = unfinishedBeside(COMPILED);
    try {
        const quiz = spawn(process.execPath, ['-r', join(projectRoot, 'src', 'quiz', 'keep-compiled.cjs'), QUIZ], {
            env: { ...process.env, ACTORS_MOVE_HOME: home, QUIZ_COMPILED: making },
            stdio: ['ignore', 'pipe', 'inherit'],
        });
        await Promise.all([once(quiz, 'close'), text(quiz.stdout)]);
        renameSync(making, COMPILED);
    } finally {
        rmSync(home, { recursive: true, force: true });
        rmSync(making, { force: true });
    }
}

/** As a whole, since the quiz may be started while it is built. */
function write(file: string, text: string): void {
    mkdirSync(dirname(file), { recursive: true });
    writeFileAtomic.sync(file, text);
}
