import { invalidValue } from '../errors.js';
import type { QueueRequest, RequestQueue } from '../../trace/request-queue.js';
import type { Call, Operation } from './operation.js';
import { dataReply, type Reply } from './reply.js';
import { findQueue, noteClient } from './request-queue-call.js';

const MAX_LISTED = 10_000;

export const requestListingOperations: Operation[] = [
    {
        operationId: 'requestQueue_requests_get',
        method: 'GET',
        path: '/request-queues/:id/requests',
        handle: listRequests,
    },
];

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
        if (items.length === limit) return dataReply({ items, limit, count: limit, nextCursor: encodeCursor(last) });
        items.push(request);
        last = sequence;
    }
    return dataReply({ items, limit, count: items.length });
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
