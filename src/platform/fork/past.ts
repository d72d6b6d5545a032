import type { JournalEntry } from '../../trace/entries.js';
import { isJournalEntry, Moment } from '../../trace/moment.js';
import type { RecordedEntry, TraceEntry } from '../../trace/recorded.js';
import type { QueueRequest } from '../../trace/request-queue.js';
import { isTerminal, type RunRecord } from '../../trace/runs.js';
import type { Trace } from '../../trace/trace.js';
import { requestId } from '../ids.js';
import type { Addresses } from './addresses.js';

/** What a fork goes on from: what has happened up to its index, as if it had happened here and just now. */
export interface Past {
    entries: TraceEntry[];
    /** The run as it was. */
    run: RunRecord;
    /** The process that the crash kills; undefined when there was none at that moment. */
    incarnation: number | undefined;
    /** API calls that had been read and not answered. */
    openCalls: number[];
    /** New ids of requests, by their old ones, where they have changed. */
    requestIds: ReadonlyMap<string, string>;
    /** When the run was restarted after an error, in milliseconds since the epoch, shifted as all else. */
    restarts: number[];
}

/** A state that no fork can go on from; the message says why. */
export class NoForkError extends Error {
    override name = 'NoForkError';
}

/**
 * The past of a trace up to an index. Times are shifted by the pause since then, so that locks, timeouts and the limit
 * of restarts go on where they were; addresses become those of here, and requests whose unique keys hold one get the
 * ids that belong to their new keys.
 *
 * @param now Milliseconds since the epoch.
 * @throws NoForkError when the run was not running then, or another run was.
 */
export function pastOf(trace: Trace, index: number, addresses: Addresses, now: number): Past {
    const moment = new Moment();
    for (let i = 0; i <= index; i++) moment.apply(trace.entries[i]!);
    const run = trace.runId === undefined ? undefined : moment.state.runs.get(trace.runId);
    if (!run) throw new NoForkError('The run had not begun by then.');
    if (run.status !== 'RUNNING') throw new NoForkError(`The run was ${run.status} by then.`);
    const other = [...moment.state.runs.values()].find(({ id, status }) => id !== run.id && !isTerminal(status));
    if (other) throw new NoForkError(`Another run was ${other.status} by then: a fork can't go on with two runs.`);
    const shift = now - trace.entries[index]!.at;
    const moved = new Map<string, string>();
    const entries: TraceEntry[] = [];
    let incarnation: number | undefined;
    const restarts: number[] = [];
    for (const entry of trace.entries.slice(0, index + 1)) {
        // The platform that goes on says of itself what it is, and of its Actors.
        if (entry.type === 'opened' || entry.type === 'actor') continue;
        if (entry.type === 'run.boot' && entry.id === run.id) ({ incarnation } = entry);
        if (entry.type === 'run.exit' && entry.id === run.id) incarnation = undefined;
        if (entry.type === 'run.changed' && entry.id === run.id && entry.change.restartCount !== undefined) {
            restarts.push(entry.at + shift);
        }
        entries.push(
            isJournalEntry(entry)
                ? rewrite(entry, trace, addresses, shift, moved)
                : retold(entry, addresses, shift, moved),
        );
    }
    return { entries, run, incarnation, openCalls: [...moment.calls.keys()], requestIds: moved, restarts };
}

function retold(
    entry: RecordedEntry,
    addresses: Addresses,
    shift: number,
    moved: ReadonlyMap<string, string>,
): RecordedEntry {
    const retold = { ...addresses.in(entry), at: entry.at + shift };
    if (retold.type !== 'call' || retold.params.requestId === undefined) return retold;
    const { requestId: id } = retold.params;
    return { ...retold, params: { ...retold.params, requestId: moved.get(id) ?? id } };
}

function rewrite(
    original: JournalEntry,
    trace: Trace,
    addresses: Addresses,
    shift: number,
    moved: Map<string, string>,
): JournalEntry {
    const at = original.at + shift;
    const idNow = (id: string): string => moved.get(id) ?? id;
    const requestNow = (request: QueueRequest): QueueRequest => {
        const now = addresses.in(request);
        if (now.uniqueKey !== request.uniqueKey) moved.set(request.id, requestId(now.uniqueKey));
        return { ...now, id: idNow(request.id) };
    };
    switch (original.type) {
        case 'record.put': {
            const bytes = trace.bytesOf(original.value);
            const here = addresses.inBytes(bytes);
            // A large value is one of this folder's from now on; the same bytes are stored once.
            return { ...original, at, value: { bytes: here } };
        }
        case 'requests.added':
            return { ...original, at, requests: original.requests.map(requestNow) };
        case 'request.updated':
            return { ...original, at, request: requestNow(original.request) };
        case 'requests.locked':
            return {
                ...original,
                at,
                requestIds: original.requestIds.map(idNow),
                lockedUntil: original.lockedUntil + shift,
            };
        case 'requests.unlocked':
        case 'requests.deleted':
            return { ...original, at, requestIds: original.requestIds.map(idNow) };
        case 'run.created':
            return { ...original, at, run: { ...original.run, ...shifted(original.run, shift) } };
        case 'run.changed':
            return {
                ...original,
                at,
                change: { ...addresses.in(original.change), ...shifted(original.change, shift) },
            };
        default:
            return { ...addresses.in(original), at };
    }
}

/** The moments in a run's record, moved. */
function shifted(run: Partial<RunRecord>, shift: number): Partial<RunRecord> {
    const fields = (['startedAt', 'timeoutFrom', 'finishedAt'] as const).filter((field) => run[field] !== undefined);
    return Object.fromEntries(fields.map((field) => [field, run[field]! + shift]));
}
