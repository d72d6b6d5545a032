import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { TestPlatform } from '../fixtures/test-platform.js';

let local: TestPlatform;

beforeAll(async () => {
    local = await TestPlatform.open();
});
afterAll(async () => local.close());

const newStore = async () => local.client.keyValueStore((await local.client.keyValueStores().getOrCreate()).id);
const pathOf = (store: { id?: string }, key: string): string => `/key-value-stores/${store.id}/records/${key}`;

describe('records', () => {
    const everyByte = Buffer.from(Array.from({ length: 256 }, (_, byte) => byte));

    test.each([
        ['binary', everyByte, 'image/png'],
        ['HTML', Buffer.from('<!doctype html><script>alert("ü")</script>'), 'text/html; charset=utf-8'],
        ['100 KB', Buffer.concat(Array.from({ length: 400 }, () => everyByte)), 'application/octet-stream'],
        ['JSON with spaces', Buffer.from('{ "a":  1.0 }\n'), 'application/json; charset=utf-8'],
        ['empty', Buffer.alloc(0), 'text/plain'],
        ['no UTF-8', Buffer.from([0xff, 0xfe, 0x00]), 'text/plain; charset=utf-8'],
        ['byte order mark', Buffer.from('\uFEFFtext'), 'text/plain'],
        ['12 MB', Buffer.alloc(12_000_000, everyByte), 'video/mp4'],
    ])('a record of %s keeps its bytes and its content type', async (_what, bytes, contentType) => {
        const store = await newStore();
        await store.setRecord({ key: 'KEY', value: bytes as unknown as string, contentType });
        const record = await store.getRecord('KEY', { buffer: true });
        expect(Buffer.compare(record!.value as unknown as Buffer, bytes)).toBe(0);
        for (const method of ['GET', 'HEAD']) {
            const response = await local.fetch(pathOf(store, 'KEY'), { method });
            expect(response.status).toBe(200);
            expect(response.headers.get('content-type')).toBe(contentType);
            expect(response.headers.get('content-length')).toBe(String(bytes.length));
            const body = Buffer.from(await response.arrayBuffer());
            expect(body.equals(method === 'HEAD' ? Buffer.alloc(0) : bytes)).toBe(true);
        }
    });

    test('values of JSON and text are parsed by the client, and the newest counts', async () => {
        const store = await newStore();
        await store.setRecord({ key: 'STATE', value: { B079ZJ1BPR: 3 } });
        await store.setRecord({ key: 'STATE', value: { B079ZJ1BPR: 4 } });
        await store.setRecord({ key: 'TEXT', value: 'just text', contentType: 'text/plain' });
        expect((await store.getRecord('STATE'))?.value).toEqual({ B079ZJ1BPR: 4 });
        expect((await store.getRecord('TEXT'))?.value).toBe('just text');
    });

    test('writing answers 201 and deleting 204, also what is not there', async () => {
        const store = await newStore();
        const path = pathOf(store, 'KEY');
        expect(await local.outcome(path, { method: 'PUT', body: 'x' })).toEqual([201, undefined]);
        expect(await local.outcome(path, { method: 'POST', body: 'y' })).toEqual([201, undefined]);
        expect(await store.recordExists('KEY')).toBe(true);
        expect(await local.outcome(path, { method: 'DELETE' })).toEqual([204, undefined]);
        expect(await local.outcome(path, { method: 'DELETE' })).toEqual([204, undefined]);
        expect(await store.recordExists('KEY')).toBe(false);
    });

    test('a record or store that is not there is undefined', async () => {
        const store = await newStore();
        expect(await store.getRecord('KEY')).toBeUndefined();
        expect(await local.client.keyValueStore('nothing').getRecord('KEY')).toBeUndefined();
        expect(await local.client.keyValueStore('nothing').recordExists('KEY')).toBe(false);
        expect(await local.outcome(pathOf(store, 'KEY'))).toEqual([404, 'record-not-found']);
    });

    test.each(["a!-_.'()", 'A', '0'.repeat(256), '.a.'])("the key '%s' is taken as it is", async (key) => {
        const store = await newStore();
        await store.setRecord({ key, value: { key } });
        const { items } = await store.listKeys();
        expect(items.map((item) => item.key)).toEqual([key]);
        expect((await store.getRecord(key))?.value).toEqual({ key });
    });

    test.each(['a%2Fb', 'a%20b', '%00', '%C3%A4', '0'.repeat(257), 'a%252F'])('the key %s is refused', async (key) => {
        const store = await newStore();
        for (const method of ['PUT', 'GET', 'DELETE']) {
            expect(await local.outcome(pathOf(store, key), { method })).toEqual([400, 'invalid-record-key']);
        }
    });

    test('only a call that wants an attachment gets one', async () => {
        const store = await newStore();
        await store.setRecord({ key: 'PAGE', value: '<p>', contentType: 'text/html' });
        const plain = await local.fetch(pathOf(store, 'PAGE'));
        expect(plain.headers.get('content-disposition')).toBeNull();
        const attached = await local.fetch(`${pathOf(store, 'PAGE')}?attachment=true`);
        expect(attached.headers.get('content-disposition')).toBe('attachment; filename="PAGE"');
    });

    test('is shown by a browser without its scripts', async () => {
        const store = await newStore();
        await store.setRecord({ key: 'PAGE', value: '<script>', contentType: 'text/html' });
        const shown = await local.fetch(pathOf(store, 'PAGE'));
        expect(shown.headers.get('content-security-policy')).toBe('sandbox');
        expect(shown.headers.get('x-content-type-options')).toBe('nosniff');
        expect(await shown.text()).toBe('<script>');
    });
});

