import * as v from 'valibot';

/** What an operation must answer, as far as the SDK, Crawlee and the client rely on it. */
export interface Shape {
    /** Statuses of success. */
    status: number[];
    /** The call's JSON body. */
    request?: v.GenericSchema;
    /** What is in the answer's `data`. */
    data?: v.GenericSchema;
    /** The whole answer, where it has no `data`. */
    json?: v.GenericSchema;
    headers?: Record<string, RegExp>;
}

const id = v.pipe(v.string(), v.regex(/^[a-zA-Z0-9]{17}$/, 'no id of 17 letters and digits'));
const requestId = v.pipe(v.string(), v.regex(/^[a-zA-Z0-9]{1,15}$/, 'no request id'));
const time = v.pipe(v.string(), v.isoTimestamp());
const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const nullable = v.nullish;
const empty = v.strictObject({});
const items = v.union([v.array(v.looseObject({})), v.looseObject({})]);
const page = (item: v.GenericSchema): v.GenericSchema =>
    v.looseObject({ total: count, offset: count, limit: count, count, desc: v.boolean(), items: v.array(item) });

const storage = {
    id,
    name: nullable(v.string()),
    userId: v.string(),
    createdAt: time,
    modifiedAt: time,
    accessedAt: time,
};
const dataset = v.looseObject({ ...storage, itemCount: count, cleanItemCount: count });
const keyValueStore = v.looseObject(storage);
const requestQueue = v.looseObject({
    ...storage,
    totalRequestCount: count,
    handledRequestCount: count,
    pendingRequestCount: count,
    hadMultipleClients: v.boolean(),
});
const rename = v.looseObject({ name: nullable(v.string()) });

const newRequest = v.looseObject({ url: v.string(), uniqueKey: v.string() });
const request = v.looseObject({ id: requestId, url: v.string(), uniqueKey: v.string() });
const registration = v.looseObject({ requestId, wasAlreadyPresent: v.boolean(), wasAlreadyHandled: v.boolean() });
const headItem = v.looseObject({ ...request.entries, method: v.string(), retryCount: count });
const head = { limit: count, queueModifiedAt: time, hadMultipleClients: v.boolean() };
const batch = (processed: v.GenericSchema): v.GenericSchema =>
    v.looseObject({ processedRequests: v.array(processed), unprocessedRequests: v.array(v.unknown()) });

const runStatus = v.picklist([
    'READY',
    'RUNNING',
    'SUCCEEDED',
    'FAILED',
    'TIMING-OUT',
    'TIMED-OUT',
    'ABORTING',
    'ABORTED',
]);
const shortRun = {
    id,
    actId: id,
    status: runStatus,
    startedAt: time,
    finishedAt: nullable(time),
    buildId: id,
    defaultDatasetId: id,
    defaultKeyValueStoreId: id,
    defaultRequestQueueId: id,
};
const run = v.looseObject({
    ...shortRun,
    statusMessage: nullable(v.string()),
    exitCode: nullable(count),
    stats: v.looseObject({
        migrationCount: v.optional(count),
        rebootCount: count,
        restartCount: count,
        resurrectCount: count,
    }),
    options: v.looseObject({ build: v.string(), timeoutSecs: count, memoryMbytes: count, diskMbytes: count }),
});
const actor = v.looseObject({
    id,
    name: v.string(),
    username: v.string(),
    userId: v.string(),
    versions: v.array(v.unknown()),
});
const webhook = v.looseObject({
    id,
    eventTypes: v.array(v.string()),
    condition: v.looseObject({}),
    requestUrl: v.string(),
});
const log = { 'content-type': /^text\/plain/ };
const pagination = Object.fromEntries(
    ['total', 'offset', 'limit'].map((name) => [`x-apify-pagination-${name}`, /^\d+$/]),
);

const common = (ids: [list: string, one: string], shape: v.GenericSchema): Record<string, Shape> => ({
    [`${ids[0]}_get`]: { status: [200], data: page(shape) },
    [`${ids[0]}_post`]: { status: [200, 201], data: shape },
    [`${ids[1]}_get`]: { status: [200], data: shape },
    [`${ids[1]}_put`]: { status: [200], request: rename, data: shape },
    [`${ids[1]}_delete`]: { status: [204] },
});

