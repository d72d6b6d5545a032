import type { CallEnd, RecordedEntry } from './recorded.js';

/** What an API call asks for, in words, by its name in the API's description. */
const WORDS: Readonly<Record<string, string>> = {
    actorRun_get: 'reads its run',
    actorRun_put: 'sets its status message',
    actorRun_reboot_post: 'asks for its reboot',
    actorRun_metamorph_post: 'becomes another Actor',
    dataset_get: 'reads about the dataset',
    dataset_items_get: 'reads rows',
    dataset_items_post: 'pushes rows',
    keyValueStore_get: 'reads about the key-value store',
    keyValueStore_record_get: 'reads record',
    keyValueStore_record_put: 'writes record',
    keyValueStore_record_delete: 'deletes record',
    requestQueue_get: 'reads about the queue',
    requestQueue_head_get: 'looks at the head of the queue',
    requestQueue_head_lock_post: 'locks requests at the head of the queue',
    requestQueue_request_get: 'reads a request',
    requestQueue_request_put: 'updates a request',
    requestQueue_request_lock_put: 'prolongs a lock',
    requestQueue_request_lock_delete: 'gives a lock back',
    requestQueue_requests_post: 'adds a request',
    requestQueue_requests_batch_post: 'adds requests',
    requestQueue_requests_unlock_post: 'gives all its locks back',
};

/** An API call as a sentence. */
export function callText({ n, call, operationId, params }: Extract<RecordedEntry, { type: 'call' }>): string {
    const words = WORDS[operationId] ?? operationId;
    return `API call ${n ?? call} ${words}${params.key === undefined ? '' : ` ${params.key}`}`;
}

/** How a call ended, as the end of a sentence. */
export function callEndText(end: CallEnd): string {
    switch (end.how) {
        case 'answered':
            return `is answered with ${end.status}`;
        case 'refused':
            return `is refused with ${end.status}, and was not applied`;
        case 'torn':
            return `gets half of its answer (${end.status})`;
        case 'dropped':
            return 'gets no answer: the connection is cut';
        default:
            return end satisfies never;
    }
}
