import type { Dataset } from '../trace/dataset.js';
import type { Storage } from '../trace/storage-kinds.js';
import type { KeyValueStore } from '../trace/key-value-store.js';
import type { Moment } from '../trace/moment.js';
import type { RequestQueue } from '../trace/request-queue.js';
import type { RunRecord } from '../trace/runs.js';
import type { Trace } from '../trace/trace.js';
import { aliasLabel, OWN, unnamedLabel } from './labels.js';
import { writersOf } from '../trace/writers.js';

/** Storages that are put down to a run, by what they are called here, and the runs that it has started. */
export interface StoragesOfRun {
    datasets: Map<string, Storage<Dataset>>;
    stores: Map<string, Storage<KeyValueStore>>;
    queues: Map<string, Storage<RequestQueue>>;
    /** In order. */
    started: RunRecord[];
}

/**
 * Puts storages and runs down to the runs that made them. Those with a name, which belong to no run, and those of which
 * nobody knows who made them, go to the run that is tried.
 */
export function storagesByRun(trace: Trace, { state }: Moment, triedId: string): Map<string, StoragesOfRun> {
    const makers = makersOf(trace);
    const byRun = new Map<string, StoragesOfRun>();
    for (const { id } of state.runs.values()) {
        byRun.set(id, { datasets: new Map(), stores: new Map(), queues: new Map(), started: [] });
    }
    const tried = byRun.get(triedId)!;
    for (const run of state.runs.values()) {
        // Runs that the folder holds from before are nobody's.
        if (run.id !== triedId && makers.has(run.id))
            (byRun.get(makers.get(run.id) ?? triedId) ?? tried).started.push(run);
    }
    const put = <T>(storages: ReadonlyMap<string, Storage<T>>, kind: 'datasets' | 'stores' | 'queues'): void => {
        const counts = new Map<string, number>();
        for (const storage of storages.values()) {
            const { id, name, runId, alias } = storage;
            const ownerId = runId ?? (name === undefined ? makers.get(id) : undefined) ?? triedId;
            const owner = byRun.get(ownerId) ?? tried;
            const n = (counts.get(ownerId) ?? 0) + 1;
            const isUnnamed = runId === undefined && name === undefined;
            if (isUnnamed) counts.set(ownerId, n);
            const own = alias === undefined ? OWN : aliasLabel(alias);
            const label = runId === undefined ? (name ?? unnamedLabel(n)) : own;
            (owner[kind] as Map<string, Storage<unknown>>).set(label, storage);
        }
    };
    put(state.storages.datasets, 'datasets');
    put(state.storages['key-value-stores'], 'stores');
    put(state.storages['request-queues'], 'queues');
    return byRun;
}

/** Which run made a run or a storage, by its id; undefined where nobody knows. Of what the trace is about only. */
function makersOf(trace: Trace): ReadonlyMap<string, string | undefined> {
    const writers = writersOf(trace);
    const makers = new Map<string, string | undefined>();
    for (const [index, entry] of trace.tried()) {
        if (entry.type === 'run.created') makers.set(entry.run.id, writers.get(index)?.runId);
        if (entry.type === 'storage.created') makers.set(entry.id, writers.get(index)?.runId);
    }
    return makers;
}
