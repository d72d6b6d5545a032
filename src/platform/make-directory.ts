import { mkdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * Makes a directory and those above it that are missing, one by one from the top. `mkdirSync` with `recursive` never
 * returns where a file system refuses with ENOENT, as /proc does (seen with Node 20.20).
 *
 * @throws Error of the file system.
 */
export function makeDirectory(path: string): void {
    if (statSync(path, { throwIfNoEntry: false })?.isDirectory()) return;
    const parent = dirname(path);
    if (parent !== path) makeDirectory(parent);
    try {
        mkdirSync(path, { mode: 0o700 });
    } catch (error) {
        // Somebody else may have made it in the meantime.
        if (!statSync(path, { throwIfNoEntry: false })?.isDirectory()) throw error;
    }
}
