import { closeSync, existsSync, openSync, rmSync, writeFileSync } from 'node:fs';

import { UsageError } from './usage-error.js';

/**
 * Makes sure that a report can be written, before the work that it is about. What the file holds stays.
 *
 * @throws UsageError when it can't.
 */
export function assertWritable(file: string): void {
    const isNew = !existsSync(file);
    try {
        closeSync(openSync(file, 'a'));
        if (isNew) rmSync(file);
    } catch (error) {
        throw new UsageError(`The report can't be written: ${(error as Error).message}.`);
    }
}

/**
 * A report's file: tried now, written when the work is done.
 *
 * @throws UsageError when it can't be written.
 */
export function reportFile(file: string): (text: string) => void {
    assertWritable(file);
    return (text) => writeFileSync(file, text);
}
