import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';

import { TestPlatform } from '../fixtures/test-platform.js';
import type { RunProcess } from '../index.js';

/** Longer than any test takes. */
const LAG = 3_600_000;

let local: TestPlatform;
let run: RunProcess;
let id: string;

async function openWithRows(): Promise<void> {
    local = await TestPlatform.open({ settings: { datasetReadLagMillis: LAG } });
    run = await local.startProbe();
    id = run.record.datasetId;
    // Two rows that have been there for long enough, and then two that have not.
    const old = Date.now() - LAG - 1_000;
    local.platform.store.commit({ type: 'items.pushed', id, items: [{ n: 1 }, { '#n': 2 }] }, old);
    await local.client.dataset(id).pushItems([{ n: 3 }, { n: 4 }]);
}

describe('a row that was pushed a moment ago, where reads lag,', () => {
    beforeAll(openWithRows);
    afterAll(async () => local.close());

    test('is not among the items, in whatever order they are asked for, nor in their number', async () => {
        const dataset = local.client.dataset(id);

        expect(await dataset.listItems()).toMatchObject({ items: [{ n: 1 }, { '#n': 2 }], total: 2 });
        expect(await dataset.listItems({ desc: true, limit: 1 })).toMatchObject({ items: [{ '#n': 2 }], total: 2 });
        expect(await dataset.listItems({ offset: 2 })).toMatchObject({ items: [], total: 2 });
        const head = await local.fetch(`/datasets/${id}/items`, { method: 'HEAD' });
        expect(head.headers.get('x-apify-pagination-total')).toBe('2');
    });

    test('is in no export', async () => {
        const response = await local.fetch(`/datasets/${id}/items?format=jsonl&fields=n`);
        expect(await response.text()).toBe('{"n":1}\n{}\n');
    });

    test('is counted neither in the dataset nor in the list of datasets', async () => {
        const counts = { itemCount: 2, cleanItemCount: 1 };

        expect(await local.client.dataset(id).get()).toMatchObject(counts);
        expect((await local.client.datasets().list({ unnamed: true })).items).toMatchObject([{ id, ...counts }]);
    });

    test.each([
        ['its run', () => `/actor-runs/${run.id}/dataset/items`],
        ['the last run of its Actor', () => `/actors/${run.record.actorId}/runs/last/dataset/items`],
    ])('is not below %s', async (_where, path) => {
        expect(await (await local.fetch(path())).json()).toEqual([{ n: 1 }, { '#n': 2 }]);
    });

    test('is stored all the same', () => {
        const { content } = local.platform.store.find('datasets', id);
        expect(content.items).toEqual([{ n: 1 }, { '#n': 2 }, { n: 3 }, { n: 4 }]);
    });
});

/** Opens the same data again, with another lag. */
async function reopen(datasetReadLagMillis: number): Promise<void> {
    const { dir } = local.platform;
    await local.platform.close();
    local = await TestPlatform.open({ dir, settings: { datasetReadLagMillis } });
}

const shownRows = async (): Promise<number> => (await local.client.dataset(id).listItems()).items.length;

describe('data that is opened again', () => {
    beforeEach(openWithRows);
    afterEach(async () => local.close());

    test('knows when each row was pushed', async () => {
        await reopen(LAG);
        expect(await shownRows()).toBe(2);

        await reopen(0);
        expect(await shownRows()).toBe(4);
    });

    test('shows a row once its time is over', async () => {
        await reopen(500);
        let pushedAt = 0;
        local.platform.on('entry', (entry) => {
            if (entry.type === 'items.pushed') pushedAt = entry.at;
        });
        await local.client.dataset(id).pushItems({ n: 5 });
        let shown = await shownRows();
        while (shown < 5) shown = await shownRows();

        expect(Date.now() - pushedAt).toBeGreaterThanOrEqual(500);
    });
});
