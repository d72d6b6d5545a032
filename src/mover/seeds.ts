import { requestId } from '../platform/index.js';
import type { Store } from '../platform/store.js';
import type { DatasetItem } from '../trace/dataset.js';
import type { RunRecord } from '../trace/runs.js';
import { STORAGE_KINDS, type StorageKind } from '../trace/storage-kinds.js';

/** A record that a store holds beforehand. */
export interface SeedRecord {
    key: string;
    contentType: string;
    bytes: Uint8Array;
}

/** A request that a queue holds beforehand. */
export interface SeedRequest {
    url: string;
    uniqueKey: string;
    [field: string]: unknown;
}

/** What a storage holds before a run is started: the run's own where it has no name. */
export type Seed = { name?: string } & (
    | { kind: 'datasets'; items: DatasetItem[] }
    | { kind: 'key-value-stores'; records: readonly SeedRecord[] }
    | { kind: 'request-queues'; requests: readonly SeedRequest[] }
);

/**
 * Fills storages before a run's first process is started.
 *
 * @throws ApiError when a storage can't have such a name.
 */
export function plant(seeds: readonly Seed[], store: Store, run: RunRecord): void {
    for (const seed of seeds) {
        const id = storageFor(seed, store, run);
        switch (seed.kind) {
            case 'datasets':
                if (seed.items.length > 0) store.commit({ type: 'items.pushed', id, items: seed.items });
                break;
            case 'key-value-stores':
                for (const { key, contentType, bytes } of seed.records) {
                    store.commit({ type: 'record.put', id, key, contentType, value: { bytes } });
                }
                break;
            case 'request-queues': {
                const requests = seed.requests.map((request) => ({ ...request, id: requestId(request.uniqueKey) }));
                if (requests.length > 0) store.commit({ type: 'requests.added', id, requests, forefront: false });
                break;
            }
            default:
                seed satisfies never;
        }
    }
}

function storageFor({ kind, name }: { kind: StorageKind; name?: string }, store: Store, run: RunRecord): string {
    if (name === undefined) return run[STORAGE_KINDS[kind].idOfRun];
    return store.findByName(kind, name)?.id ?? store.create(kind, { name });
}
