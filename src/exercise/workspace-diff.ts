import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { extname, join, relative, sep } from 'node:path';

import { formatPatch, OMIT_HEADERS, structuredPatch } from 'diff';

import { shortPath } from '../base/short-path.js';
import { STEP_FILES } from '../trial/step-diff.js';
import type { Step } from '../trial/steps.js';
import { projectRoot } from '../base/paths.js';

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
            if (before === after) return '';
            const names = [
                before === '' ? 'nothing' : shortPath(join(dir, file)),
                theirs === undefined ? 'nothing' : `solutions/${step.folder}/${theirs}`,
            ] as const;
            const patch = structuredPatch(...names, before, after, undefined, undefined, { context });
            return `--- ${names[0]}\n+++ ${names[1]}\n${formatPatch(patch, OMIT_HEADERS)}`;
        })
        .join('');
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
