import type { RequestQueueClient } from 'apify-client';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';

import { TestPlatform } from '../fixtures/test-platform.js';
import { requestId } from '../ids.js';

let local: TestPlatform;

beforeAll(async () => {
    local = await TestPlatform.open();
});
afterAll(async () => local.close());

const requestOf = (name: string) => ({ url: `http://shop.example/${name}`, uniqueKey: name });
const LOST = { type: 'request-handled-or-locked', statusCode: 403 };

/** A queue of a, b and c, and two clients of it. */
async function queueOfTwo(): Promise<[RequestQueueClient, RequestQueueClient]> {
    const { id } = await local.client.requestQueues().getOrCreate();
    const [mine, yours] = ['mine', 'yours'].map((clientKey) => local.client.requestQueue(id, { clientKey }));
    await mine!.batchAddRequests(['a', 'b', 'c'].map(requestOf));
    return [mine!, yours!];
}

async function lock(queue: RequestQueueClient, limit: number, lockSecs = 60): Promise<string[]> {
    return (await queue.listAndLockHead({ limit, lockSecs })).items.map(({ uniqueKey }) => uniqueKey);
}

async function headOf(queue: RequestQueueClient): Promise<string[]> {
    return (await queue.listHead()).items.map(({ uniqueKey }) => uniqueKey);
}

describe('locking the head', () => {
    test('what one client has locked no other gets, nor does the head show it', async () => {
        const [mine, yours] = await queueOfTwo();
        expect(await lock(mine, 2)).toEqual(['a', 'b']);
        expect(await lock(mine, 2)).toEqual(['c']);
        expect(await lock(yours, 3)).toEqual([]);
        expect(await headOf(yours)).toEqual([]);
    });

    test('the answer is 201 and says what the queue is like', async () => {
        const [mine, yours] = await queueOfTwo();
        const before = Date.now();
        const path = `/request-queues/${mine.id}/head/lock?limit=1&lockSecs=60&clientKey=mine`;
        const response = await local.fetch(path, { method: 'POST' });
        expect(response.status).toBe(201);
        const { data } = (await response.json()) as { data: { items: { lockExpiresAt: string }[] } };
        expect(data).toMatchObject({
            limit: 1,
            lockSecs: 60,
            clientKey: 'mine',
            hadMultipleClients: false,
            queueHasLockedRequests: true,
            items: [{ id: requestId('a'), uniqueKey: 'a', method: 'GET', retryCount: 0 }],
        });
        const expiresAt = Date.parse(data.items[0]!.lockExpiresAt);
        expect(expiresAt).toBeGreaterThanOrEqual(before + 60_000);
        expect(expiresAt).toBeLessThanOrEqual(Date.now() + 60_000);
        expect(await yours.listAndLockHead({ limit: 25, lockSecs: 1 })).toMatchObject({ hadMultipleClients: true });
    });

    test('queueHasLockedRequests tells an empty queue from one whose rest is being worked on', async () => {
        const { id } = await local.client.requestQueues().getOrCreate();
        const queue = local.client.requestQueue(id, { clientKey: 'mine' });
        const hasLocked = async () => (await queue.listAndLockHead({ lockSecs: 60 })).queueHasLockedRequests;
        expect(await hasLocked()).toBe(false);
        await queue.addRequest(requestOf('a'));
        expect(await hasLocked()).toBe(true);
        expect(await hasLocked()).toBe(true);
        await queue.updateRequest({ ...requestOf('a'), id: requestId('a'), handledAt: new Date().toISOString() });
        expect(await hasLocked()).toBe(false);
    });

    test('no more than 25 are locked at once', async () => {
        const { id } = await local.client.requestQueues().getOrCreate();
        const queue = local.client.requestQueue(id);
        await queue.batchAddRequests(Array.from({ length: 30 }, (_, n) => requestOf(String(n))));
        expect(await lock(queue, 25)).toHaveLength(25);
        const { data } = (await (
            await local.fetch(`/request-queues/${id}/head/lock?limit=1000&lockSecs=60`, { method: 'POST' })
        ).json()) as { data: { limit: number; items: unknown[] } };
        expect([data.limit, data.items.length]).toEqual([25, 5]);
    });

    test('a lock that has run out is none: the request is back in its place', async () => {
        const [mine, yours] = await queueOfTwo();
        await lock(mine, 1, 0.05);
        await vi.waitUntil(async () => (await headOf(yours)).length === 3);
        expect(await lock(yours, 3)).toEqual(['a', 'b', 'c']);
        await expect(mine.prolongRequestLock(requestId('a'), { lockSecs: 1 })).rejects.toMatchObject(LOST);
    });

    test.each(['0', '1e300', '31536000'])('lockSecs=%s is answered with a date', async (lockSecs) => {
        const [mine] = await queueOfTwo();
        const path = `/request-queues/${mine.id}/head/lock?lockSecs=${lockSecs}`;
        expect(await local.outcome(path, { method: 'POST' })).toEqual([201, undefined]);
    });

    test('a client key of more than 32 characters is refused', async () => {
        const [mine] = await queueOfTwo();
        const path = `/request-queues/${mine.id}/head/lock?clientKey=${'x'.repeat(33)}`;
        expect(await local.outcome(path, { method: 'POST' })).toEqual([400, 'invalid-client-key']);
    });
});

