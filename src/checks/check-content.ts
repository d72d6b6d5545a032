/**
 * Checks what neither compiler nor linter reads: links, commands, names and words in Markdown, the shape of lessons and
 * what proves their claims, the questions of the quiz, the lockfile, and traces of the machine that something was
 * written on. Exits with 1 when something does not hold.
 */
import path from 'node:path';

import { countProven, findUnprovenClaims } from './claims.js';
import { findGlossaryProblems, findWrongWords } from './glossary.js';
import { findUnknownNames, findUnknownPaths } from './identifiers.js';
import { findMisshapenLessons } from './lessons.js';
import { findLockedAddresses } from './lockfile.js';
import { findMachineTraces } from './machine-traces.js';
import { findBrokenLinks } from './markdown-links.js';
import { findScriptsWithoutSource, findUnknownCommands, findUnknownOptions } from './npm-scripts.js';
import { checkQuestions } from './questions.js';
import { markdownFiles, readRepository } from './repository.js';
import { sdkEvents, sdkMembers } from './sdk-members.js';
import { findMisspellings } from './spelling.js';

// Compiled to dist/src/checks.
const root = path.join(import.meta.dirname, '../../..');
const repository = readRepository(root);
const questions = checkQuestions(repository);
const problems = [
    ...findBrokenLinks(repository),
    ...findUnknownCommands(repository),
    ...findUnknownOptions(repository),
    ...findScriptsWithoutSource(repository),
    ...findUnknownNames(repository, sdkMembers(), sdkEvents()),
    ...findUnknownPaths(repository),
    ...findGlossaryProblems(repository),
    ...findWrongWords(repository),
    ...(await findMisspellings(root, repository)),
    ...findLockedAddresses(repository),
    ...findMachineTraces(repository),
    ...findUnprovenClaims(repository),
    ...findMisshapenLessons(repository),
    ...questions.problems,
];

console.log(questions.summary);
for (const { file, line, message } of problems) console.error(`${file}:${line}: ${message}`);
if (problems.length > 0) {
    console.error(`\nContent: ${problems.length} problem${problems.length === 1 ? '' : 's'}.`);
    process.exitCode = 1;
} else {
    console.log(
        `Content: ${repository.size} files, ${markdownFiles(repository).length} of them Markdown, ${countProven(repository)} proven claims, no problem.`,
    );
}