const SHAPES: Readonly<Record<string, Shape>> = {
    ...common(['datasets', 'dataset'], dataset),
    dataset_items_post: { status: [201], request: items, json: empty },
    dataset_items_get: { status: [200], headers: pagination },
    dataset_items_head: { status: [200], headers: pagination },

    ...common(['keyValueStores', 'keyValueStore'], keyValueStore),
    keyValueStore_keys_get: {
        status: [200],
        data: v.looseObject({
            items: v.array(v.looseObject({ key: v.string(), size: count })),
            count,
            limit: count,
            isTruncated: v.boolean(),
            exclusiveStartKey: nullable(v.string()),
            nextExclusiveStartKey: nullable(v.string()),
        }),
    },
    keyValueStore_record_head: { status: [200] },
    keyValueStore_record_get: { status: [200, 302] },
    keyValueStore_record_put: { status: [201], json: empty },
    keyValueStore_record_post: { status: [201], json: empty },
    keyValueStore_record_delete: { status: [204] },

    ...common(['requestQueues', 'requestQueue'], requestQueue),
    requestQueue_requests_post: { status: [201], request: newRequest, data: registration },
    requestQueue_requests_batch_post: {
        status: [201],
        request: v.array(newRequest),
        data: batch(v.looseObject({ ...registration.entries, uniqueKey: v.string() })),
    },
    requestQueue_requests_batch_delete: {
        status: [200],
        request: v.array(v.looseObject({})),
        data: batch(v.looseObject({})),
    },
    requestQueue_requests_get: { status: [200], data: v.looseObject({ items: v.array(request), limit: count }) },
    requestQueue_requests_unlock_post: { status: [200], data: v.looseObject({ unlockedCount: count }) },
    requestQueue_request_get: { status: [200], data: request },
    requestQueue_request_put: { status: [200], request: newRequest, data: registration },
    requestQueue_request_delete: { status: [204] },
    requestQueue_request_lock_put: { status: [200], data: v.looseObject({ lockExpiresAt: time }) },
    requestQueue_request_lock_delete: { status: [204] },
    requestQueue_head_get: { status: [200], data: v.looseObject({ ...head, items: v.array(headItem) }) },
    requestQueue_head_lock_post: {
        status: [201],
        data: v.looseObject({
            ...head,
            lockSecs: count,
            queueHasLockedRequests: v.boolean(),
            items: v.array(v.looseObject({ ...headItem.entries, lockExpiresAt: time })),
        }),
    },

    actorRuns_get: { status: [200], data: page(v.looseObject(shortRun)) },
    actorRun_get: { status: [200], data: run },
    actorRun_put: { status: [200], request: v.looseObject({}), data: run },
    actorRun_abort_post: { status: [200], data: run },
    actorRun_reboot_post: { status: [200], data: run },
    actorRun_metamorph_post: { status: [200], data: run },
    PostResurrectRun: { status: [200], data: run },
    PostChargeRun: { status: [201], request: v.looseObject({ eventName: v.string(), count }), json: empty },
    actorRun_log_get: { status: [200], headers: log },
    log_get: { status: [200], headers: log },
    actors_get: { status: [200], data: page(v.looseObject({ id, name: v.string(), username: v.string() })) },
    actor_get: { status: [200], data: actor },
    actor_put: { status: [200], request: v.looseObject({}), data: actor },
    actors_runs_get: { status: [200], data: page(v.looseObject(shortRun)) },
    actors_runs_post: { status: [201], data: run },
    actorTask_get: { status: [200], data: v.looseObject({ id, actId: id, name: v.string() }) },
    actorTask_input_get: { status: [200], json: v.looseObject({}) },
    actorTask_runs_post: { status: [201], data: run },
    actorBuild_get: {
        status: [200],
        data: v.looseObject({ id, actId: id, status: runStatus, buildNumber: v.string() }),
    },
    webhooks_get: { status: [200], data: page(webhook) },
    webhooks_post: { status: [201], request: v.looseObject({ requestUrl: v.string() }), data: webhook },
    webhook_get: { status: [200], data: webhook },
    webhook_delete: { status: [204] },
    users_me_get: {
        status: [200],
        data: v.looseObject({ username: v.string(), proxy: v.looseObject({ password: v.string() }) }),
    },
    user_get: { status: [200], data: v.looseObject({ username: v.string() }) },
};

/** Every error of the API. */
export const ERROR = v.looseObject({ error: v.looseObject({ type: v.string(), message: v.string() }) });

/** The shape of an operation; one under another address has the shape of the operation that it repeats. */
export function shapeOf(operationId: string): Shape | undefined {
    const names = [
        operationId,
        operationId.replace(/^(?:actorRun|actor_runs_last)_/, ''),
        operationId.replace(/^(?:actors_run|actor_runs_last)_/, 'actorRun_'),
        operationId.replace('actor_run_resurrect_post', 'PostResurrectRun'),
    ];
    const name = names.find((candidate) => Object.hasOwn(SHAPES, candidate));
    return name === undefined ? undefined : SHAPES[name];
}
