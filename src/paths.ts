import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));

/** Root of the project or package, whether this file runs as source or compiled. */
export const projectRoot = basename(dirname(here)) === 'dist' ? join(here, '../..') : join(here, '..');

/** Path of a compiled file, for processes that run plain Node: `compiled('solutions/0-before/main.js')`. */
export function compiled(file: string): string {
    return join(projectRoot, 'dist', file);
}
