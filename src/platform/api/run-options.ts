import type { RunOptions } from '../run/actor.js';
import type { Call } from './operation.js';

/** Ours, so that every end of a timeout is a date. A year. */
const MAX_TIMEOUT_SECS = 31_536_000;
/** As on the real platform. */
const MAX_MEMORY_MBYTES = 32_768;

/**
 * What the query of a start or a resurrection says about the run. Options that mean nothing here are left unread.
 *
 * @throws ApiError 400 when a value is not of its kind.
 */
export function runOptions({ query }: Call): Omit<RunOptions, 'input' | 'inputContentType'> {
    const options = {
        timeoutSecs: query.integer('timeout', { max: MAX_TIMEOUT_SECS }),
        memoryMbytes: query.integer('memory', { min: 128, max: MAX_MEMORY_MBYTES }),
        restartOnError: query.boolean('restartOnError'),
        maxItems: query.integer('maxItems'),
        maxTotalChargeUsd: query.number('maxTotalChargeUsd'),
    };
    return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
}
