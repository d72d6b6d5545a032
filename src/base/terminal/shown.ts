import { relative } from 'node:path';

import chalk from 'chalk';

/** A path as short as it can be typed from here, underlined. */
export function shown(path: string): string {
    return chalk.underline(shortPath(path));
}

/** A path as short as it can be typed from here. */
export function shortPath(path: string): string {
    const short = relative(process.cwd(), path);
    return short.startsWith('..') || short === '' ? path : short;
}
