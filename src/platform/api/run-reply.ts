import { once, setMaxListeners } from 'node:events';

import { isTerminal } from '../../trace/runs.js';
import type { Call } from './operation.js';
import { dataReply, type Reply } from './reply.js';
import { runView } from './run-view.js';
import { listPage } from './storages.js';

export function runReply(call: Call, runId: string, status = 200): Reply {
    return dataReply(runView(call.core.store.run(runId), call.core), status);
}

/** Runs of the wanted Actors, in the order in which they were started. */
export function listRuns(call: Call, isWanted: (actorId: string) => boolean): Reply {
    const { query } = call;
    const status = query.list('status');
    const [after, before] = [query.time('startedAfter') ?? -Infinity, query.time('startedBefore') ?? Infinity];
    const runs = [...call.core.store.state.runs.values()].filter(
        ({ actorId, status: own, startedAt }) =>
            isWanted(actorId) && (status?.includes(own) ?? true) && startedAt >= after && startedAt <= before,
    );
    return dataReply(listPage(call, runs, (run) => runView(run, call.core)));
}

/** Waits for the end of a run as long as the call's `waitForFinish` says. */
export async function waitForFinish(call: Call, runId: string): Promise<void> {
    const secs = call.query.number('waitForFinish') ?? 0;
    const run = call.core.runs.known(runId);
    if (secs === 0 || !run) return;
    const millis = Math.min(secs, call.core.settings.maxWaitForFinishSecs) * 1_000;
    if (isTerminal(run.record.status)) return;
    // Any number of clients may wait, and nothing of them stays behind on the run.
    setMaxListeners(0, run);
    const signal = AbortSignal.timeout(millis);
    await once(run, 'ended', { signal }).catch((error: unknown) => {
        if (!signal.aborted) throw error;
    });
}
