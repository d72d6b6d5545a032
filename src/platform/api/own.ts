import { ApiError, invalidValue } from '../errors.js';
import type { RunProcess } from '../run/run-process.js';
import type { Call, Operation } from './operation.js';
import { runReply } from './run-reply.js';

/** Where the platform's own calls are, apart from Apify's below `/v2`. */
export const OWN_PREFIX = '/actors-move/v1';

const MAX_GRACE_SECS = 3_600;

/** Calls that Apify has not: what strikes a run. Each answers once the next process is booting or the run has ended. */
export const OWN_OPERATIONS: readonly Operation[] = [
    own('migrate', async (run, { query, core }) => {
        const graceSecs = query.number('graceSecs') ?? core.settings.migrationGraceMillis / 1_000;
        if (graceSecs > MAX_GRACE_SECS) throw invalidValue(`'graceSecs' is at most ${MAX_GRACE_SECS}.`);
        await run.migrate({ graceMillis: graceSecs * 1_000 });
    }),
    own('crash', async (run) => run.crash()),
    own('fail', async (run) => run.fail()),
];

function own(fault: string, strike: (run: RunProcess, call: Call) => Promise<void>): Operation {
    return {
        operationId: `own_${fault}`,
        method: 'POST',
        path: `/runs/:runId/${fault}`,
        handle: async (call) => {
            if (call.caller.kind === 'run') {
                throw new ApiError(403, 'insufficient-permissions', 'A run is struck with the token of the user.');
            }
            await strike(await call.core.runs.process(call.params.runId!), call);
            return runReply(call, call.params.runId!);
        },
    };
}
