import type { RequestQueueClient } from 'apify-client';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { handled, requestOf } from '../fixtures/queue-requests.js';
import { TestPlatform } from '../fixtures/test-platform.js';
import { requestId } from '../ids.js';

let local: TestPlatform;

beforeAll(async () => {
    local = await TestPlatform.open();
});
afterAll(async () => local.close());

async function headOf(queue: RequestQueueClient): Promise<string[]> {
    return (await queue.listHead({ limit: 100 })).items.map(({ uniqueKey }) => uniqueKey);
}

describe('requests', () => {
    test('a request gets an id made of its unique key, and a second one of that key is the first', async () => {
        const queue = await local.newQueue();
        const path = `/request-queues/${queue.id}/requests`;
        const response = await local.fetch(path, { method: 'POST', body: JSON.stringify(requestOf('a')) });
        expect(response.status).toBe(201);
        const expected = { requestId: requestId('a'), wasAlreadyPresent: false, wasAlreadyHandled: false };
        expect(await response.json()).toEqual({ data: expected });
        expect(await queue.addRequest({ ...requestOf('a'), url: 'http://elsewhere.example' })).toEqual({
            ...expected,
            wasAlreadyPresent: true,
        });
        expect(await queue.getRequest(requestId('a'))).toMatchObject(requestOf('a'));
    });

    test('the id is that of the API: 15 characters of the base64 SHA-256 without +, / and =', () => {
        expect(requestId('http://example.com')).toMatch(/^[a-zA-Z0-9]{15}$/);
        expect(requestId('a')).toBe('ypeBEsobvcr6wjG');
    });

    test('all that a request carries comes back', async () => {
        const queue = await local.newQueue();
        const full = {
            ...requestOf('full'),
            method: 'POST' as const,
            payload: '{"a":1}',
            userData: { label: 'OFFERS', __crawlee: { state: 4 } },
            headers: { 'x-a': 'ü' },
            retryCount: 2,
            noRetry: false,
            errorMessages: ['once'],
        };
        await queue.addRequest(full);
        expect(await queue.getRequest(requestId('full'))).toMatchObject(full);
        expect((await queue.listHead()).items[0]).toMatchObject({
            id: requestId('full'),
            method: 'POST',
            retryCount: 2,
        });
    });

    test('a handled request leaves the head and is counted as handled', async () => {
        const queue = await local.newQueue();
        await queue.batchAddRequests([requestOf('a'), requestOf('b')]);
        expect(await queue.updateRequest(handled('a'))).toMatchObject({
            wasAlreadyPresent: true,
            wasAlreadyHandled: false,
        });
        expect(await queue.updateRequest(handled('a'))).toMatchObject({ wasAlreadyHandled: true });
        expect(await queue.addRequest(requestOf('a'))).toMatchObject({
            wasAlreadyPresent: true,
            wasAlreadyHandled: true,
        });
        expect(await headOf(queue)).toEqual(['b']);
        expect(await queue.get()).toMatchObject({
            totalRequestCount: 2,
            handledRequestCount: 1,
            pendingRequestCount: 1,
        });
    });

    test('a request that is deleted can be added again', async () => {
        const queue = await local.newQueue();
        await queue.addRequest(requestOf('a'));
        await queue.updateRequest(handled('a'));
        await queue.deleteRequest(requestId('a'));
        expect(await queue.getRequest(requestId('a'))).toBeUndefined();
        expect(await queue.get()).toMatchObject({ totalRequestCount: 0, handledRequestCount: 0 });
        expect(await queue.addRequest(requestOf('a'))).toMatchObject({ wasAlreadyPresent: false });
        const path = `/request-queues/${queue.id}/requests/${requestId('a')}`;
        expect(await local.outcome(path, { method: 'DELETE' })).toEqual([204, undefined]);
        expect(await local.outcome(path, { method: 'DELETE' })).toEqual([404, 'record-not-found']);
    });

    test('an update of a request that is not there adds it', async () => {
        const queue = await local.newQueue();
        const update = { ...requestOf('new'), id: requestId('new') };
        expect(await queue.updateRequest(update)).toMatchObject({ wasAlreadyPresent: false });
        expect(await headOf(queue)).toEqual(['new']);
    });

    test('an update whose id is not that of its unique key is refused', async () => {
        const queue = await local.newQueue();
        const wrong = { ...requestOf('a'), id: requestId('b') };
        await expect(queue.updateRequest(wrong)).rejects.toMatchObject({ statusCode: 400, type: 'id-does-not-match' });
    });

    test.each(['{}', '[]', '{"url":"http://x"}', '{"url":1,"uniqueKey":"a"}', '{"url":"","uniqueKey":""}', 'nil'])(
        '%s is no request',
        async (body) => {
            const queue = await local.newQueue();
            const path = `/request-queues/${queue.id}/requests`;
            expect(await local.outcome(path, { method: 'POST', body })).toEqual([400, 'invalid-input']);
            expect(await local.outcome(`${path}/batch`, { method: 'POST', body: `[${body}]` })).toEqual([
                400,
                'invalid-input',
            ]);
        },
    );

    test('a request that is not there is undefined', async () => {
        expect(await (await local.newQueue()).getRequest('nothing')).toBeUndefined();
        expect(await local.client.requestQueue('nothing').getRequest('nothing')).toBeUndefined();
    });
});

