import type { Platform, RunRecord } from '../platform/index.js';
import { STORAGE_KINDS, type StorageKind } from '../trace/storage-kinds.js';
import type { RunEnd } from './moved-run.js';

/** A row of a dataset. */
export type Row = Record<string, unknown>;

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

export interface LeftoversQuestion {
    platform: Platform;
    run: RunRecord;
    ended: RunEnd;
    /** Keys as in `Leftovers.records`. */
    records?: readonly string[];
    /** What an Actor is called. */
    nameOfActor: (actorId: string) => string;
}

/** Reads what a run has left. */
export function leftoversOf({ platform, run, ended, records = [], nameOfActor }: LeftoversQuestion): Leftovers {
    const { store } = platform;
    const { storages } = store.state;
    const nameOf = (kind: StorageKind, { id, name }: { id: string; name: string | undefined }): string | undefined =>
        id === run[STORAGE_KINDS[kind].idOfRun] ? DEFAULT : name;
    const outcome = {
        datasets: {} as Record<string, readonly Row[]>,
        records: {} as Record<string, RecordContent>,
        requests: {} as Record<string, { total: number; handled: number }>,
        started: {} as Record<string, number>,
    };
    for (const dataset of storages.datasets.values()) {
        const name = nameOf('datasets', dataset);
        if (name !== undefined) outcome.datasets[name] = [...dataset.content.items];
    }
    for (const queue of storages['request-queues'].values()) {
        const name = nameOf('request-queues', queue);
        const { totalCount: total, handledCount: handled } = queue.content;
        if (name !== undefined) outcome.requests[name] = { total, handled };
    }
    for (const { id, actorId } of store.state.runs.values()) {
        if (id === run.id) continue;
        const name = nameOfActor(actorId);
        outcome.started[name] = (outcome.started[name] ?? 0) + 1;
    }
    for (const wanted of records) {
        const slash = wanted.indexOf('/');
        const [name, key] = [slash === -1 ? DEFAULT : wanted.slice(0, slash), wanted.slice(slash + 1)];
        const found = [...storages['key-value-stores'].values()]
            .find((storage) => nameOf('key-value-stores', storage) === name)
            ?.content.records.get(key);
        if (found) {
            const { contentType } = found;
            outcome.records[wanted] = { contentType, value: parsed(contentType, store.bytesOf(found.value)) };
        }
    }
    return { ended, exitCode: run.exitCode, ...outcome, charges: { ...run.chargedEventCounts } };
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