describe('lists of keys', () => {
    const keys = ['B-1', 'a-1', 'a-2', 'a-3', 'b-1'];

    const filledStore = async () => {
        const store = await newStore();
        for (const key of keys.toReversed()) await store.setRecord({ key, value: key, contentType: 'text/plain' });
        return store;
    };

    test('keys are listed in order of their bytes, with size and address', async () => {
        const store = await filledStore();
        const { items, isTruncated, count } = await store.listKeys();
        expect(items.map(({ key }) => key)).toEqual(keys);
        expect({ isTruncated, count }).toEqual({ isTruncated: false, count: 5 });
        expect(items[0]).toMatchObject({ size: 3 });
        const { recordPublicUrl } = items[0] as unknown as { recordPublicUrl: string };
        const headers = { authorization: `Bearer ${local.platform.token}` };
        expect(await (await fetch(recordPublicUrl, { headers })).text()).toBe('B-1');
    });

    test('pages follow one another without a gap', async () => {
        const store = await filledStore();
        const first = await store.listKeys({ limit: 2 });
        expect(first).toMatchObject({ isTruncated: true, nextExclusiveStartKey: 'a-1', limit: 2 });
        const second = await store.listKeys({ limit: 3, exclusiveStartKey: 'a-1' });
        expect(second.items.map(({ key }) => key)).toEqual(['a-2', 'a-3', 'b-1']);
        expect(second).toMatchObject({ isTruncated: false, nextExclusiveStartKey: null, exclusiveStartKey: 'a-1' });
    });

    test('a prefix selects, and the start key need not exist', async () => {
        const store = await filledStore();
        expect((await store.listKeys({ prefix: 'a-' })).items.map(({ key }) => key)).toEqual(['a-1', 'a-2', 'a-3']);
        const rest = await store.listKeys({ prefix: 'a-', exclusiveStartKey: 'a-20' });
        expect(rest.items.map(({ key }) => key)).toEqual(['a-3']);
    });

    test('a key that was deleted or written again stands there no more or once', async () => {
        const store = await filledStore();
        await store.deleteRecord('a-2');
        await store.setRecord({ key: 'a-1', value: 'again', contentType: 'text/plain' });
        expect((await store.listKeys()).items.map(({ key }) => key)).toEqual(['B-1', 'a-1', 'a-3', 'b-1']);
    });

    test('a limit of 0 or of no number is refused, and so is a collection, since a store has no schema', async () => {
        const store = await newStore();
        await expect(store.listKeys({ collection: 'images' })).rejects.toMatchObject({ type: 'invalid-collection' });
        expect(await local.outcome(`/key-value-stores/${store.id}/keys?limit=0`)).toEqual([400, 'invalid-value']);
        expect(await local.outcome(`/key-value-stores/${store.id}/keys?limit=x`)).toEqual([400, 'invalid-value']);
    });
});
