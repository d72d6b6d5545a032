import { appendFileSync, createReadStream, existsSync, mkdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { Readable } from 'node:stream';

import { isSystemError } from '../../base/cannot-write-error.js';
import { UnwritableError } from '../unwritable-error.js';

/** The log of a run, kept over all its processes: `<ISO time> <line>` as in the API's logs. */
export class RunLog {
    readonly #followers = new Set<Readable>();

    constructor(readonly path: string) {
        mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    }

    /**
     * Adds a line, which those who follow the log get even when it can't be written.
     *
     * @throws UnwritableError
     */
    append(line: string, at: number): void {
        const entry = `${new Date(at).toISOString()} ${line}\n`;
        for (const follower of this.#followers) follower.push(entry);
        try {
            appendFileSync(this.path, entry, { mode: 0o600 });
        } catch (error) {
            throw isSystemError(error) ? new UnwritableError(`The log ${this.path}`, error) : error;
        }
    }

    /** What is in the log now. */
    read(): Readable {
        return existsSync(this.path) ? createReadStream(this.path) : Readable.from([]);
    }

    /** What is in the log now and what comes, until `end` is called. */
    follow(): Readable {
        const live = new Readable({ read() {} });
        // The file grows while it is being read; what comes from now on is told live, and only there.
        const size = existsSync(this.path) ? statSync(this.path).size : 0;
        const past = size > 0 ? createReadStream(this.path, { end: size - 1 }) : Readable.from([]);
        this.#followers.add(live);
        live.on('close', () => this.#followers.delete(live));
        const whole = Readable.from(concatenate(past, live), { objectMode: false });
        return whole.once('close', () => live.destroy());
    }

    /** Ends all streams that follow the log. */
    end(): void {
        for (const follower of this.#followers) follower.push(null);
        this.#followers.clear();
    }
}

async function* concatenate(...streams: Readable[]): AsyncGenerator<Buffer> {
    for (const stream of streams) yield* stream as AsyncIterable<Buffer>;
}
