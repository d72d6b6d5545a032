import { cpSync, existsSync, mkdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';

import { projectRoot } from '../base/paths.js';
import { unfinishedBeside } from '../base/unfinished.js';

const NAME = 'asin-tracker';

/** Files that may start a learner's Actor, in the order in which they are looked for. */
export const MAIN_FILES = ['main.ts', 'main.mts', 'main.js', 'main.mjs', 'src/main.ts', 'src/main.js'] as const;

/** What the learner starts from. */
export const STARTER = join(projectRoot, 'exercises', NAME);

/** The learner's copy: in `workspace/` of the folder that the command runs in, which npm makes the project's. */
export function workspaceDir(cwd = process.cwd(), folder: string = NAME): string {
    return resolve(cwd, 'workspace', folder);
}

export function hasWorkspace(dir = workspaceDir()): boolean {
    return existsSync(dir) && statSync(dir).isDirectory();
}

/** What stands beside a starter and is not for the learner's copy. */
const NOT_COPIED = ['solution.js', 'texts.json'];

/**
 * Copies the starter, unless something is there already: a learner's file is never written over.
 *
 * @param starter Folder of the exercise.
 * @returns Whether it was copied.
 * @throws Error of the file system.
 */
export function openWorkspace(dir = workspaceDir(), starter = STARTER): boolean {
    if (existsSync(dir)) return false;
    const fresh = copyBeside(dir, starter);
    try {
        renameSync(fresh, dir);
        return true;
    } catch (error) {
        rmSync(fresh, { recursive: true, force: true });
        // Another process has made one meanwhile.
        if (hasWorkspace(dir)) return false;
        throw error;
    }
}

/**
 * Puts a new copy of the starter in the place of the learner's, which is moved aside under a name with the date. The new
 * one is whole before the old one is touched: where there is no room for it, nothing changes.
 *
 * @param starter Folder of the exercise.
 * @returns What the learner's copy is called now; undefined when there was none.
 * @throws Error of the file system.
 */
export function resetWorkspace(dir = workspaceDir(), starter = STARTER, now = new Date()): string | undefined {
    const fresh = copyBeside(dir, starter);
    const aside = existsSync(dir)
        ? unusedName(`${dir}-${now.toISOString().slice(0, 19).replaceAll(':', '-')}`)
        : undefined;
    try {
        if (aside !== undefined) renameSync(dir, aside);
        renameSync(fresh, dir);
    } catch (error) {
        if (aside !== undefined && !existsSync(dir)) renameSync(aside, dir);
        throw error;
    }
    return aside;
}

/** Copies the starter, first under another name: whoever kills this leaves no half of a copy that looks like a whole one. */
function copyBeside(dir: string, starter: string): string {
    mkdirSync(dirname(dir), { recursive: true });
    const unfinished = unfinishedBeside(dir);
    try {
        cpSync(starter, unfinished, { recursive: true, filter: (file) => !NOT_COPIED.includes(basename(file)) });
    } catch (error) {
        rmSync(unfinished, { recursive: true, force: true });
        throw error;
    }
    return unfinished;
}

function unusedName(wanted: string): string {
    for (let n = 1; ; n++) {
        const name = n === 1 ? wanted : `${wanted}-${n}`;
        if (!existsSync(name)) return name;
    }
}
