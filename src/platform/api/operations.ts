import { actorOperations } from './actors.js';
import { buildOperations } from './builds.js';
import { chargeOperations } from './charge.js';
import { datasetOperations } from './datasets.js';
import { keyValueStoreOperations } from './key-value-stores.js';
import { ApiError } from '../errors.js';
import type { Operation } from './operation.js';
import { requestQueueOperations } from './request-queues.js';
import { runAliases } from './run-aliases.js';
import { runOperations } from './runs.js';
import { taskOperations } from './tasks.js';
import { userOperations } from './users.js';
import { webhookOperations } from './webhooks.js';

/**
 * Number of operations in Apify's public description of its API, version v2-2026-08-05T133145Z.
 *
 * Source: https://docs.apify.com/api/openapi.json
 */
export const APIFY_OPERATIONS = 231;

const storageOperations = [...datasetOperations, ...keyValueStoreOperations, ...requestQueueOperations];

/** Every operation of the Apify API that this platform serves. */
export const OPERATIONS: readonly Operation[] = [
    ...storageOperations,
    ...runOperations,
    ...chargeOperations,
    ...actorOperations,
    ...taskOperations,
    ...runAliases(storageOperations, runOperations),
    ...buildOperations,
    ...webhookOperations,
    ...userOperations,
];

const unsupported = (operationId: string, method: Operation['method'], path: string): Operation => ({
    operationId,
    method,
    path,
    handle: () => {
        throw new ApiError(404, 'page-not-found', `${operationId} is not supported by this local platform.`);
    },
});

/** What Apify has at addresses that are served here for other methods: these are not found, and not forbidden. */
export const UNSUPPORTED_OPERATIONS: readonly Operation[] = [
    unsupported('actors_post', 'POST', '/actors'),
    unsupported('actor_delete', 'DELETE', '/actors/:actorId'),
    unsupported('actorRun_delete', 'DELETE', '/actor-runs/:runId'),
    unsupported('actorBuild_delete', 'DELETE', '/actor-builds/:buildId'),
    unsupported('actorTask_put', 'PUT', '/actor-tasks/:actorTaskId'),
    unsupported('actorTask_delete', 'DELETE', '/actor-tasks/:actorTaskId'),
    unsupported('actorTask_input_put', 'PUT', '/actor-tasks/:actorTaskId/input'),
    unsupported('actorTask_runs_get', 'GET', '/actor-tasks/:actorTaskId/runs'),
    unsupported('webhook_put', 'PUT', '/webhooks/:webhookId'),
];
