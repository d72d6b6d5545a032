import { resolve } from 'node:path';

import { UsageError } from '../../base/usage-error.js';
import { loadServeScript, parseServedRequest, type Serving } from '../serving.js';
import type { RunValues } from './run-help.js';

/**
 * Reads what an Actor that serves is asked; undefined for one that doesn't.
 *
 * @throws UsageError for what can't be understood or does not go together.
 */
export async function readServing(
    { serve = false, request, script, prove = false, fork }: RunValues,
    cwd: string,
): Promise<Serving | undefined> {
    if (!serve) {
        if (request ?? script) throw new UsageError(`--${request ? 'request' : 'script'} goes with --serve.`);
        return undefined;
    }
    if (request && script !== undefined) throw new UsageError('Give --request or --script, not both.');
    if (request) return { requests: request.map(parseServedRequest) };
    if (script === undefined) throw new UsageError("--serve needs what to ask: --request 'GET /', or --script <file>.");
    if (prove || fork !== undefined) {
        throw new UsageError('A script can not go on from the middle of a run: give requests with --request instead.');
    }
    return { script: await loadServeScript(resolve(cwd, script)) };
}
