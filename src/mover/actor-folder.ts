import { stat } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';

import * as v from 'valibot';

import { UsageError } from '../base/usage-error.js';
import { type ActorFiles, readActorFiles } from './actor-files.js';
import { readJson } from './read-json.js';

/** How the Actor in a folder is started, and what its files say of it. */
export interface ActorFolder extends ActorFiles {
    /** Technical name, as in `user~name`: lower-case letters, digits and dashes. */
    name: string;
    /** Whose it is, where that is somebody else. */
    username?: string;
    /** Program and arguments; no shell is involved. */
    command: [program: string, ...args: string[]];
    /** The folder, absolute. */
    cwd: string;
}

const ACTOR_FILE = v.looseObject({ name: v.optional(v.string()) });
const PACKAGE_FILE = v.looseObject({
    name: v.optional(v.string()),
    scripts: v.optional(v.record(v.string(), v.string())),
});

/** Words of a script that mean the same without a shell as with one: no quotes, variables, globs or operators. */
const PLAIN_WORDS = /^[\w@%+=:,./-]+(?: +[\w@%+=:,./-]+)*$/;
const OTHER_SCRIPT = /^npm (?:run |run-script )?([\w:.-]+)$/;

/**
 * Reads how the Actor in a folder is started: its name from `.actor/actor.json`, else from package.json, else the
 * folder's; its command from the start script in package.json. A script that only starts Node is started without npm
 * and without a shell, so that its process is the Actor's own; any other runs through npm.
 *
 * @throws UsageError when the folder isn't there, a file in it can't be read, or there is no start script.
 */
export async function actorFolder(dir: string): Promise<ActorFolder> {
    const cwd = resolve(dir);
    const isFolder = await stat(cwd).then(
        (stats) => stats.isDirectory(),
        () => false,
    );
    if (!isFolder) throw new UsageError(`There is no folder ${cwd}.`);
    const actorFile = await readJson(join(cwd, '.actor', 'actor.json'), ACTOR_FILE);
    const packageFile = await readJson(join(cwd, 'package.json'), PACKAGE_FILE);
    const scripts = packageFile?.scripts ?? {};
    if (scripts.start === undefined) {
        const lack = packageFile ? `${join(cwd, 'package.json')} has no start script` : `${cwd} has no package.json`;
        throw new UsageError(`${lack}, so it is not known what to run.`);
    }
    const name = technicalName(actorFile?.name ?? packageFile?.name ?? basename(cwd));
    return { ...(await readActorFiles(cwd)), name, command: startCommand(scripts), cwd };
}

function startCommand(scripts: Record<string, string>): ActorFolder['command'] {
    const words = nodeCommand(scripts, 'start');
    if (words) return [process.execPath, ...words];
    // On Windows npm is a batch file, which only the shell can start.
    if (process.platform === 'win32') return ['cmd.exe', '/d', '/s', '/c', 'npm start --silent'];
    return ['npm', 'start', '--silent'];
}

/** Arguments of Node, when all that the script does is start it; undefined for anything else. */
function nodeCommand(
    scripts: Record<string, string>,
    name: string,
    seen: readonly string[] = [],
): string[] | undefined {
    const script = scripts[name]?.trim();
    const hasHooks = scripts[`pre${name}`] !== undefined || scripts[`post${name}`] !== undefined;
    if (script === undefined || hasHooks || seen.includes(name)) return undefined;
    const other = OTHER_SCRIPT.exec(script)?.[1];
    if (other !== undefined) return nodeCommand(scripts, other, [...seen, name]);
    if (!PLAIN_WORDS.test(script)) return undefined;
    const [program, ...args] = script.split(/ +/);
    return program === 'node' ? args : undefined;
}

/** What Apify would call an Actor of that name: `@scope/My_Actor` becomes `my-actor`. */
export function technicalName(name: string): string {
    const plain = name.replace(/^@[^/]*\//, '').toLowerCase();
    return plain.replaceAll(/[^a-z0-9]+/g, '-').replaceAll(/^-|-$/g, '') || 'actor';
}
