import type { DatasetCollectionClientListOptions as StorageCollectionListOptions } from 'apify-client';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { TestPlatform } from '../fixtures/test-platform.js';

let local: TestPlatform;

beforeAll(async () => {
    local = await TestPlatform.open();
});
afterAll(async () => local.close());

const kinds = [
    {
        kind: 'datasets',
        all: () => local.client.datasets(),
        one: (id: string) => local.client.dataset(id),
        empty: { itemCount: 0 },
    },
    {
        kind: 'key-value-stores',
        all: () => local.client.keyValueStores(),
        one: (id: string) => local.client.keyValueStore(id),
        empty: { stats: { storageBytes: 0 } },
    },
    {
        kind: 'request-queues',
        all: () => local.client.requestQueues(),
        one: (id: string) => local.client.requestQueue(id),
        empty: { totalRequestCount: 0, handledRequestCount: 0, pendingRequestCount: 0, hadMultipleClients: false },
    },
] as const;

describe.each(kinds)('$kind', ({ kind, all, one, empty }) => {
    test('creating answers 201 for a new name and 200 for one that is there', async () => {
        const create = async (): Promise<number> =>
            (await local.fetch(`/${kind}?name=twice`, { method: 'POST' })).status;
        expect([await create(), await create()]).toEqual([201, 200]);
    });

    test('two storages without a name are two', async () => {
        const [first, second] = [await all().getOrCreate(), await all().getOrCreate()];
        expect(first.id).not.toBe(second.id);
        expect(first.id).toMatch(/^[a-zA-Z0-9]{17}$/);
    });

    test('a storage is found by id, by its owner and name, by ~name and by name', async () => {
        const { id, userId } = await all().getOrCreate('found');
        for (const reference of [id, 'local~found', `${userId}~found`, '~found', 'found']) {
            expect(await one(reference).get()).toMatchObject({ id, name: 'found', username: 'local', ...empty });
        }
    });

    test("what isn't there, or is another user's, is undefined", async () => {
        await all().getOrCreate('mine');
        for (const reference of ['nothing', 'stranger~mine', '~', '__proto__', 'constructor']) {
            expect(await one(reference).get()).toBeUndefined();
        }
        expect(await local.outcome(`/${kind}/nothing`)).toEqual([404, 'record-not-found']);
    });

    test('dates are ISO times, and a change moves modifiedAt', async () => {
        const created = await all().getOrCreate();
        expect(created.createdAt).toBeInstanceOf(Date);
        const renamed = await one(created.id).update({ name: 'now-named' });
        expect(renamed.modifiedAt.getTime()).toBeGreaterThanOrEqual(created.modifiedAt.getTime());
        expect(renamed.createdAt).toEqual(created.createdAt);
    });

    test('a new name is known at once and the old one no more', async () => {
        const { id } = await all().getOrCreate('before');
        expect(await one(id).update({ name: 'after' })).toMatchObject({ id, name: 'after' });
        expect(await one('after').get()).toMatchObject({ id });
        expect(await one('before').get()).toBeUndefined();
    });

    test('a name can be taken away, and keeping it is no conflict', async () => {
        const { id } = await all().getOrCreate('for-a-while');
        expect(await one(id).update({ name: 'for-a-while' })).toMatchObject({ name: 'for-a-while' });
        const body = JSON.stringify({ name: null });
        expect(await local.outcome(`/${kind}/${id}`, { method: 'PUT', body })).toEqual([200, undefined]);
        expect((await one(id).get())?.name).toBeNull();
    });

    test('a name that another has is refused with 409', async () => {
        await all().getOrCreate('taken');
        const { id } = await all().getOrCreate();
        await expect(one(id).update({ name: 'taken' })).rejects.toMatchObject({ statusCode: 409 });
        expect((await one(id).get())?.name).toBeNull();
    });

    test.each(['a b', '-a', 'a-', 'a_b', 'ä', 'x'.repeat(64), 'a~b', '../up'])("'%s' is no name", async (name) => {
        const query = new URLSearchParams({ name });
        expect(await local.outcome(`/${kind}?${query}`, { method: 'POST' })).toEqual([400, 'invalid-value']);
        const { id } = await all().getOrCreate();
        await expect(one(id).update({ name })).rejects.toMatchObject({ statusCode: 400 });
    });

    test('deleting answers 204, then 404', async () => {
        const { id } = await all().getOrCreate('short-lived');
        const init = { method: 'DELETE' };
        expect(await local.outcome(`/${kind}/short-lived`, init)).toEqual([204, undefined]);
        expect(await local.outcome(`/${kind}/${id}`, init)).toEqual([404, 'record-not-found']);
        await expect(one(id).delete()).resolves.toBeUndefined();
        expect((await all().getOrCreate('short-lived')).id).not.toBe(id);
    });
});

describe('lists of storages', () => {
    let own: TestPlatform;
    let ids: string[];

    beforeAll(async () => {
        own = await TestPlatform.open();
        ids = [];
        for (const name of ['a', undefined, 'b', 'c']) {
            ids.push((await own.client.datasets().getOrCreate(name)).id);
        }
    });
    afterAll(async () => own.close());

    test.each<[StorageCollectionListOptions, places: number[], total: number]>([
        [{}, [0, 2, 3], 3],
        [{ unnamed: true }, [0, 1, 2, 3], 4],
        [{ unnamed: true, desc: true }, [3, 2, 1, 0], 4],
        [{ unnamed: true, offset: 1, limit: 2 }, [1, 2], 4],
        [{ unnamed: true, desc: true, offset: 1, limit: 2 }, [2, 1], 4],
        [{ offset: 9 }, [], 3],
        [{ ownership: 'ownedByMe' as StorageCollectionListOptions['ownership'] & string }, [0, 2, 3], 3],
        [{ ownership: 'sharedWithMe' as StorageCollectionListOptions['ownership'] & string }, [], 0],
    ])('%j lists %j of %i', async (options, places, total) => {
        const page = await own.client.datasets().list(options);
        expect(page.items.map(({ id }) => id)).toEqual(places.map((place) => ids[place]));
        expect(page).toMatchObject({ total, count: places.length, offset: options.offset ?? 0 });
        expect(page.desc).toBe(options.desc ?? false);
    });

    test.each([
        ['unnamed=1&desc=1', 4],
        ['unnamed=true&desc=false', 4],
        ['unnamed=0', 3],
        ['unnamed=false', 3],
    ])('booleans are understood in %s', async (query, count) => {
        const { data } = (await (await own.fetch(`/datasets?${query}`)).json()) as { data: { count: number } };
        expect(data.count).toBe(count);
    });

    test('a limit above 1,000 counts as 1,000, and a malformed one is refused', async () => {
        const { data } = (await (await own.fetch('/datasets?limit=5000')).json()) as { data: { limit: number } };
        expect(data.limit).toBe(1_000);
        expect(await own.outcome('/datasets?limit=many')).toEqual([400, 'invalid-value']);
        expect(await own.outcome('/datasets?desc=2')).toEqual([400, 'invalid-value']);
    });
});
