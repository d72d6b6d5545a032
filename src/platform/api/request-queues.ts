import * as v from 'valibot';

import { ApiError, invalidInput, invalidValue, recordNotFound } from '../errors.js';
import { requestId } from '../ids.js';
import type { Storage } from '../state/fold.js';
import type { LockHolder, QueueRequest, RequestQueue } from '../state/request-queue.js';
import { type Call, jsonBody, type Operation, type Reply } from './operation.js';
import { commonOperations } from './storages.js';

/** Limits and defaults of the API description. */
const MAX_BATCH = 25;
const MAX_LOCKED_HEAD = 25;
const MAX_HEAD = 1_000;
const MAX_LISTED = 10_000;
const DEFAULT_LOCK_SECS = 180;
/** Ours: a year, so that every expiry is a date. */
const MAX_LOCK_SECS = 31_536_000;

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
    ...commonOperations<RequestQueue>(
        'request-queues',
        {
            list: 'requestQueues_get',
            create: 'requestQueues_post',
            get: 'requestQueue_get',
            update: 'requestQueue_put',
            delete: 'requestQueue_delete',
        },
        (queue) => ({
            totalRequestCount: queue.totalCount,
            handledRequestCount: queue.handledCount,
            pendingRequestCount: queue.pendingCount,
            hadMultipleClients: queue.hadMultipleClients,
        }),
    ),
    {
        operationId: 'requestQueue_requests_post',
        method: 'POST',
        path: '/request-queues/:id/requests',
        handle: (call) => {
            const queue = findQueue(call);
            const request = parseRequest(jsonBody(call));
            return { status: 201, data: addRequests(call, queue, [request])[0] };
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
        operationId: 'requestQueue_requests_unlock_post',
        method: 'POST',
        path: '/request-queues/:id/requests/unlock',
        handle: (call) => {
            const { id, content } = findQueue(call);
            const requestIds = content.lockedBy(holderOf(call), call.now);
            if (requestIds.length > 0) call.core.store.commit({ type: 'requests.unlocked', id, requestIds });
            return { data: { unlockedCount: requestIds.length } };
        },
    },
    {
        operationId: 'requestQueue_requests_get',
        method: 'GET',
        path: '/request-queues/:id/requests',
        handle: listRequests,
    },
    {
        operationId: 'requestQueue_head_get',
        method: 'GET',
        path: '/request-queues/:id/head',
        handle: (call) => {
            const { id, content } = findQueue(call);
            const limit = call.query.integer('limit', { min: 1, max: MAX_HEAD }) ?? 100;
            noteClient(call, id, content);
            return {
                data: {
                    limit,
                    queueModifiedAt: new Date(content.modifiedAt).toISOString(),
                    hadMultipleClients: content.hadMultipleClients,
                    items: content.head(limit, call.now).map(headView),
                },
            };
        },
    },
    {
        operationId: 'requestQueue_head_lock_post',
        method: 'POST',
        path: '/request-queues/:id/head/lock',
        handle: lockHead,
    },
    {
        operationId: 'requestQueue_request_get',
        method: 'GET',
        path: '/request-queues/:id/requests/:requestId',
        handle: (call) => ({ data: findRequest(call, findQueue(call).content) }),
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
            return { status: 204 };
        },
    },
    {
        operationId: 'requestQueue_request_lock_put',
        method: 'PUT',
        path: '/request-queues/:id/requests/:requestId/lock',
        handle: prolongLock,
    },
    {
        operationId: 'requestQueue_request_lock_delete',
        method: 'DELETE',
        path: '/request-queues/:id/requests/:requestId/lock',
        handle: (call) => {
            const { id, content } = findQueue(call);
            const request = findRequest(call, content);
            assertHoldsLock(call, content, request);
            const forefront = call.query.boolean('forefront') ?? false;
            call.core.store.commit({ type: 'requests.unlocked', id, requestIds: [request.id], forefront });
            return { status: 204 };
        },
    },
];

