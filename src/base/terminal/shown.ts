import chalk from 'chalk';

import { plainText } from '../plain-text.js';
import { shortPath } from '../short-path.js';

/** A path as short as it can be typed from here, underlined. */
export function shown(path: string): string {
    return chalk.underline(plainText(shortPath(path)));
}
