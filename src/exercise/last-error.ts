import { shortPath } from '../base/short-path.js';
import { fileURLToPath } from 'node:url';

/** What an Actor said of the last error that it met. */
export interface LastError {
    /** For example `TypeError: counts is undefined`. */
    message: string;
    /** Where in the learner's files, for example `workspace/asin-tracker/main.ts:12:5`. */
    place?: string;
}

const MESSAGE = /(?:^|[\s([])((?:[A-Z]\w*)?Error(?: \[\w+\])?: (?:.(?! \{"))*.?)/;
const FRAME = /^\s+at .*?\(?((?:file:\/\/)?[^\s()]+):(\d+):(\d+)\)?\s*$/;
const MAX_MESSAGE_LENGTH = 300;

/**
 * Finds the last error in a log, and the place in the learner's folder where it was thrown.
 *
 * @param dir The learner's folder.
 */
export function lastError(lines: readonly string[], dir: string): LastError | undefined {
    const index = lines.findLastIndex((line) => MESSAGE.test(line));
    if (index === -1) return undefined;
    const message = MESSAGE.exec(lines[index]!)![1]!.trim().slice(0, MAX_MESSAGE_LENGTH);
    for (const line of lines.slice(index + 1)) {
        const [, address, row, column] = FRAME.exec(line) ?? [];
        if (address === undefined) break;
        const file = address.startsWith('file://') ? fileURLToPath(address) : address;
        if (file.startsWith(dir)) return { message, place: `${shortPath(file)}:${row}:${column}` };
    }
    return { message };
}
