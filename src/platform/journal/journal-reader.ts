import { closeSync, openSync, readSync } from 'node:fs';

import type { PlaceOnDisk } from '../../trace/place.js';

/** What is read at once: mostly what lies beside it is wanted next. */
const WINDOW_BYTES = 64 * 1024;

/** Reads what was written to a journal, by where it lies. Also when that has been closed. */
export class JournalReader {
    readonly #window = Buffer.allocUnsafeSlow(WINDOW_BYTES);
    #start = 0;
    #end = 0;
    #file: number | undefined;

    constructor(private readonly path: string) {}

    /**
     * @param journalSize How many bytes of the file are entries: what comes behind them may not stay.
     * @throws Error of the file system, or when the file has become shorter.
     */
    text({ offset, length }: Pick<PlaceOnDisk, 'offset' | 'length'>, journalSize: number): string {
        const end = offset + length;
        if (offset < this.#start || end > this.#end) {
            const start = Math.floor(offset / WINDOW_BYTES) * WINDOW_BYTES;
            if (end > start + WINDOW_BYTES) return this.#read(Buffer.allocUnsafe(length), offset, length).toString();
            this.#end = 0;
            this.#read(this.#window, start, Math.min(WINDOW_BYTES, journalSize - start));
            this.#start = start;
            this.#end = Math.min(start + WINDOW_BYTES, journalSize);
        }
        return this.#window.toString('utf8', offset - this.#start, end - this.#start);
    }

    /** What is read from now on opens the file for itself. */
    close(): void {
        if (this.#file !== undefined) closeSync(this.#file);
        this.#file = undefined;
    }

    /** The file stays open until `close`. */
    open(): void {
        this.#file ??= openSync(this.path, 'r');
    }

    #read(buffer: Buffer, offset: number, length: number): Buffer {
        const file = this.#file ?? openSync(this.path, 'r');
        try {
            for (let read = 0; read < length;) {
                const more = readSync(file, buffer, read, length - read, offset + read);
                if (more === 0) throw new Error(`${this.path} has become shorter.`);
                read += more;
            }
            return buffer;
        } finally {
            if (file !== this.#file) closeSync(file);
        }
    }
}
