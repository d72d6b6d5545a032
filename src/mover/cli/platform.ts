import { existsSync, readdirSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';

import chalk from 'chalk';

import { type ActorFolder, actorFolder } from '../actor-folder.js';
import { defineActor } from '../define-actor.js';
import {
    actorId,
    actorLabel,
    APIFY_OPERATIONS,
    openPlatform,
    OPERATIONS,
    type Platform,
} from '../../platform/index.js';
import { UsageError } from '../../base/usage-error.js';
import { enterUsersFolder } from '../../base/users-folder.js';
import { type Command, numberOption, parse, runCommand } from '../../base/terminal/command.js';
import { banner } from './platform-banner.js';
import { RunLines } from './run-lines.js';
import { listenForStop } from '../../base/terminal/stop-signal.js';

const OPTIONS = {
    port: { type: 'string' },
    data: { type: 'string' },
    actor: { type: 'string', multiple: true },
    operations: { type: 'boolean' },
    json: { type: 'boolean' },
} as const;

const HELP = `
npm run platform -- [options]

Opens the local Apify platform by itself, for apify-client, the Apify CLI or a test of yours. Ctrl-C closes it and ends
its runs; they stay in the data directory, and the next platform on it can resurrect them.

Options
  --port <n>              port on 127.0.0.1 (default: one that is free)
  --data <dir>            data directory (default .actors-move/platform)
  --actor <name>=<folder> an Actor that can be started; its folder has a package.json with a start script. Without
                          a name, .actor/actor.json names it; user/name is one of somebody else. May be given several
                          times
  --operations            list the operations of the Apify API that are served, and open nothing
  --json                  print what is listed, or the addresses, as JSON
`;

const command: Command = {
    name: 'npm run platform',
    help: HELP,
    run: async (argv) => {
        const { values } = parse(argv, OPTIONS);
        const { json = false, operations = false } = values;
        if (operations) {
            process.stdout.write(`${json ? JSON.stringify(served()) : servedText()}\n`);
            return 0;
        }
        const port = numberOption('port', values.port, { min: 0, max: 65_535 }) ?? 0;
        const dir = platformDirectory(values.data ?? join('.actors-move', 'platform'));
        const actors = await Promise.all((values.actor ?? []).map(namedActor));
        const names = actors.map(actorLabel);
        const twice = names.find((name, i) => names.indexOf(name) !== i);
        if (twice !== undefined)
            throw new UsageError(`Two Actors are called '${twice}'. Name one: --actor name=folder.`);
        await serve(await open(dir, port), actors, json);
        return 0;
    },
};

/** Until Ctrl-C. */
async function serve(platform: Platform, actors: ActorFolder[], json: boolean): Promise<void> {
    const stop = listenForStop();
    try {
        for (const actor of actors) defineActor(platform, { ...actor, id: actorId(actorLabel(actor)) });
        const { baseUrl, token, dir } = platform;
        process.stdout.write(
            json
                ? `${JSON.stringify({ baseUrl, token, dir, actors: actors.map(actorLabel) })}\n`
                : banner(platform, actors),
        );
        if (!json)
            new RunLines(process.stdout, new Map(actors.map(actorLabel).map((label) => [actorId(label), label]))).show(
                platform,
            );
        await new Promise((resolve) => {
            stop.signal.addEventListener('abort', resolve);
            if (stop.signal.aborted) resolve(undefined);
        });
    } finally {
        await platform.close();
        stop.off();
    }
}

/**
 * @throws UsageError when the port or the directory is not to be had.
 */
async function open(dir: string, port: number): Promise<Platform> {
    try {
        return await openPlatform({ dir, port });
    } catch (error) {
        const { code, message } = error as NodeJS.ErrnoException;
        if (code === 'EADDRINUSE')
            throw new UsageError(`Port ${port} is in use. Leave out --port for one that is free.`);
        throw new UsageError(code === undefined ? message : `The platform can't be opened: ${message}.`);
    }
}

/**
 * @throws UsageError when the folder holds something else than a platform's data.
 */
function platformDirectory(name: string): string {
    const dir = resolve(name);
    if (!existsSync(dir)) return dir;
    if (!statSync(dir).isDirectory()) throw new UsageError(`--data takes a folder; ${dir} is a file.`);
    const files = readdirSync(dir);
    if (files.length === 0 || files.includes('journal.jsonl')) return dir;
    throw new UsageError(`--data takes a new folder or that of another platform; ${dir} holds something else.`);
}

/** `name=folder`, `user/name=folder`, or a folder alone. */
async function namedActor(text: string): Promise<ActorFolder> {
    const [, username, name, folder = text] = /^(?:([a-z0-9][\w.-]*)\/)?([^=/\\]*)=(.*)$/i.exec(text) ?? [];
    if (name !== undefined && !/^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/i.test(name)) {
        throw new UsageError(`An Actor's name has letters, digits and inner dashes; '${name}' is none.`);
    }
    const actor = await actorFolder(folder);
    return name === undefined ? actor : { ...actor, name, ...(username !== undefined && { username }) };
}

interface ServedOperations {
    served: number;
    total: number;
    operations: { operationId: string; method: string; path: string }[];
}

function served(): ServedOperations {
    const operations = OPERATIONS.map(({ operationId, method, path }) => ({ operationId, method, path: `/v2${path}` }));
    return { served: operations.length, total: APIFY_OPERATIONS, operations };
}

function servedText(): string {
    const { served: count, total, operations } = served();
    const width = Math.max(...operations.map(({ operationId }) => operationId.length));
    const lines = operations.map(
        ({ operationId, method, path }) =>
            `${operationId.padEnd(width)}  ${chalk.dim(method.padEnd(6))} ${path.replaceAll(/:(\w+)/g, '{$1}')}`,
    );
    return [...lines, `${count} of ${total} operations of the Apify API are served.`].join('\n');
}

enterUsersFolder('platform');
await runCommand(command);
