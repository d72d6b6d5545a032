import { ApiError, recordNotFound } from '../errors.js';
import { sizeOf } from '../../trace/records.js';
import type { Call, Operation } from './operation.js';
import { contentReply, dataReply, emptyReply, jsonReply, type Reply } from './reply.js';
import { commonOperations } from './storages.js';

/** The API's rule for record keys. */
const KEY_PATTERN = /^[a-zA-Z0-9!\-_.'()]{1,256}$/;
const MAX_KEYS = 1_000;

export const keyValueStoreOperations: Operation[] = [
    ...commonOperations('key-value-stores', ({ bytes }) => ({ stats: { storageBytes: bytes } })),
    { operationId: 'keyValueStore_keys_get', method: 'GET', path: '/key-value-stores/:id/keys', handle: listKeys },
    {
        operationId: 'keyValueStore_record_head',
        method: 'HEAD',
        path: '/key-value-stores/:id/records/:key',
        handle: getRecord,
    },
    {
        operationId: 'keyValueStore_record_get',
        method: 'GET',
        path: '/key-value-stores/:id/records/:key',
        handle: getRecord,
    },
    {
        operationId: 'keyValueStore_record_put',
        method: 'PUT',
        path: '/key-value-stores/:id/records/:key',
        handle: putRecord,
    },
    {
        operationId: 'keyValueStore_record_post',
        method: 'POST',
        path: '/key-value-stores/:id/records/:key',
        handle: putRecord,
    },
    {
        operationId: 'keyValueStore_record_delete',
        method: 'DELETE',
        path: '/key-value-stores/:id/records/:key',
        handle: (call) => {
            const { id, content } = call.core.store.find('key-value-stores', call.params.id!);
            const key = recordKey(call);
            if (content.records.has(key)) call.core.store.commit({ type: 'record.deleted', id, key });
            return emptyReply();
        },
    },
];

function recordKey(call: Call): string {
    const key = call.params.key!;
    if (KEY_PATTERN.test(key)) return key;
    throw new ApiError(
        400,
        'invalid-record-key',
        "A record key has 1 to 256 characters out of letters, digits and !-_.'().",
    );
}

function getRecord(call: Call): Reply {
    const { store } = call.core;
    const key = recordKey(call);
    const record = store.find('key-value-stores', call.params.id!).content.records.get(key);
    if (!record) throw recordNotFound(`Record '${key}'`);
    const attachment = call.query.boolean('attachment') ?? false;
    return contentReply(store.contentOf(record.value), record.contentType, {
        'x-content-type-options': 'nosniff',
        // What an Actor has stored runs no script that could ask this platform for anything.
        'content-security-policy': 'sandbox',
        ...(attachment && { 'content-disposition': `attachment; filename="${key.replaceAll('"', '')}"` }),
    });
}

function putRecord(call: Call): Reply {
    const { id } = call.core.store.find('key-value-stores', call.params.id!);
    const contentType = call.headers['content-type'] ?? 'application/octet-stream';
    call.core.store.commit({ type: 'record.put', id, key: recordKey(call), contentType, value: { bytes: call.body } });
    return jsonReply({}, 201);
}

function listKeys(call: Call): Reply {
    const { id, content } = call.core.store.find('key-value-stores', call.params.id!);
    const collection = call.query.string('collection');
    if (collection !== undefined) {
        throw new ApiError(400, 'invalid-collection', `The store has no schema, so no collection '${collection}'.`);
    }
    const limit = call.query.integer('limit', { min: 1, max: MAX_KEYS }) ?? MAX_KEYS;
    const exclusiveStartKey = call.query.string('exclusiveStartKey');
    const prefix = call.query.string('prefix') ?? '';
    const page: string[] = [];
    let isTruncated = false;
    for (const key of content.keys({ prefix, after: exclusiveStartKey })) {
        isTruncated = page.length === limit;
        if (isTruncated) break;
        page.push(key);
    }
    const items = page.map((key) => ({
        key,
        size: sizeOf(content.records.get(key)!.value),
        recordPublicUrl: `${call.core.baseUrl}/v2/key-value-stores/${id}/records/${encodeURIComponent(key)}`,
    }));
    return dataReply({
        items,
        count: items.length,
        limit,
        exclusiveStartKey: exclusiveStartKey ?? null,
        isTruncated,
        nextExclusiveStartKey: isTruncated ? page.at(-1) : null,
    });
}
