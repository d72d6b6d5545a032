import { closeSync, existsSync, openSync, unlinkSync, writeFileSync } from 'node:fs';

import { UsageError } from '../usage-error.js';

/**
 * A file that a command writes at its end. It is tried at the beginning, so that nobody waits for a run whose report
 * then can't be written.
 *
 * @param option How the person named it, for messages.
 * @throws UsageError when it can't be written.
 */
export function outputFile(path: string, option: string): (text: string) => void {
    const attempt = (work: () => void): void => {
        try {
            work();
        } catch (error) {
            throw new UsageError(`${option} can't be written: ${(error as Error).message}.`);
        }
    };
    attempt(() => {
        const isNew = !existsSync(path);
        closeSync(openSync(path, 'a'));
        if (isNew) unlinkSync(path);
    });
    return (text) => attempt(() => writeFileSync(path, text));
}
