import { HEAP_MBYTES } from '../build.js';
import type { Finding } from '../finding.js';
import { lastError } from '../last-error.js';
import type { Tried } from './lab.js';

/** Node's exit code when nothing is left that could settle a promise that the main module awaits. */
const UNSETTLED = 13;
/** What the SDK says when a storage was used before `Actor.init()`. */
const TOO_EARLY = /Actor\.init\(\)|before (?:the )?Actor|before init/i;
const HEAP_IS_FULL = /heap out of memory|heap limit/i;

/**
 * Why a run of a small exercise did not come to its end; undefined when it did, or when it was ended since enough had
 * been seen.
 *
 * @param dir The learner's folder.
 */
export function runFinding({ seen, ended }: Tried, dir: string): Finding | undefined {
    if (ended !== undefined) return { advice: ended, values: { line: (seen.lines.at(-1) ?? '').slice(0, 120) } };
    if (seen.status !== 'FAILED') return undefined;
    if (seen.lines.some((line) => HEAP_IS_FULL.test(line))) {
        return { advice: 'memory', values: { line: `its heap was full at ${HEAP_MBYTES} MB` } };
    }
    if (seen.exitCode === UNSETTLED) return { advice: 'unsettled' };
    const error = lastError(seen.lines, dir);
    const text = error?.place === undefined ? error?.message : `${error.message} (${error.place})`;
    if (error && TOO_EARLY.test(error.message)) return { advice: 'before-init', values: { error: text! } };
    return { advice: 'fails', values: { error: text ?? `exit code ${seen.exitCode}` } };
}
