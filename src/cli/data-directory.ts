import { existsSync, mkdirSync, readdirSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';

import { UsageError } from '../trial/index.js';

/**
 * Where a run's data goes: the folder that the person names, or a new one below `.actors-move/`.
 *
 * @throws UsageError when the named folder holds something else.
 */
export function dataDirectory(keep: string | undefined, label: string): string {
    if (keep === undefined) return newDirectory(label);
    const dir = resolve(keep);
    if (!existsSync(dir)) return dir;
    if (!statSync(dir).isDirectory()) throw new UsageError(`--keep takes a folder; ${dir} is a file.`);
    const files = readdirSync(dir);
    if (files.length > 0) throw new UsageError(`--keep takes a new or empty folder; ${dir} is not empty.`);
    return dir;
}

function newDirectory(label: string): string {
    const time = new Date().toISOString().slice(0, 19).replaceAll(':', '-');
    const base = resolve('.actors-move');
    mkdirSync(base, { recursive: true });
    for (let n = 1; ; n++) {
        const dir = join(base, `${time}-${label}${n === 1 ? '' : `-${n}`}`);
        try {
            mkdirSync(dir);
            return dir;
        } catch (error) {
            if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
        }
    }
}
