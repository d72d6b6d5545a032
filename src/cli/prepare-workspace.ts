import chalk from 'chalk';

import { shortPath } from '../base/short-path.js';
import type { Prepared } from '../exercise/begin.js';

/** What was done to prepare a learner's copy, line by line. */
export function preparedLines({ dir, isNew, aside, unkept }: Prepared): string[] {
    const what = isNew ? 'Your copy of the starter' : 'Your copy';
    return [
        ...(aside === undefined ? [] : [`Your former copy is now ${shortPath(aside)}.`]),
        `${what}: ${chalk.bold(shortPath(dir))}`,
        ...(unkept === undefined ? [] : [unkept]),
    ];
}
