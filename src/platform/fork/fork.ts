import type { Trace } from '../../trace/trace.js';
import type { PlatformCore } from '../core.js';
import type { ApiCallGate } from '../gate.js';
import { isJournalEntry } from '../../trace/moment.js';
import type { RunProcess } from '../run/run-process.js';
import { Addresses } from './addresses.js';
import { NoForkError, pastOf } from './past.js';

export interface ForkOptions {
    /** Where the shop of the fork is, whose past had another address. */
    shopUrl?: string;
}

/** Exit code of a process that SIGKILL has ended, as a shell gives it. */
const KILLED = 137;

/**
 * Copies a run's past to this platform and boots the run again, as after a crash at that moment. Its Actors must have
 * been made known under the ids that they had. Nothing of a resurrection or an abort is recorded; call numbers and the
 * limit of restarts go on.
 *
 * @throws NoForkError when no run can go on from there, or this platform's folder holds something already.
 */
export async function fork(
    core: PlatformCore,
    gate: ApiCallGate,
    trace: Trace,
    index: number,
    { shopUrl }: ForkOptions,
): Promise<RunProcess> {
    const { store, runs, baseUrl } = core;
    if (store.state.runs.size > 0) throw new NoForkError('The folder of a fork must be empty.');
    const now = Date.now();
    const { entries, run, incarnation, openCalls, restarts } = pastOf(
        trace,
        index,
        addressesOf(trace, baseUrl, shopUrl),
        now,
    );
    for (const entry of entries) {
        if (entry.type === 'call' && entry.runId !== undefined) gate.count(entry.runId, entry.operationId);
        if (entry.type === 'call') store.calls.skipTo(entry.call);
        if (isJournalEntry(entry)) store.commit(entry, entry.at);
        else store.record(entry);
    }
    store.record({ type: 'forked', at: now, runId: run.id, index });
    for (const call of openCalls) {
        store.record({ type: 'call.ended', at: now, call, end: { how: 'dropped' }, wrote: [] });
    }
    if (incarnation !== undefined) {
        store.commit({ type: 'run.exit', id: run.id, incarnation, exitCode: KILLED, signal: 'SIGKILL' }, now);
    }
    return runs.goOn(store.run(run.id), restarts);
}

function addressesOf({ head }: Trace, baseUrl: string, shopUrl: string | undefined): Addresses {
    const moved = new Map<string, string>();
    if (head.platformUrl !== undefined) moved.set(head.platformUrl, baseUrl);
    if (head.subject?.shop && shopUrl !== undefined) moved.set(head.subject.shop.url, shopUrl);
    return new Addresses(moved);
}
