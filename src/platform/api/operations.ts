import { datasetOperations } from './datasets.js';
import { keyValueStoreOperations } from './key-value-stores.js';
import type { Operation } from './operation.js';
import { requestQueueOperations } from './request-queues.js';
import { runOperations } from './runs.js';
import { userOperations } from './users.js';

/** Every operation of the Apify API that this platform serves. */
export const OPERATIONS: readonly Operation[] = [
    ...datasetOperations,
    ...keyValueStoreOperations,
    ...requestQueueOperations,
    ...runOperations,
    ...userOperations,
];
