import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Root of the project or package: the nearest folder above with a package.json, whether this runs as source or compiled. */
export const projectRoot = rootAbove(dirname(fileURLToPath(import.meta.url)));

function rootAbove(dir: string): string {
    return existsSync(join(dir, 'package.json')) ? dir : rootAbove(dirname(dir));
}

/** Path of a compiled file, for processes that run plain Node: `compiled('solutions/0-before/main.js')`. */
export function compiled(file: string): string {
    return join(projectRoot, 'dist', file);
}
