import { Dataset } from './dataset.js';
import { KeyValueStore } from './key-value-store.js';
import type { ReadPlace } from './place.js';
import { RequestQueue } from './request-queue.js';
import type { RunRecord } from './runs.js';

/** What each kind of storage holds. The kinds are named as in the API's paths. */
export interface StorageContents {
    datasets: Dataset;
    'key-value-stores': KeyValueStore;
    'request-queues': RequestQueue;
}

/** The three kinds of storage. */
export type StorageKind = keyof StorageContents;

/** What every storage has, whatever it holds. Times are milliseconds since the epoch. */
export interface Storage<Content> {
    readonly id: string;
    name: string | undefined;
    readonly runId: string | undefined;
    /** What its run's Actor calls it; undefined for the run's own, and for one of no run. */
    readonly alias?: string | undefined;
    readonly createdAt: number;
    modifiedAt: number;
    readonly content: Content;
}

/** All storages: by kind, then by id. */
export type Storages = { readonly [K in StorageKind]: Map<string, Storage<StorageContents[K]>> };

interface StorageKindRow<K extends StorageKind> {
    readonly kind: K;
    /** What one is called in messages. */
    readonly label: string;
    /** What all and one are called in the `operationId`s of the API. */
    readonly operations: { readonly all: string; readonly one: string };
    /** Path of a run's own storage, below the run. */
    readonly pathOfRun: string;
    /** Where a run says which storage is its own. */
    readonly idOfRun: Extract<keyof RunRecord, 'datasetId' | 'keyValueStoreId' | 'requestQueueId'>;
    /** What the kind is called where the API lists a run's storages by alias. */
    readonly inLists: 'datasets' | 'keyValueStores' | 'requestQueues';
    /** Folder of the kind below `storage/`, as Crawlee's memory storage and `apify run` name it. */
    readonly folder: string;
    /** @param read Needed where content lies on disk. */
    readonly empty: (read?: ReadPlace) => StorageContents[K];
}

/** All that differs between the kinds and is no behaviour. */
export const STORAGE_KINDS: { readonly [K in StorageKind]: StorageKindRow<K> } = {
    datasets: {
        kind: 'datasets',
        label: 'Dataset',
        operations: { all: 'datasets', one: 'dataset' },
        pathOfRun: 'dataset',
        idOfRun: 'datasetId',
        inLists: 'datasets',
        folder: 'datasets',
        empty: (read) => new Dataset(read),
    },
    'key-value-stores': {
        kind: 'key-value-stores',
        label: 'Key-value store',
        operations: { all: 'keyValueStores', one: 'keyValueStore' },
        pathOfRun: 'key-value-store',
        idOfRun: 'keyValueStoreId',
        inLists: 'keyValueStores',
        folder: 'key_value_stores',
        empty: (read) => new KeyValueStore(read),
    },
    'request-queues': {
        kind: 'request-queues',
        label: 'Request queue',
        operations: { all: 'requestQueues', one: 'requestQueue' },
        pathOfRun: 'request-queue',
        idOfRun: 'requestQueueId',
        inLists: 'requestQueues',
        folder: 'request_queues',
        empty: (read) => new RequestQueue(read),
    },
};
