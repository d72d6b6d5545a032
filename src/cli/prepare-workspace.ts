import chalk from 'chalk';

import { hasWorkspace, openWorkspace, resetWorkspace } from '../exercise/workspace.js';
import { shortPath } from '../base/short-path.js';
import { writing } from '../base/cannot-write-error.js';

/** What was done to prepare a learner's copy, for a person. */
export interface Prepared {
    lines: string[];
    /** A former copy was moved aside. */
    isAside: boolean;
}

/**
 * Makes a learner's copy of a starter, unless it is there.
 *
 * @param isReset Moves a copy that is there aside, once the new one is made.
 * @param starter Folder of the exercise; default: the tracker's.
 * @throws CannotWriteError when the files can't be moved or copied; a copy that was there is then as before.
 */
export function prepare(dir: string, isReset: boolean, starter?: string): Prepared {
    const what = `Your copy in ${shortPath(dir)}`;
    const which = hasWorkspace(dir) ? `${what} is as it was. A new one` : what;
    const aside = isReset ? writing(which, () => resetWorkspace(dir, starter)) : undefined;
    const isNew = isReset || writing(what, () => openWorkspace(dir, starter));
    return {
        lines: [
            ...(aside === undefined ? [] : [`Your former copy is now ${shortPath(aside)}.`]),
            `${isNew ? 'Your copy of the starter' : 'Your copy'}: ${chalk.bold(shortPath(dir))}`,
        ],
        isAside: aside !== undefined,
    };
}
