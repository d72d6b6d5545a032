import { basename, resolve } from 'node:path';

import { readActorFiles } from '../actor-files.js';
import { type ActorFolder, actorFolder } from '../actor-folder.js';
import { UsageError } from '../../base/usage-error.js';

/** The Actor of the folder, started by the command, or as its package.json says. */
export async function actorOf(cwd: string, command: readonly string[]): Promise<ActorFolder> {
    const [program, ...args] = command;
    if (program === undefined) return actorFolder(cwd);
    const name = await actorFolder(cwd).then(
        (folder) => folder.name,
        () => technicalName(basename(resolve(cwd))),
    );
    return { ...(await readActorFiles(cwd)), name, command: [program, ...args], cwd: resolve(cwd) };
}

function technicalName(text: string): string {
    return (
        text
            .toLowerCase()
            .replaceAll(/[^a-z0-9]+/g, '-')
            .replaceAll(/^-|-$/g, '') || 'actor'
    );
}

/**
 * An Actor that another one may call: `name=folder`.
 *
 * @throws UsageError when it is not written so, or the folder is none of an Actor.
 */
export async function namedActor(text: string): Promise<ActorFolder> {
    const [, name, folder] = /^([a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)=(.+)$/i.exec(text) ?? [];
    if (name === undefined || folder === undefined)
        throw new UsageError(`--actor takes <name>=<folder>, not '${text}'.`);
    return { ...(await actorFolder(folder)), name };
}

/**
 * Variables of the environment: `name=value` each.
 *
 * @throws UsageError when one is not written so.
 */
export function readEnv(texts: readonly string[]): Record<string, string> {
    return Object.fromEntries(
        texts.map((text) => {
            const [, name, value] = /^([A-Za-z_]\w*)=([\s\S]*)$/.exec(text) ?? [];
            if (name === undefined) throw new UsageError(`--env takes <name>=<value>, not '${text}'.`);
            return [name, value ?? ''];
        }),
    );
}

/**
 * Events that an Actor charges for, and their prices: `event=price` each.
 *
 * @throws UsageError when one is not written so.
 */
export function readPrices(texts: readonly string[]): Record<string, number> {
    return Object.fromEntries(
        texts.map((text) => {
            const [, name, price] = /^([\w-]+)=(\d+(?:\.\d+)?)$/.exec(text) ?? [];
            if (name === undefined)
                throw new UsageError(`--charge takes <event>=<price>, such as page=0.01, not '${text}'.`);
            return [name, Number(price)];
        }),
    );
}
