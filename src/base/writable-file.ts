import { closeSync, existsSync, openSync, rmSync, writeFileSync, writeSync } from 'node:fs';

import { writing } from './cannot-write-error.js';
import { shortPath } from './short-path.js';

/**
 * A report's file: tried now, before the work that it is about, and written when that is done. What it holds until then
 * stays.
 *
 * @returns Writes it.
 * @throws CannotWriteError when it can't be written, now or then.
 */
export function reportFile(file: string): (text: string) => void {
    const what = `The report ${shortPath(file)}`;
    const isNew = !existsSync(file);
    writing(what, () => {
        const opened = openSync(file, 'a');
        try {
            // A full disk takes a name, and no content.
            if (isNew) writeSync(opened, ' ');
        } finally {
            closeSync(opened);
            if (isNew) rmSync(file);
        }
    });
    return (text) => writing(what, () => writeFileSync(file, text));
}
