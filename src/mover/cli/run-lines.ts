import chalk from 'chalk';

import { plainText } from '../../base/plain-text.js';
import type { Platform } from '../../platform/index.js';
import type { TraceEntry } from '../../trace/recorded.js';

/** Prints what happens to the runs of a platform, one line each: time, Actor, run and what it was. */
export class RunLines {
    readonly #actors = new Map<string, string>();

    /**
     * @param names Names of Actors by their ids.
     */
    constructor(
        private readonly output: NodeJS.WritableStream,
        private readonly names: ReadonlyMap<string, string>,
    ) {}

    show(platform: Platform): void {
        for (const run of platform.store.state.runs.values()) this.#know(run.id, run.actorId);
        platform.on('entry', (entry) => {
            if (entry.type === 'run.created') this.#know(entry.run.id, entry.run.actorId);
            const line = textOf(entry);
            if (line === undefined) return;
            const { id, text } = line;
            const time = new Date(entry.at).toISOString().slice(11, 19);
            this.output.write(`${chalk.dim(time)} ${this.#actors.get(id)} ${chalk.dim(id)} ${text}\n`);
        });
    }

    #know(runId: string, actorId: string): void {
        this.#actors.set(runId, this.names.get(actorId) ?? actorId);
    }
}

function textOf(entry: TraceEntry): { id: string; text: string } | undefined {
    switch (entry.type) {
        case 'run.status':
            return { id: entry.id, text: chalk.bold(entry.status) };
        case 'run.changed': {
            const { statusMessage } = entry.change;
            return statusMessage === undefined ? undefined : { id: entry.id, text: oneLine(statusMessage) };
        }
        case 'run.event':
            return { id: entry.id, text: entry.name };
        case 'run.struck':
            return { id: entry.id, text: chalk.red(`struck: ${entry.fault}`) };
        case 'run.boot':
            return { id: entry.id, text: `process ${entry.incarnation} (pid ${entry.pid})` };
        default:
            return undefined;
    }
}

/** What an Actor says, without what would change the terminal. */
function oneLine(text: string): string {
    return plainText(text).replaceAll(/\s+/g, ' ');
}
