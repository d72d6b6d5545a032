import { EventEmitter, once } from 'node:events';
import { appendFileSync, createReadStream, existsSync, mkdirSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Readable } from 'node:stream';

import { isSystemError } from '../../base/cannot-write-error.js';
import { UnwritableError } from '../unwritable-error.js';

/** How much of a log is read at once. */
const CHUNK_BYTES = 64 * 1024;

/** The log of a run, kept over all its processes: `<ISO time> <line>` as in the API's logs. */
export class RunLog {
    /** Told that there is more to read, or that there will be no more. */
    readonly #news = new EventEmitter<{ news: [] }>().setMaxListeners(0);
    /** Counts the lines since this was opened. */
    #appended = 0;
    /** Counts how often followers were told that there will be no more. */
    #ends = 0;
    /** Lines that the file has not taken. */
    #unwritten = '';

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
        try {
            appendFileSync(this.path, entry, { mode: 0o600 });
        } catch (error) {
            this.#unwritten += entry;
            throw isSystemError(error) ? new UnwritableError(`The log ${this.path}`, error) : error;
        } finally {
            this.#appended++;
            this.#news.emit('news');
        }
    }

    /** What is in the log now. */
    read(): Readable {
        return existsSync(this.path) ? createReadStream(this.path) : Readable.from([]);
    }

    /**
     * What is in the log now and what comes, until `end` is called. It is read from the file as fast as the follower
     * takes it: one that has stalled costs no memory, however much is printed.
     */
    follow(): Readable {
        const left = new AbortController();
        const whole = Readable.from(this.#read(this.#ends, left.signal), { objectMode: false, highWaterMark: 1 });
        return whole.once('close', () => left.abort());
    }

    /** Ends all streams that follow the log. */
    end(): void {
        this.#ends++;
        this.#news.emit('news');
    }

    async *#read(began: number, left: AbortSignal): AsyncGenerator<Buffer> {
        let at = 0;
        while (!left.aborted) {
            const isOver = this.#ends > began;
            const known = this.#appended;
            const chunk = await this.#chunk(at);
            at += chunk.length;
            if (chunk.length > 0) yield chunk;
            else if (isOver) {
                if (this.#unwritten !== '') yield Buffer.from(this.#unwritten);
                return;
            } else if (this.#appended === known && this.#ends === began) {
                await once(this.#news, 'news', { signal: left }).catch(() => {});
            }
        }
    }

    async #chunk(at: number): Promise<Buffer> {
        if (!existsSync(this.path)) return Buffer.alloc(0);
        const file = await open(this.path, 'r');
        try {
            const buffer = Buffer.allocUnsafe(CHUNK_BYTES);
            const { bytesRead } = await file.read(buffer, 0, CHUNK_BYTES, at);
            return buffer.subarray(0, bytesRead);
        } finally {
            await file.close();
        }
    }
}