describe('batches', () => {
    test('a batch is answered in its order, with what was there and what stands twice in it', async () => {
        const queue = await local.newQueue();
        await queue.updateRequest(handled('b'));
        const path = `/request-queues/${queue.id}/requests/batch`;
        const body = JSON.stringify(['a', 'b', 'a'].map(requestOf));
        const response = await local.fetch(path, { method: 'POST', body });
        expect(response.status).toBe(201);
        const present = { wasAlreadyPresent: true, wasAlreadyHandled: false };
        expect(await response.json()).toEqual({
            data: {
                processedRequests: [
                    { ...present, uniqueKey: 'a', requestId: requestId('a'), wasAlreadyPresent: false },
                    { ...present, uniqueKey: 'b', requestId: requestId('b'), wasAlreadyHandled: true },
                    { ...present, uniqueKey: 'a', requestId: requestId('a') },
                ],
                unprocessedRequests: [],
            },
        });
    });

    test('a batch of more than 25 is refused, and the client splits it', async () => {
        const queue = await local.newQueue();
        const requests = Array.from({ length: 60 }, (_, n) => requestOf(String(n)));
        const path = `/request-queues/${queue.id}/requests/batch`;
        const init = { method: 'POST', body: JSON.stringify(requests.slice(0, 26)) };
        expect(await local.outcome(path, init)).toEqual([400, 'invalid-input']);
        expect((await queue.batchAddRequests(requests)).processedRequests).toHaveLength(60);
        expect((await headOf(queue)).length).toBe(60);
    });

    test('requests are deleted by id and by unique key, and unknown ones are passed over', async () => {
        const queue = await local.newQueue();
        await queue.batchAddRequests(['a', 'b', 'c'].map(requestOf));
        const unwanted = [{ id: requestId('a') }, { uniqueKey: 'c' }, { id: 'nothing' }];
        const { processedRequests } = await queue.batchDeleteRequests(unwanted);
        expect(processedRequests).toEqual([
            { id: requestId('a'), uniqueKey: 'a' },
            { id: requestId('c'), uniqueKey: 'c' },
        ]);
        expect(await headOf(queue)).toEqual(['b']);
    });
});

describe('the head', () => {
    test('requests come in the order of their adding, those of the forefront first and the newest of them foremost', async () => {
        const queue = await local.newQueue();
        await queue.batchAddRequests(['a', 'b'].map(requestOf));
        await queue.addRequest(requestOf('c'), { forefront: true });
        await queue.batchAddRequests(['d', 'e'].map(requestOf), { forefront: true });
        expect(await headOf(queue)).toEqual(['e', 'd', 'c', 'a', 'b']);
    });

    test('a request that is given back goes to the end, or to the head with forefront', async () => {
        const queue = await local.newQueue();
        await queue.batchAddRequests(['a', 'b', 'c'].map(requestOf));
        await queue.updateRequest({ ...requestOf('a'), id: requestId('a'), retryCount: 1 });
        expect(await headOf(queue)).toEqual(['b', 'c', 'a']);
        await queue.updateRequest({ ...requestOf('c'), id: requestId('c') }, { forefront: true });
        expect(await headOf(queue)).toEqual(['c', 'b', 'a']);
    });

    test('the limit holds, and 100 is its default', async () => {
        const queue = await local.newQueue();
        const requests = Array.from({ length: 120 }, (_, n) => requestOf(String(n)));
        await queue.batchAddRequests(requests, { maxParallel: 1 });
        expect((await queue.listHead({ limit: 3 })).items.map(({ uniqueKey }) => uniqueKey)).toEqual(['0', '1', '2']);
        expect((await queue.listHead()).items).toHaveLength(100);
    });

    test('a second client is noticed, also one that only reads', async () => {
        const queue = await local.newQueue('first');
        await queue.addRequest(requestOf('a'));
        expect((await queue.listHead()).hadMultipleClients).toBe(false);
        const reader = local.client.requestQueue(queue.id!, { clientKey: 'second' });
        expect((await reader.listHead()).hadMultipleClients).toBe(true);
        expect((await queue.get())?.hadMultipleClients).toBe(true);
    });
});
