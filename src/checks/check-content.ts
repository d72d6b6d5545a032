/**
 * Checks what neither compiler nor linter reads: links, commands, names and words in Markdown, the shape of lessons and
 * what proves their claims, the questions of the quiz, the lockfile, and traces of the machine that something was
 * written on. Exits with 1 when something does not hold.
 */
import { projectRoot } from '../base/paths.js';
import { countProven, findUnprovenClaims } from './claims.js';
import { findUnknownNames, findUnknownPaths } from './identifiers.js';
import { findMisshapenLessons } from './lessons.js';
import { findLockedAddresses } from './lockfile.js';
import { findMachineTraces } from './machine-traces.js';
import { findBrokenLinks } from './markdown-links.js';
import { findScriptsWithoutSource, findUnknownCommands, findUnknownOptions } from './npm-scripts.js';
import { findWrongQuestions } from './questions.js';
import { report } from './report.js';
import { markdownFiles, readRepository } from './repository.js';
import { sdkEvents, sdkMembers } from './sdk-members.js';
import { findMisspellings } from './spelling.js';

const repository = readRepository(projectRoot);
const problems = [
    ...findBrokenLinks(repository),
    ...findUnknownCommands(repository),
    ...findUnknownOptions(repository),
    ...findScriptsWithoutSource(repository),
    ...findUnknownNames(repository, sdkMembers(), sdkEvents()),
    ...findUnknownPaths(repository),
    ...(await findMisspellings(projectRoot, repository)),
    ...findLockedAddresses(repository),
    ...findMachineTraces(repository),
    ...findUnprovenClaims(repository),
    ...findMisshapenLessons(repository),
    ...findWrongQuestions(repository),
];

const markdown = markdownFiles(repository).length;
report(
    'Content',
    problems,
    `${repository.size} files, ${markdown} of them Markdown, ${countProven(repository)} proven claims`,
);
