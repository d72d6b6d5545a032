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

const idsOf = (...names: string[]): string[] => names.map(requestId);

describe('the listing', () => {
    const filled = async (): Promise<RequestQueueClient> => {
        const queue = await local.newQueue('lister');
        await queue.batchAddRequests(['a', 'b', 'c', 'd', 'e'].map(requestOf));
        await queue.updateRequest(handled('b'));
        return queue;
    };

    test('pages follow one another by cursor without a gap, also when requests of the last page are gone', async () => {
        const queue = await filled();
        const first = await queue.listRequests({ limit: 2 });
        expect(first.items.map(({ id }) => id)).toEqual(idsOf('a', 'b'));
        await queue.batchDeleteRequests([{ uniqueKey: 'a' }, { uniqueKey: 'b' }]);
        const second = await queue.listRequests({ limit: 3, cursor: first.nextCursor! });
        expect(second.items.map(({ id }) => id)).toEqual(idsOf('c', 'd', 'e'));
        expect(second.nextCursor).toBeUndefined();
    });

    test('the older start id works as long as its request is there', async () => {
        const queue = await filled();
        const page = await queue.listRequests({ exclusiveStartId: requestId('c') });
        expect(page.items.map(({ id }) => id)).toEqual(idsOf('d', 'e'));
        await expect(queue.listRequests({ exclusiveStartId: 'nothing' })).rejects.toMatchObject({ statusCode: 400 });
    });

    test('locked and pending requests can be asked for, one kind or both', async () => {
        const queue = await filled();
        await queue.listAndLockHead({ limit: 2, lockSecs: 60 });
        const listed = async (filter: ('locked' | 'pending')[]) =>
            (await queue.listRequests({ filter })).items.map(({ uniqueKey }) => uniqueKey);
        expect(await listed(['locked'])).toEqual(['a', 'c']);
        expect(await listed(['pending'])).toEqual(['d', 'e']);
        expect(await listed(['locked', 'pending'])).toEqual(['a', 'c', 'd', 'e']);
        expect(await local.outcome(`/request-queues/${queue.id}/requests?filter=handled`)).toEqual([
            400,
            'invalid-value',
        ]);
    });

    test('the client walks through all pages', async () => {
        const queue = await filled();
        const seen: string[] = [];
        for await (const { items } of queue.paginateRequests({ maxPageLimit: 2 })) {
            seen.push(...items.map(({ uniqueKey }) => uniqueKey));
        }
        expect(seen).toEqual(['a', 'b', 'c', 'd', 'e']);
    });

    test.each(['!', 'bm90aGluZw', '-1'])("'%s' is no cursor", async (cursor) => {
        const queue = await local.newQueue();
        const outcome = await local.outcome(`/request-queues/${queue.id}/requests?cursor=${cursor}`);
        expect(outcome).toEqual([400, 'invalid-value']);
    });
});