describe('a lock', () => {
    test('is prolonged by its holder and by no other client', async () => {
        const [mine, yours] = await queueOfTwo();
        await lock(mine, 1, 5);
        const { lockExpiresAt } = await mine.prolongRequestLock(requestId('a'), { lockSecs: 600 });
        expect(new Date(lockExpiresAt).getTime()).toBeGreaterThan(Date.now() + 500_000);
        await expect(yours.prolongRequestLock(requestId('a'), { lockSecs: 1 })).rejects.toMatchObject(LOST);
    });

    test('is deleted by its holder and by no other client', async () => {
        const [mine, yours] = await queueOfTwo();
        await lock(mine, 1);
        await expect(yours.deleteRequestLock(requestId('a'))).rejects.toMatchObject(LOST);
        await mine.deleteRequestLock(requestId('a'));
        expect(await headOf(yours)).toEqual(['b', 'c', 'a']);
        await expect(mine.deleteRequestLock(requestId('a'))).rejects.toMatchObject(LOST);
    });

    test('leaves its request at the end of the queue, or at the head with forefront', async () => {
        const [mine] = await queueOfTwo();
        await lock(mine, 3);
        await mine.deleteRequestLock(requestId('b'));
        await mine.deleteRequestLock(requestId('c'), { forefront: true });
        await mine.deleteRequestLock(requestId('a'));
        expect(await headOf(mine)).toEqual(['c', 'b', 'a']);
    });

    test('of a handled request is gone', async () => {
        const [mine] = await queueOfTwo();
        await lock(mine, 1);
        await mine.updateRequest({ ...requestOf('a'), id: requestId('a'), handledAt: new Date().toISOString() });
        await expect(mine.prolongRequestLock(requestId('a'), { lockSecs: 1 })).rejects.toMatchObject(LOST);
        await expect(mine.deleteRequestLock(requestId('a'))).rejects.toMatchObject(LOST);
    });

    test('of a request that is not there gets 404', async () => {
        const [mine] = await queueOfTwo();
        const path = `/request-queues/${mine.id}/requests/nothing/lock?lockSecs=1`;
        expect(await local.outcome(path, { method: 'PUT' })).toEqual([404, 'record-not-found']);
        expect(await local.outcome(path, { method: 'DELETE' })).toEqual([404, 'record-not-found']);
    });

    test('is released with all others of its client by unlock', async () => {
        const [mine, yours] = await queueOfTwo();
        await lock(mine, 2);
        await lock(yours, 1);
        expect(await mine.unlockRequests()).toEqual({ unlockedCount: 2 });
        expect(await mine.unlockRequests()).toEqual({ unlockedCount: 0 });
        expect(await headOf(mine)).toEqual(['a', 'b']);
    });

    test('without a client key or run belongs to nobody', async () => {
        const [mine] = await queueOfTwo();
        const nobody = local.client.requestQueue(mine.id!);
        await lock(nobody, 1);
        await expect(nobody.deleteRequestLock(requestId('a'))).rejects.toMatchObject(LOST);
        expect(await nobody.unlockRequests()).toEqual({ unlockedCount: 0 });
    });

    test('answers a lost lock with the status of the settings', async () => {
        const strict = await TestPlatform.open({ settings: { lostLockStatus: 409 } });
        try {
            const { id } = await strict.client.requestQueues().getOrCreate();
            await strict.client.requestQueue(id).addRequest(requestOf('a'));
            const prolonged = strict.client.requestQueue(id).prolongRequestLock(requestId('a'), { lockSecs: 1 });
            await expect(prolonged).rejects.toMatchObject({ ...LOST, statusCode: 409 });
        } finally {
            await strict.close();
        }
    });
});

test("a run's token opens the locks that the run holds, whatever their client key", async () => {
    const run = await local.startProbe();
    const { APIFY_TOKEN: token } = await local.order<Record<string, string>>(run, '/environment');
    const queueId = run.record.requestQueueId;
    const ofUser = local.client.requestQueue(queueId, { clientKey: 'user' });
    await ofUser.batchAddRequests(['a', 'b'].map(requestOf));
    const call = async (method: string, path: string): Promise<number> => {
        const order = { method, path: `/v2/request-queues/${queueId}${path}` };
        return (await local.order<{ status: number }>(run, '/call', order)).status;
    };
    expect(token).toMatch(/^local_/);
    expect(await call('POST', '/head/lock?limit=2&lockSecs=60&clientKey=one')).toBe(201);
    expect(await call('PUT', `/requests/${requestId('a')}/lock?lockSecs=60&clientKey=another`)).toBe(200);
    await expect(ofUser.deleteRequestLock(requestId('b'))).rejects.toMatchObject(LOST);
    expect(await call('DELETE', `/requests/${requestId('b')}/lock?clientKey=another`)).toBe(204);
    expect(await lock(ofUser, 2)).toEqual(['b']);
    run.abort();
    await run.finished();
});
