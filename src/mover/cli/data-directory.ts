import { existsSync, mkdirSync, readdirSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';

import { makeDirectory } from '../../platform/make-directory.js';
import { UsageError } from '../../base/usage-error.js';

/**
 * Makes the folder where a run's data goes: the one that the person names, or a new one below `.actors-move/`.
 *
 * @throws UsageError when the named folder holds something else, or a folder can't be made.
 */
export function dataDirectory(data: string | undefined, label: string): string {
    try {
        return data === undefined ? newDirectory(label) : namedDirectory(resolve(data));
    } catch (error) {
        if (error instanceof UsageError) throw error;
        throw new UsageError(`The run's data needs a folder: ${(error as Error).message}.`);
    }
}

function namedDirectory(dir: string): string {
    if (!existsSync(dir)) {
        makeDirectory(dir);
        return dir;
    }
    if (!statSync(dir).isDirectory()) throw new UsageError(`--data takes a folder; ${dir} is a file.`);
    const files = readdirSync(dir);
    if (files.length > 0) throw new UsageError(`--data takes a new or empty folder; ${dir} is not empty.`);
    return dir;
}

function newDirectory(label: string): string {
    const time = new Date().toISOString().slice(0, 19).replaceAll(':', '-');
    const base = resolve('.actors-move');
    makeDirectory(base);
    for (let n = 1; ; n++) {
        const dir = join(base, `${time}-${label}${n === 1 ? '' : `-${n}`}`);
        try {
            mkdirSync(dir, { mode: 0o700 });
            return dir;
        } catch (error) {
            if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
        }
    }
}
