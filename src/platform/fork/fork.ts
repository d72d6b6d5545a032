import type { RecordedRequest, Subject } from '../../trace/recorded.js';
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
    /**
     * Calls that come after the index, by their numbers in the trace, that had been applied when the process died: they
     * are applied anew, in this order. What was asked in them must have been recorded.
     */
    calls?: readonly number[];
    /** With what it is tried, for its trace. */
    struckBy?: Pick<Subject, 'plan' | 'apiFaults'>;
}

/** Applies a recorded call of a run anew. */
export type ApplyAnew = (request: RecordedRequest, runId: string) => Promise<{ status: number; wrote: number }>;

/** Exit code of a process that SIGKILL has ended, as a shell gives it. */
const KILLED = 137;

/**
 * Copies a run's past to this platform and boots the run again, as after a crash at that moment. Its Actors must have
 * been made known under the ids that they had. Nothing of a resurrection or an abort is recorded; call numbers and the
 * limit of restarts go on.
 *
 * @throws NoForkError when no run can go on from there, calls can't have been applied so, or this platform's folder
 *   holds something already.
 */
export async function fork(
    { core, gate, applyAnew }: { core: PlatformCore; gate: ApiCallGate; applyAnew: ApplyAnew },
    { trace, index, shopUrl, calls = [], struckBy }: ForkOptions & { trace: Trace; index: number },
): Promise<RunProcess> {
    const { store, runs, baseUrl } = core;
    if (store.state.runs.size > 0) throw new NoForkError('The folder of a fork must be empty.');
    const now = Date.now();
    const addresses = addressesOf(trace, baseUrl, shopUrl);
    const { entries, run, incarnation, openCalls, requestIds, restarts } = pastOf(trace, index, addresses, now);
    for (const entry of entries) {
        if (entry.type === 'call' && entry.runId !== undefined) gate.count(entry.runId, entry.operationId);
        if (entry.type === 'call') store.calls.skipTo(entry.call);
        if (isJournalEntry(entry)) store.commit(entry, entry.at);
        else store.record(entry);
    }
    const here = (request: RecordedRequest): RecordedRequest => withIds(addresses.in(request), requestIds);
    for (const number of calls) await again(trace, number, async (request, runId) => applyAnew(here(request), runId));
    store.record({ type: 'forked', at: Date.now(), runId: run.id, index, ...(struckBy && { struckBy }) });
    for (const call of openCalls) {
        store.record({ type: 'call.ended', at: now, call, end: { how: 'dropped' }, wrote: [] });
    }
    if (incarnation !== undefined) {
        store.commit({ type: 'run.exit', id: run.id, incarnation, exitCode: KILLED, signal: 'SIGKILL' });
    }
    return runs.goOn(store.run(run.id), restarts);
}

/**
 * A call that had its answer, on which later calls may rest, must have the same again: else things can't have come in
 * this order.
 */
async function again(trace: Trace, number: number, applyAnew: ApplyAnew): Promise<void> {
    const call = trace.calls().find((one) => one.call === number);
    if (!call?.request) throw new NoForkError(`What was asked in call ${number} was not recorded.`);
    const ended = trace.entries.find((entry) => entry.type === 'call.ended' && entry.call === number);
    const { status, wrote } = await applyAnew(call.request, call.runId);
    if (ended?.type !== 'call.ended' || ended.end.how !== 'answered') return;
    if (status !== ended.end.status || wrote !== ended.wrote.length) {
        throw new NoForkError(`Call ${call.n} can't have been applied in this order: its answer would be another one.`);
    }
}

function withIds(request: RecordedRequest, ids: ReadonlyMap<string, string>): RecordedRequest {
    let text = JSON.stringify(request);
    for (const [before, now] of ids) text = text.replaceAll(before, now);
    return JSON.parse(text) as RecordedRequest;
}

function addressesOf({ head }: Trace, baseUrl: string, shopUrl: string | undefined): Addresses {
    const moved = new Map<string, string>();
    if (head.platformUrl !== undefined) moved.set(head.platformUrl, baseUrl);
    if (head.subject?.shop && shopUrl !== undefined) moved.set(head.subject.shop.url, shopUrl);
    return new Addresses(moved);
}
