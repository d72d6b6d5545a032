import { HEAP_MBYTES } from '../build.js';
import { errorText, hasFullHeap, UNSETTLED } from '../failed-run.js';
import type { Finding } from '../finding.js';
import { lastError } from '../last-error.js';
import type { Tried } from './lab.js';

/** What the SDK says when a storage was used before `Actor.init()`. */
const TOO_EARLY = /Actor\.init\(\)|before (?:the )?Actor|before init/i;

/**
 * Why a run of a small exercise did not come to its end; undefined when it did, or when it was ended since enough had
 * been seen.
 *
 * @param dir The learner's folder.
 */
export function runFinding({ seen, ended }: Tried, dir: string): Finding | undefined {
    if (ended !== undefined) return { advice: ended, values: { line: (seen.lines.at(-1) ?? '').slice(0, 120) } };
    if (seen.status !== 'FAILED') return undefined;
    if (hasFullHeap(seen.lines)) {
        return { advice: 'memory', values: { line: `its heap was full at ${HEAP_MBYTES} MB` } };
    }
    if (seen.exitCode === UNSETTLED) return { advice: 'unsettled' };
    const error = lastError(seen.lines, dir);
    if (!error) return { advice: 'fails', values: { error: `exit code ${seen.exitCode}` } };
    const advice = TOO_EARLY.test(error.message) ? 'before-init' : 'fails';
    return { advice, values: { error: errorText(error) } };
}