function findQueue(call: Call): Storage<RequestQueue> {
    return call.core.store.find('request-queues', call.params.id!);
}

function findRequest(call: Call, queue: RequestQueue): QueueRequest {
    const id = call.params.requestId!;
    const request = queue.get(id);
    if (!request) throw recordNotFound(`Request '${id}'`);
    return request;
}

function clientKeyOf(call: Call): { clientKey?: string } {
    const clientKey = call.query.string('clientKey');
    if (clientKey === undefined) return {};
    if (clientKey.length > 32) {
        throw new ApiError(400, 'invalid-client-key', 'A client key has 1 to 32 characters.');
    }
    return { clientKey };
}

/** Reading leaves a trace too: `hadMultipleClients`. It goes through the journal, as all that the state knows. */
function noteClient(call: Call, id: string, queue: RequestQueue): void {
    const client = clientKeyOf(call);
    if (queue.hasSeenClient(client.clientKey)) return;
    call.core.store.commit({ type: 'request-queue.client-seen', id, ...client });
}

function holderOf(call: Call): LockHolder {
    return { ...clientKeyOf(call), ...(call.caller.kind === 'run' && { runId: call.caller.runId }) };
}

function parseRequest(input: unknown): QueueRequest {
    const parsed = v.safeParse(NEW_REQUEST, input);
    if (!parsed.success) throw invalidInput('A request needs at least a url and a uniqueKey.');
    return { ...parsed.output, id: requestId(parsed.output.uniqueKey) };
}

