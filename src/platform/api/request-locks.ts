import { ApiError } from '../errors.js';
import type { QueueRequest, RequestQueue } from '../../trace/request-queue.js';
import type { Call, Operation } from './operation.js';
import { dataReply, emptyReply, type Reply } from './reply.js';
import { clientKeyOf, findQueue, findRequest, holderOf, noteClient } from './request-queue-call.js';

/** Limits and defaults of the API description. */
const MAX_HEAD = 1_000;
const MAX_LOCKED_HEAD = 25;
const DEFAULT_LOCK_SECS = 180;
/** Ours: a year, so that every expiry is a date. */
const MAX_LOCK_SECS = 31_536_000;

/** The head of a queue and the locks on it. */
export const requestLockOperations: Operation[] = [
    {
        operationId: 'requestQueue_head_get',
        method: 'GET',
        path: '/request-queues/:id/head',
        handle: (call) => {
            const { id, content } = findQueue(call);
            const limit = call.query.integer('limit', { min: 1, max: MAX_HEAD }) ?? 100;
            noteClient(call, id, content);
            return dataReply({
                limit,
                queueModifiedAt: new Date(content.modifiedAt).toISOString(),
                hadMultipleClients: content.hadMultipleClients,
                items: content.head(limit, call.now).map(headView),
            });
        },
    },
    {
        operationId: 'requestQueue_head_lock_post',
        method: 'POST',
        path: '/request-queues/:id/head/lock',
        handle: lockHead,
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
            return emptyReply();
        },
    },
    {
        operationId: 'requestQueue_requests_unlock_post',
        method: 'POST',
        path: '/request-queues/:id/requests/unlock',
        handle: (call) => {
            const { id, content } = findQueue(call);
            const requestIds = content.lockedBy(holderOf(call), call.now);
            if (requestIds.length > 0) call.core.store.commit({ type: 'requests.unlocked', id, requestIds });
            return dataReply({ unlockedCount: requestIds.length });
        },
    },
];

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
    const view = {
        limit,
        lockSecs,
        queueModifiedAt: new Date(content.modifiedAt).toISOString(),
        queueHasLockedRequests: content.hasLockedRequests(call.now),
        hadMultipleClients: content.hadMultipleClients,
        ...clientKeyOf(call),
        items: requests.map((request) => ({ ...headView(request), lockExpiresAt })),
    };
    return dataReply(view, 201);
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
    return dataReply({ lockExpiresAt: new Date(lockedUntil).toISOString() });
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
