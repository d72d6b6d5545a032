import type { DatasetItem } from '../trace/dataset.js';
import type { Storage } from '../trace/storage-kinds.js';
import type { Moment } from '../trace/moment.js';
import type { RunRecord } from '../trace/runs.js';
import { stateAt, type Trace } from '../trace/trace.js';
import type { RunEnd } from './moved-run.js';

/** A row of a dataset. */
export type Row = DatasetItem;

/** A record as it was stored: parsed when it is JSON, else its bytes as text. */
export interface RecordContent {
    contentType: string;
    value: unknown;
}

/** What a run leaves behind: what two runs of the same Actor can be compared by. */
export interface Leftovers {
    ended: RunEnd;
    /** As a shell gives it; undefined for a run that did not end by itself. */
    exitCode: number | undefined;
    /** Rows in order, by the dataset's name; the run's own is called `default`. */
    datasets: Readonly<Record<string, readonly Row[]>>;
    /** Records that were asked for and are there: `OUTPUT`, or `name/KEY` in a named key-value store. */
    records: Readonly<Record<string, RecordContent>>;
    /** By the queue's name; the run's own is called `default`. */
    requests: Readonly<Record<string, { total: number; handled: number }>>;
    /** How often each event was charged. */
    charges: Readonly<Record<string, number>>;
    /** How many runs of other Actors it has started, by Actor. */
    started: Readonly<Record<string, number>>;
}

/** What the run's storages are called where those of the API have no name. */
export const DEFAULT = 'default';

/**
 * Reads what the run that was tried has left.
 *
 * @param wantedRecords Keys as in `Leftovers.records`.
 * @throws Error when no run has begun.
 */
export function leftoversOf(trace: Trace, wantedRecords: readonly string[] = []): Leftovers {
    const moment = stateAt(trace, trace.end);
    const run = runOf(trace, moment);
    const { state } = moment;
    const requests: Record<string, { total: number; handled: number }> = {};
    for (const queue of state.storages['request-queues'].values()) {
        const name = nameOf(queue, run.requestQueueId);
        const { totalCount: total, handledCount: handled } = queue.content;
        if (name !== undefined) requests[name] = { total, handled };
    }
    const started: Record<string, number> = {};
    for (const { id, actorId } of state.runs.values()) {
        if (id === run.id) continue;
        const name = trace.nameOfActor(actorId);
        started[name] = (started[name] ?? 0) + 1;
    }
    return {
        ended: endOf(trace, run),
        exitCode: run.exitCode,
        datasets: rowsAt(moment, run),
        records: recordsOf(trace, moment, run, wantedRecords),
        requests,
        charges: { ...run.chargedEventCounts },
        started,
    };
}

/**
 * The run that was tried, as it was at a moment.
 *
 * @throws Error when it had not begun by then.
 */
export function runOf(trace: Trace, { state }: Moment): RunRecord {
    const run = trace.runId === undefined ? undefined : state.runs.get(trace.runId);
    if (!run) throw new Error('The trace holds no run.');
    return run;
}

/** How a run ended, or why it was ended before that. */
export function endOf(trace: Trace, run: RunRecord): RunEnd {
    const last = trace.entries[trace.end];
    return last?.type === 'stopped' ? last.why : run.status;
}

/** The rows of all datasets that have a name, by that name. */
export function rowsAt({ state }: Moment, run: RunRecord): Record<string, readonly Row[]> {
    const datasets: Record<string, readonly Row[]> = {};
    for (const dataset of state.storages.datasets.values()) {
        const name = nameOf(dataset, run.datasetId);
        if (name !== undefined) datasets[name] = dataset.content.items;
    }
    return datasets;
}

function nameOf({ id, name }: Storage<unknown>, defaultId: string): string | undefined {
    return id === defaultId ? DEFAULT : name;
}

function recordsOf(
    trace: Trace,
    { state }: Moment,
    run: RunRecord,
    wantedRecords: readonly string[],
): Record<string, RecordContent> {
    const records: Record<string, RecordContent> = {};
    for (const wanted of wantedRecords) {
        const slash = wanted.indexOf('/');
        const [name, key] = [slash === -1 ? DEFAULT : wanted.slice(0, slash), wanted.slice(slash + 1)];
        const found = [...state.storages['key-value-stores'].values()]
            .find((storage) => nameOf(storage, run.keyValueStoreId) === name)
            ?.content.records.get(key);
        if (!found) continue;
        const { contentType } = found;
        records[wanted] = { contentType, value: parsed(contentType, Buffer.from(trace.bytesOf(found.value))) };
    }
    return records;
}

function parsed(contentType: string, bytes: Buffer): unknown {
    const text = bytes.toString();
    if (!contentType.startsWith('application/json'))
        return Buffer.from(text).equals(bytes) ? text : bytes.toString('base64');
    try {
        return JSON.parse(text) as unknown;
    } catch {
        return text;
    }
}
