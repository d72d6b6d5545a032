import { closeSync, fstatSync, ftruncateSync, openSync, readSync, writeSync } from 'node:fs';
import { join } from 'node:path';

import { decodeRecorded, encodeRecorded, type RecordedEntry } from '../../trace/recorded.js';

/** File of the data directory that holds what the journal does not: see `RecordedEntry`. */
export const RECORDING = 'trace.jsonl';

/** So much of a recording's end is looked at first. */
const END_BYTES = 64 * 1024;

/** How long lines wait for others: a write for each would cost more than all else that a recording does. */
const DELAY_MILLIS = 25;

/**
 * Writes what happens beside the journal to `trace.jsonl`, a JSON line an entry. Lines are written a moment later, many
 * at once: a kill of this process may cost the last ones, and nobody waits for them. A recording that can't be written
 * ends with one warning, and fails nothing else.
 */
export class Recorder {
    readonly #path: string;
    #file: number | undefined;
    #lines: string[] = [];
    #flushing: NodeJS.Timeout | undefined;

    /**
     * Opens the recording of a data directory. What a kill has left torn is cut off.
     *
     * @param journalLength Entries that the journal has: what was recorded after more of them is cut off, too.
     */
    constructor(dir: string, journalLength: number) {
        this.#path = join(dir, RECORDING);
        this.#try(() => {
            this.#file = openSync(this.#path, 'a+', 0o600);
            const whole = wholeLength(this.#file, journalLength);
            ftruncateSync(this.#file, whole);
        });
    }

    /** @param journal Entries that the journal has now. */
    append(entry: RecordedEntry, journal: number): void {
        if (this.#file === undefined) return;
        this.#lines.push(encodeRecorded(entry, journal));
        this.#flushing ??= setTimeout(() => this.flush(), DELAY_MILLIS).unref();
    }

    /** Hands what is waiting to the operating system. */
    flush(): void {
        clearTimeout(this.#flushing);
        this.#flushing = undefined;
        const file = this.#file;
        if (file === undefined || this.#lines.length === 0) return;
        const bytes = Buffer.from(`${this.#lines.join('\n')}\n`);
        this.#lines = [];
        this.#try(() => {
            let written = 0;
            while (written < bytes.length) written += writeSync(file, bytes, written);
        });
    }

    close(): void {
        this.flush();
        if (this.#file !== undefined) closeSync(this.#file);
        this.#file = undefined;
    }

    #try(work: () => void): void {
        try {
            work();
        } catch (error) {
            if (this.#file !== undefined) closeSync(this.#file);
            this.#file = undefined;
            const { message } = error as Error;
            process.emitWarning(`The trace in ${this.#path} can't be written any more (${message}): it ends here.`);
        }
    }
}

/** Bytes of a recording up to its last whole line that belongs to a journal of this length. Mostly it is the last one. */
function wholeLength(file: number, journalLength: number): number {
    const { size } = fstatSync(file);
    for (let count = END_BYTES; ; count *= 2) {
        const start = Math.max(0, size - count);
        const bytes = Buffer.alloc(size - start);
        for (let read = 0; read < bytes.length;) {
            const more = readSync(file, bytes, read, bytes.length - read, start + read);
            if (more === 0) break;
            read += more;
        }
        const whole = lengthWithin(bytes, journalLength);
        if (whole > 0 || start === 0) return start + whole;
    }
}

/** The same of bytes of which the first may be the rest of a line; 0 where no line is found. */
function lengthWithin(bytes: Buffer, journalLength: number): number {
    let end = bytes.lastIndexOf('\n') + 1;
    while (end > 0) {
        const start = end < 2 ? 0 : bytes.lastIndexOf('\n', end - 2) + 1;
        const placed = decodeRecorded(bytes.toString('utf8', start, end));
        if (placed && placed.journal <= journalLength) return end;
        end = start;
    }
    return 0;
}
