import { basename, resolve } from 'node:path';

import { readActorFiles } from '../actor-files.js';
import { type ActorFolder, actorFolder, technicalName } from '../actor-folder.js';
import type { MovedTask } from '../define-actor.js';
import { readTaskInput } from '../input.js';
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

const NAME = '[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?';
const USER = '[a-z0-9](?:[a-z0-9._-]*[a-z0-9])?';
/** `name=…`, or `user/name=…`; Apify's API has a tilde in the place of the slash. */
const NAMED = new RegExp(`^(?:(${USER})[/~])?(${NAME})=(.+)$`, 'is');

/**
 * An Actor that another one may call: `name=folder`, or `user/name=folder` for one of somebody else.
 *
 * @throws UsageError when it is not written so, or the folder is none of an Actor.
 */
export async function namedActor(text: string): Promise<ActorFolder> {
    const [, username, name, folder] = NAMED.exec(text) ?? [];
    if (name === undefined || folder === undefined)
        throw new UsageError(`--actor takes <name>=<folder> or <user>/<name>=<folder>, not '${text}'.`);
    return { ...(await actorFolder(folder)), name, ...(username !== undefined && { username }) };
}

/**
 * Refuses Actors, or tasks, of which two are called the same: it could not be known which one is meant.
 *
 * @param own What the Actor itself is called.
 * @throws UsageError that names it.
 */
export function assertNoneTwice(option: string, names: readonly string[], own?: string): void {
    if (own !== undefined && names.includes(own)) {
        throw new UsageError(`${option} gives '${own}', which the Actor itself is called: name another one.`);
    }
    const twice = names.find((name, i) => names.indexOf(name) < i);
    if (twice !== undefined) throw new UsageError(`${option} gives '${twice}' twice: name each once.`);
}

/**
 * A task that an Actor may start: `name=actor` or `user/name=actor`, then `,input.json` for an input of its own. The
 * Actor is one of those that are given.
 *
 * @param known What these are called.
 * @throws UsageError when it is not written so, there is no such Actor, or the input can't be read.
 */
export async function namedTask(text: string, known: readonly string[]): Promise<MovedTask> {
    const [, user, name, rest = ''] = NAMED.exec(text) ?? [];
    const [actor = '', file] = rest.split(/,(.*)/s);
    if (name === undefined)
        throw new UsageError(`--task takes <name>=<actor> or <name>=<actor>,<input file>, not '${text}'.`);
    if (!known.includes(actor)) throw new UsageError(notGiven('--task', actor, known));
    const task = { name: user === undefined ? name : `${user}/${name}`, actor };
    return file === undefined ? task : { ...task, input: await readTaskInput(file) };
}

/**
 * Which run is struck, where it is one that the Actor starts: `actor`, or `actor@2` for its second one.
 *
 * @param known What the Actors are called that it may start.
 * @throws UsageError when there is no such Actor.
 */
export function readOn(text: string, known: readonly string[]): { actor: string; n: number } {
    const [, actor = text, count = '1'] = /^(.*)@(\d+)$/s.exec(text) ?? [];
    if (Number(count) < 1) throw new UsageError(`--on counts runs from 1: '${text}'.`);
    if (!known.includes(actor)) throw new UsageError(notGiven('--on', actor, known));
    return { actor, n: Number(count) };
}

function notGiven(option: string, actor: string, known: readonly string[]): string {
    const given = known.length === 0 ? 'None is given' : `Given are ${known.join(', ')}`;
    return `${option} names an Actor that --actor gives, and '${actor}' is none. ${given}.`;
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
