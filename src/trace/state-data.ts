import { Dataset, type DatasetData } from './dataset.js';
import type { State } from './fold.js';
import { KeyValueStore, type KeyValueStoreData } from './key-value-store.js';
import type { ReadPlace } from './place.js';
import { RequestQueue, type RequestQueueData } from './request-queue.js';
import type { Storage } from './storage-kinds.js';

/** A state as plain data, with maps and sets in it: what `stateOf` makes the same state of. */
export interface StateData extends Omit<State, 'storages' | 'read'> {
    datasets: Storage<DatasetData>[];
    keyValueStores: Storage<KeyValueStoreData>[];
    requestQueues: Storage<RequestQueueData>[];
}

/** The data is the state's own: it changes with it. */
export function stateData({ storages, runs, chargeKeys, actors, webhooks }: State): StateData {
    const dataOf = <Data>(all: ReadonlyMap<string, Storage<{ data: () => Data }>>): Storage<Data>[] =>
        [...all.values()].map((storage) => ({ ...storage, content: storage.content.data() }));
    return {
        datasets: dataOf(storages.datasets),
        keyValueStores: dataOf(storages['key-value-stores']),
        requestQueues: dataOf(storages['request-queues']),
        runs,
        chargeKeys,
        actors,
        webhooks,
    };
}

/** @param data Becomes the state's own. */
export function stateOf(data: StateData, read: ReadPlace): State {
    const { datasets, keyValueStores, requestQueues, ...rest } = data;
    const madeOf = <Data, Content>(
        all: readonly Storage<Data>[],
        made: (data: Data) => Content,
    ): Map<string, Storage<Content>> =>
        new Map(all.map((storage) => [storage.id, { ...storage, content: made(storage.content) }]));
    return {
        ...rest,
        read,
        storages: {
            datasets: madeOf(datasets, (content) => Dataset.of(content, read)),
            'key-value-stores': madeOf(keyValueStores, (content) => KeyValueStore.of(content, read)),
            'request-queues': madeOf(requestQueues, (content) => RequestQueue.of(content, read)),
        },
    };
}
