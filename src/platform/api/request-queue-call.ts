import { ApiError, recordNotFound } from '../errors.js';
import type { LockHolder } from '../../trace/locks.js';
import type { QueueRequest, RequestQueue } from '../../trace/request-queue.js';
import type { Storage } from '../../trace/storage-kinds.js';
import type { Call } from './operation.js';

/** What the calls of request queues have in common. */
export function findQueue(call: Call): Storage<RequestQueue> {
    return call.core.store.find('request-queues', call.params.id!);
}

export function findRequest(call: Call, queue: RequestQueue): QueueRequest {
    const id = call.params.requestId!;
    const request = queue.get(id);
    if (!request) throw recordNotFound(`Request '${id}'`);
    return request;
}

export function clientKeyOf(call: Call): { clientKey?: string } {
    const clientKey = call.query.string('clientKey');
    if (clientKey === undefined) return {};
    if (clientKey.length > 32) {
        throw new ApiError(400, 'invalid-client-key', 'A client key has 1 to 32 characters.');
    }
    return { clientKey };
}

/** Reading leaves a trace too: `hadMultipleClients`. It goes through the journal, as all that the state knows. */
export function noteClient(call: Call, id: string, queue: RequestQueue): void {
    const client = clientKeyOf(call);
    if (queue.hasSeenClient(client.clientKey)) return;
    call.core.store.commit({ type: 'request-queue.client-seen', id, ...client });
}

export function holderOf(call: Call): LockHolder {
    return { ...clientKeyOf(call), ...(call.caller.kind === 'run' && { runId: call.caller.runId }) };
}
