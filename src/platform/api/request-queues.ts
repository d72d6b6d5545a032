import * as v from 'valibot';

import { ApiError, invalidInput } from '../errors.js';
import { requestId } from '../ids.js';
import type { QueueRequest, RequestQueue } from '../../trace/request-queue.js';
import type { Storage } from '../../trace/storage-kinds.js';
import { type Call, jsonBody, type Operation } from './operation.js';
import { dataReply, emptyReply, type Reply } from './reply.js';
import { requestListingOperations } from './request-listing.js';
import { requestLockOperations } from './request-locks.js';
import { clientKeyOf, findQueue, findRequest } from './request-queue-call.js';
import { commonOperations } from './storages.js';

/** As the API description says. */
const MAX_BATCH = 25;

const NEW_REQUEST = v.looseObject({
    url: v.pipe(v.string(), v.minLength(1)),
    uniqueKey: v.pipe(v.string(), v.minLength(1)),
    handledAt: v.optional(v.nullable(v.string())),
});
const UPDATED_REQUEST = v.looseObject({ ...NEW_REQUEST.entries, id: v.optional(v.string()) });
const DELETED_REQUEST = v.union([v.looseObject({ id: v.string() }), v.looseObject({ uniqueKey: v.string() })]);

interface Registration {
    requestId: string;
    wasAlreadyPresent: boolean;
    wasAlreadyHandled: boolean;
}

export const requestQueueOperations: Operation[] = [
    ...commonOperations('request-queues', (queue) => ({
        totalRequestCount: queue.totalCount,
        handledRequestCount: queue.handledCount,
        pendingRequestCount: queue.pendingCount,
        hadMultipleClients: queue.hadMultipleClients,
    })),
    // Before the operations of one request, whose id could be called 'unlock'.
    ...requestListingOperations,
    ...requestLockOperations,
    {
        operationId: 'requestQueue_requests_post',
        method: 'POST',
        path: '/request-queues/:id/requests',
        handle: (call) => {
            const queue = findQueue(call);
            const request = parseRequest(jsonBody(call));
            return dataReply(addRequests(call, queue, [request])[0], 201);
        },
    },
    {
        operationId: 'requestQueue_requests_batch_post',
        method: 'POST',
        path: '/request-queues/:id/requests/batch',
        handle: addBatch,
    },
    {
        operationId: 'requestQueue_requests_batch_delete',
        method: 'DELETE',
        path: '/request-queues/:id/requests/batch',
        handle: deleteBatch,
    },
    {
        operationId: 'requestQueue_request_get',
        method: 'GET',
        path: '/request-queues/:id/requests/:requestId',
        handle: (call) => dataReply(findRequest(call, findQueue(call).content)),
    },
    {
        operationId: 'requestQueue_request_put',
        method: 'PUT',
        path: '/request-queues/:id/requests/:requestId',
        handle: updateRequest,
    },
    {
        operationId: 'requestQueue_request_delete',
        method: 'DELETE',
        path: '/request-queues/:id/requests/:requestId',
        handle: (call) => {
            const { id, content } = findQueue(call);
            const request = findRequest(call, content);
            call.core.store.commit({ type: 'requests.deleted', id, requestIds: [request.id], ...clientKeyOf(call) });
            return emptyReply();
        },
    },
];

function parseRequest(input: unknown): QueueRequest {
    if (!v.is(NEW_REQUEST, input)) throw invalidInput('A request needs at least a url and a uniqueKey.');
    return withId(input);
}

/** Kept as it was read: in a copy each of many requests would take half as much memory again. */
function withId(request: v.InferOutput<typeof NEW_REQUEST>): QueueRequest {
    return Object.assign(request, { id: requestId(request.uniqueKey) });
}

/** Writes what is new in one entry and answers for each in order. */
function addRequests(call: Call, { id, content }: Storage<RequestQueue>, requests: QueueRequest[]): Registration[] {
    const fresh = new Map<string, QueueRequest>();
    const registrations = requests.map((request) => {
        const isStored = content.has(request.id);
        const wasAlreadyPresent = isStored || fresh.has(request.id);
        const wasAlreadyHandled = isStored ? content.isHandled(request.id) : Boolean(fresh.get(request.id)?.handledAt);
        if (!wasAlreadyPresent) fresh.set(request.id, request);
        return { requestId: request.id, wasAlreadyPresent, wasAlreadyHandled };
    });
    if (fresh.size > 0) {
        const forefront = call.query.boolean('forefront') ?? false;
        const added = [...fresh.values()];
        call.core.store.commit({ type: 'requests.added', id, requests: added, forefront, ...clientKeyOf(call) });
    }
    return registrations;
}

function batchBody(call: Call): unknown[] {
    const body = jsonBody(call);
    if (!Array.isArray(body) || body.length === 0 || body.length > MAX_BATCH) {
        throw invalidInput(`The body must be an array of 1 to ${MAX_BATCH} requests.`);
    }
    return body;
}

function addBatch(call: Call): Reply {
    const queue = findQueue(call);
    const requests = batchBody(call).map(parseRequest);
    const processedRequests = addRequests(call, queue, requests).map((registration, i) => ({
        ...registration,
        uniqueKey: requests[i]!.uniqueKey,
    }));
    return dataReply({ processedRequests, unprocessedRequests: [] }, 201);
}

function deleteBatch(call: Call): Reply {
    const { id, content } = findQueue(call);
    const processedRequests: { id?: string; uniqueKey?: string }[] = [];
    const requestIds: string[] = [];
    for (const input of batchBody(call)) {
        const parsed = v.safeParse(DELETED_REQUEST, input);
        if (!parsed.success) throw invalidInput('Each request to delete needs an id or a uniqueKey.');
        const wanted = parsed.output;
        const request = content.get('id' in wanted ? (wanted.id as string) : requestId(wanted.uniqueKey as string));
        if (request) {
            requestIds.push(request.id);
            processedRequests.push({ id: request.id, uniqueKey: request.uniqueKey });
        }
    }
    if (requestIds.length > 0) {
        call.core.store.commit({ type: 'requests.deleted', id, requestIds, ...clientKeyOf(call) });
    }
    return dataReply({ processedRequests, unprocessedRequests: [] });
}

function updateRequest(call: Call): Reply {
    const { id, content } = findQueue(call);
    const body = jsonBody(call);
    if (!v.is(UPDATED_REQUEST, body)) throw invalidInput('A request needs at least a url and a uniqueKey.');
    const claimedId = body.id;
    const request = withId(body);
    if (request.id !== call.params.requestId || (claimedId ?? request.id) !== request.id) {
        throw new ApiError(
            400,
            'id-does-not-match',
            'The id in the path, the id in the body and the uniqueKey differ.',
        );
    }
    const wasAlreadyPresent = content.has(request.id);
    const wasAlreadyHandled = content.isHandled(request.id);
    const forefront = call.query.boolean('forefront') ?? false;
    call.core.store.commit({ type: 'request.updated', id, request, forefront, ...clientKeyOf(call) });
    return dataReply({ requestId: request.id, wasAlreadyPresent, wasAlreadyHandled });
}
