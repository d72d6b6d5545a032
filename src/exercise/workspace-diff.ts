import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { extname, join, relative, sep } from 'node:path';

import { shortPath } from '../base/short-path.js';
import { fileDiff } from '../trial/file-diff.js';
import { STEP_FILES } from '../trial/step-diff.js';
import type { Step } from '../trial/steps.js';
import { projectRoot } from '../base/paths.js';
import { type CheckProgress, firstOpenStage } from './progress.js';
import { STAGES } from './stages.js';

const CODE = new Set(['.ts', '.mts', '.js', '.mjs']);
const SKIPPED = new Set(['node_modules', 'storage']);

/**
 * What changes from a learner's files to a step of the solution, as a unified diff. A file that only one side has is
 * shown as a whole; a learner's `routes.js` stands beside the step's `routes.ts`.
 */
export function workspaceDiff(dir: string, step: Step, context = 3): string {
    const own = codeFiles(dir);
    const partners = new Map<string, string>(STEP_FILES.map((file) => [partnerOf(file, own), file]));
    return [...partners.keys(), ...own.filter((file) => !partners.has(file))]
        .map((file) => {
            const theirs = partners.get(file);
            const before = read(join(dir, file));
            const after = theirs === undefined ? '' : read(join(projectRoot, 'solutions', step.folder, theirs));
            const names = [
                before === '' ? 'nothing' : shortPath(join(dir, file)),
                theirs === undefined ? 'nothing' : `solutions/${step.folder}/${theirs}`,
            ] as const;
            return fileDiff(names, before, after, context);
        })
        .join('');
}

/** The step that a learner's files are best compared with: the one that passes the first stage that is not passed. */
export function stepForNow(progress: Pick<CheckProgress, 'passed'>): number {
    const open = firstOpenStage(progress);
    return (STAGES.find(({ number }) => number === open) ?? STAGES.at(-1)!).step;
}

function partnerOf(file: string, own: readonly string[]): string {
    const names = [file, file.replace(/\.ts$/, '.js'), file.replace(/\.ts$/, '.mjs')];
    return names.find((name) => own.includes(name)) ?? file;
}

function codeFiles(dir: string): string[] {
    return readdirSync(dir, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile() && CODE.has(extname(entry.name)))
        .map((entry) =>
            relative(dir, join(entry.parentPath ?? entry.path, entry.name))
                .split(sep)
                .join('/'),
        )
        .filter((file) => !file.split('/').some((part) => SKIPPED.has(part)))
        .sort();
}

function read(file: string): string {
    return existsSync(file) ? readFileSync(file, 'utf8').replaceAll('\r\n', '\n') : '';
}