/** Writes what is new in one entry and answers for each in order. */
function addRequests(call: Call, { id, content }: Storage<RequestQueue>, requests: QueueRequest[]): Registration[] {
    const fresh = new Map<string, QueueRequest>();
    const registrations = requests.map((request) => {
        const existing = content.get(request.id) ?? fresh.get(request.id);
        if (!existing) fresh.set(request.id, request);
        return {
            requestId: request.id,
            wasAlreadyPresent: existing !== undefined,
            wasAlreadyHandled: Boolean(existing?.handledAt),
        };
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
    return { status: 201, data: { processedRequests, unprocessedRequests: [] } };
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
    return { data: { processedRequests, unprocessedRequests: [] } };
}

function listRequests(call: Call): Reply {
    const { id, content } = findQueue(call);
    const limit = call.query.integer('limit', { min: 1, max: MAX_LISTED }) ?? MAX_LISTED;
    const filter = call.query.list('filter') ?? [];
    if (filter.some((word) => word !== 'locked' && word !== 'pending')) {
        throw invalidValue("'filter' takes 'locked' and 'pending'.");
    }
    noteClient(call, id, content);
    const items: QueueRequest[] = [];
    let last = 0;
    for (const { request, sequence } of content.listing(startOfListing(call, content))) {
        if (!passesFilter(request, filter, content.lockOf(request.id, call.now) !== undefined)) continue;
        if (items.length === limit) return { data: { items, limit, count: limit, nextCursor: encodeCursor(last) } };
        items.push(request);
        last = sequence;
    }
    return { data: { items, limit, count: items.length } };
}

function passesFilter(request: QueueRequest, filter: string[], isLocked: boolean): boolean {
    if (filter.length === 0) return true;
    if (isLocked) return filter.includes('locked');
    return !request.handledAt && filter.includes('pending');
}

/** The sequence number after which a listing goes on. */
function startOfListing(call: Call, queue: RequestQueue): number {
    const cursor = call.query.string('cursor');
    if (cursor !== undefined) return decodeCursor(cursor);
    const startId = call.query.string('exclusiveStartId');
    if (startId === undefined) return 0;
    const sequence = queue.sequenceOf(startId);
    if (sequence === undefined) throw invalidValue(`There is no request '${startId}' to start after.`);
    return sequence;
}

const encodeCursor = (sequence: number): string => Buffer.from(String(sequence)).toString('base64url');

function decodeCursor(cursor: string): number {
    const decoded = Buffer.from(cursor, 'base64url').toString();
    if (/^\d{1,15}$/.test(decoded)) return Number(decoded);
    throw invalidValue(`'${cursor}' is no cursor of this listing.`);
}

function headView(request: QueueRequest): Record<string, unknown> {
    const { id, uniqueKey, url, method = 'GET', retryCount = 0 } = request;
    return { id, uniqueKey, url, method, retryCount };
}

function lockHead(call: Call): Reply {
    const { id, content } = findQueue(call);
    const limit = call.query.integer('limit', { min: 1, max: MAX_LOCKED_HEAD }) ?? MAX_LOCKED_HEAD;
    const lockSecs = call.query.number('lockSecs', { max: MAX_LOCK_SECS }) ?? DEFAULT_LOCK_SECS;
    const lockedUntil = call.now + lockSecs * 1_000;
    const requests = content.head(limit, call.now);
    if (requests.length > 0) {
        const requestIds = requests.map((request) => request.id);
        call.core.store.commit({ type: 'requests.locked', id, requestIds, lockedUntil, ...holderOf(call) }, call.now);
    } else {
        noteClient(call, id, content);
    }
    const lockExpiresAt = new Date(lockedUntil).toISOString();
    return {
        status: 201,
        data: {
            limit,
            lockSecs,
            queueModifiedAt: new Date(content.modifiedAt).toISOString(),
            queueHasLockedRequests: content.hasLockedRequests(call.now),
            hadMultipleClients: content.hadMultipleClients,
            ...clientKeyOf(call),
            items: requests.map((request) => ({ ...headView(request), lockExpiresAt })),
        },
    };
}

function updateRequest(call: Call): Reply {
    const { id, content } = findQueue(call);
    const parsed = v.safeParse(UPDATED_REQUEST, jsonBody(call));
    if (!parsed.success) throw invalidInput('A request needs at least a url and a uniqueKey.');
    const request: QueueRequest = { ...parsed.output, id: requestId(parsed.output.uniqueKey) };
    if (request.id !== call.params.requestId || (parsed.output.id ?? request.id) !== request.id) {
        throw new ApiError(
            400,
            'id-does-not-match',
            'The id in the path, the id in the body and the uniqueKey differ.',
        );
    }
    const existing = content.get(request.id);
    const forefront = call.query.boolean('forefront') ?? false;
    call.core.store.commit({ type: 'request.updated', id, request, forefront, ...clientKeyOf(call) });
    return {
        data: {
            requestId: request.id,
            wasAlreadyPresent: existing !== undefined,
            wasAlreadyHandled: Boolean(existing?.handledAt),
        },
    };
}

function prolongLock(call: Call): Reply {
    const { id, content } = findQueue(call);
    const request = findRequest(call, content);
    assertHoldsLock(call, content, request);
    const lockSecs = call.query.number('lockSecs', { max: MAX_LOCK_SECS }) ?? DEFAULT_LOCK_SECS;
    const lockedUntil = call.now + lockSecs * 1_000;
    const forefront = call.query.boolean('forefront');
    const lock = { requestIds: [request.id], lockedUntil, forefront, ...holderOf(call) };
    call.core.store.commit({ type: 'requests.locked', id, ...lock }, call.now);
    return { data: { lockExpiresAt: new Date(lockedUntil).toISOString() } };
}

/** A lock can be prolonged or deleted by its holder only, and a handled request has none. */
function assertHoldsLock(call: Call, queue: RequestQueue, request: QueueRequest): void {
    const isFree = request.handledAt || !queue.lockOf(request.id, call.now);
    if (isFree || queue.isLockedByOther(request.id, holderOf(call), call.now)) throw lostLock(call, request.id);
}

function lostLock(call: Call, id: string): ApiError {
    return new ApiError(
        call.core.settings.lostLockStatus,
        'request-handled-or-locked',
        `Request '${id}' is handled, not locked, or locked by another client.`,
    );
}
