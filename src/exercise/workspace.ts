import { cpSync, existsSync, mkdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';

import { projectRoot } from '../base/paths.js';

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
    return statSync(dir, { throwIfNoEntry: false })?.isDirectory() ?? false;
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
    mkdirSync(dirname(dir), { recursive: true });
    // First beside it, then renamed: whoever kills this leaves no half of a copy that looks like a whole one.
    const unfinished = `${dir}.unfinished`;
    rmSync(unfinished, { recursive: true, force: true });
    cpSync(starter, unfinished, { recursive: true, filter: (file) => !NOT_COPIED.includes(basename(file)) });
    renameSync(unfinished, dir);
    return true;
}

/**
 * Moves the learner's copy aside, under a name with the date.
 *
 * @returns The new name; undefined when there was nothing to move.
 * @throws Error of the file system.
 */
export function setWorkspaceAside(dir = workspaceDir(), now = new Date()): string | undefined {
    if (!existsSync(dir)) return undefined;
    const aside = unusedName(`${dir}-${now.toISOString().slice(0, 19).replaceAll(':', '-')}`);
    renameSync(dir, aside);
    return aside;
}

function unusedName(wanted: string): string {
    for (let n = 1; ; n++) {
        const name = n === 1 ? wanted : `${wanted}-${n}`;
        if (!existsSync(name)) return name;
    }
}
