import chalk from 'chalk';

import { openWorkspace, setWorkspaceAside } from '../exercise/workspace.js';
import { shortPath } from '../base/short-path.js';
import { UsageError } from '../base/usage-error.js';

/** What was done to prepare a learner's copy, for a person. */
export interface Prepared {
    lines: string[];
    /** A former copy was moved aside. */
    isAside: boolean;
}

/**
 * Makes a learner's copy of a starter, unless it is there.
 *
 * @param isReset Moves a copy that is there aside first.
 * @param starter Folder of the exercise; default: the tracker's.
 * @throws UsageError when the files can't be moved or copied.
 */
export function prepare(dir: string, isReset: boolean, starter?: string): Prepared {
    try {
        const aside = isReset ? setWorkspaceAside(dir) : undefined;
        const isNew = openWorkspace(dir, starter);
        const what = isNew ? 'Your copy of the starter' : 'Your copy';
        return {
            lines: [
                ...(aside === undefined ? [] : [`Your former copy is now ${shortPath(aside)}.`]),
                `${what}: ${chalk.bold(shortPath(dir))}`,
            ],
            isAside: aside !== undefined,
        };
    } catch (error) {
        throw new UsageError(`${shortPath(dir)} can't be prepared: ${(error as Error).message}.`);
    }
}
