import { constants } from 'node:buffer';
import { readSync } from 'node:fs';

const LINE_BREAK = 0x0a;

/** One line of a file. */
export interface WholeLine {
    /**
     * The line without its line break; of use until the next line is asked for.
     *
     * @throws Error when it is longer than a string can be; of the file system.
     */
    bytes: () => Buffer;
    /** Where in the file the next line begins, in bytes. */
    end: number;
}

/**
 * Reads the lines of an open file, one after the other, through a buffer of a fixed size: the file may be larger than
 * what fits into memory. What follows the last line break is left out, and never held.
 *
 * @param file A descriptor.
 * @param chunkBytes Size of the buffer.
 * @param begin Where in the file the first line begins, in bytes.
 * @throws Error of the file system.
 */
export function* wholeLines(file: number, chunkBytes: number, begin = 0): Generator<WholeLine> {
    const buffer = Buffer.allocUnsafeSlow(chunkBytes);
    let start = begin;
    for (let at = begin; ;) {
        const chunk = buffer.subarray(0, readSync(file, buffer, 0, chunkBytes, at));
        if (chunk.length === 0) return;
        for (let i = chunk.indexOf(LINE_BREAK); i !== -1; i = chunk.indexOf(LINE_BREAK, i + 1)) {
            const [from, to] = [start, at + i];
            start = to + 1;
            // A line that began in an earlier chunk is read again as a whole.
            const bytes = (): Buffer => (from >= at ? chunk.subarray(from - at, i) : readRange(file, from, to));
            yield { bytes, end: start };
        }
        at += chunk.length;
    }
}

function readRange(file: number, start: number, end: number): Buffer {
    if (end - start > constants.MAX_STRING_LENGTH) throw new Error(`it has ${end - start} bytes`);
    const bytes = Buffer.allocUnsafe(end - start);
    let read = 0;
    while (read < bytes.length) {
        const more = readSync(file, bytes, read, bytes.length - read, start + read);
        if (more === 0) throw new Error('the file has become shorter');
        read += more;
    }
    return bytes;
}
