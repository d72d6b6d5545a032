import { unlessUnwritable } from '../base/cannot-write-error.js';
import { openCheckProgress, withResults } from './progress.js';
import type { CheckOptions, CheckResult } from './run-check.js';

type Warn = (message: string) => void;

/**
 * How far a check goes: to the first failure, beginning with what failed last; or through all stages.
 *
 * @param warn Told in one line when the file of progress was damaged.
 */
export function checkExtent(isAll: boolean, warn: Warn): Pick<CheckOptions, 'stopsAtFailure' | 'failedLast'> {
    if (isAll) return {};
    return { stopsAtFailure: true, failedLast: openCheckProgress(warn).read().failed };
}

/**
 * Keeps what a check has shown with the learner's progress. It has shown it all the same where that can't be.
 *
 * @returns Why it is not kept; undefined when it is.
 */
export function rememberCheck(result: CheckResult, warn: Warn): string | undefined {
    return unlessUnwritable(() => openCheckProgress(warn).update((present) => withResults(present, result.stages)));
}
