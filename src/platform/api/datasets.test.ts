import { DownloadItemsFormat } from 'apify-client';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { TestPlatform } from '../fixtures/test-platform.js';
import { NO_LIMIT } from './item-selection.js';

let local: TestPlatform;

beforeAll(async () => {
    local = await TestPlatform.open();
});
afterAll(async () => local.close());

const newDataset = async () => local.client.dataset((await local.client.datasets().getOrCreate()).id);

test('one item and many are added in order, and the answer is 201', async () => {
    const dataset = await newDataset();
    await dataset.pushItems({ n: 1 });
    await dataset.pushItems([{ n: 2 }, { n: 3 }]);
    const init = { method: 'POST', body: '[{"n":4}]' };
    expect(await local.outcome(`/datasets/${dataset.id}/items`, init)).toEqual([201, undefined]);
    expect((await dataset.listItems()).items).toEqual([{ n: 1 }, { n: 2 }, { n: 3 }, { n: 4 }]);
    expect(await dataset.get()).toMatchObject({ itemCount: 4 });
});

test('items without any field that is not hidden count as items, and not as clean ones', async () => {
    const dataset = await newDataset();
    await dataset.pushItems([{ n: 1, '#debug': 1 }, { '#debug': 1 }, {}]);
    expect(await dataset.get()).toMatchObject({ itemCount: 3, cleanItemCount: 1 });
});

test('a push that is refused adds none of its items', async () => {
    const dataset = await newDataset();
    const init = { method: 'POST', body: '[{"n":1},null]' };
    expect(await local.outcome(`/datasets/${dataset.id}/items`, init)).toEqual([400, 'invalid-input']);
    expect((await dataset.listItems()).items).toEqual([]);
});

test('items come back as they were pushed, whatever is in them', async () => {
    const dataset = await newDataset();
    const items = [
        { text: 'ü\u2028"\\\n🙂', nothing: null, list: [1, [2]], deep: { a: { b: false } }, '': 0 },
        JSON.parse('{"__proto__":{"polluted":true},"constructor":1}') as Record<string, unknown>,
        {},
    ];
    await dataset.pushItems(items);
    const response = await local.fetch(`/datasets/${dataset.id}/items`);
    expect(JSON.stringify(await response.json())).toBe(JSON.stringify(items));
});

test.each<[options: { offset?: number; limit?: number; desc?: boolean }, expected: number[], offset: number]>([
    [{}, [0, 1, 2, 3, 4], 0],
    [{ offset: 1, limit: 2 }, [1, 2], 1],
    [{ desc: true, limit: 2 }, [4, 3], 0],
    [{ desc: true, offset: 1, limit: 1 }, [3], 1],
    [{ offset: 5 }, [], 5],
])('a page %j holds %j', async (options, expected, offset) => {
    const dataset = await newDataset();
    await dataset.pushItems([0, 1, 2, 3, 4].map((n) => ({ n })));
    const page = await dataset.listItems(options);
    expect(page.items.map(({ n }) => n)).toEqual(expected);
    expect(page).toMatchObject({ total: 5, offset, count: expected.length, desc: options.desc ?? false });
    expect(page.limit).toBe(options.limit ?? NO_LIMIT);
});

test('the page is described in headers, also for HEAD', async () => {
    const dataset = await newDataset();
    await dataset.pushItems([{ n: 1 }, { n: 2 }]);
    for (const method of ['GET', 'HEAD']) {
        const { headers } = await local.fetch(`/datasets/${dataset.id}/items?offset=1&limit=5`, { method });
        expect(headers.get('x-apify-pagination-total')).toBe('2');
        expect(headers.get('x-apify-pagination-offset')).toBe('1');
        expect(headers.get('x-apify-pagination-count')).toBe('1');
        expect(headers.get('x-apify-pagination-limit')).toBe('5');
        expect(headers.get('content-type')).toBe('application/json; charset=utf-8');
    }
});

test('the client walks through all pages', async () => {
    const dataset = await newDataset();
    await dataset.pushItems(Array.from({ length: 25 }, (_, n) => ({ n })));
    const seen: unknown[] = [];
    for await (const { n } of dataset.listItems({ chunkSize: 10 })) seen.push(n);
    expect(seen).toEqual(Array.from({ length: 25 }, (_, n) => n));
});

test('fields, clean and unwind reach the selection, and formats reach the export', async () => {
    const dataset = await newDataset();
    await dataset.pushItems([{ a: 1, b: 2, '#hidden': 3 }, {}]);
    expect((await dataset.listItems({ fields: ['a'] })).items).toEqual([{ a: 1 }, {}]);
    expect((await dataset.listItems({ clean: true })).items).toEqual([{ a: 1, b: 2 }]);
    expect((await dataset.downloadItems(DownloadItemsFormat.CSV, { bom: false, clean: true })).toString()).toMatch(
        /^"?a"?,"?b"?\r?\n/,
    );
    expect(await local.outcome(`/datasets/${dataset.id}/items?format=parquet`)).toEqual([400, 'invalid-value']);
});

test('an attachment says so', async () => {
    const dataset = await newDataset();
    const { headers } = await local.fetch(`/datasets/${dataset.id}/items?attachment=1`);
    expect(headers.get('content-disposition')).toBe('attachment');
});

test('items of a dataset that is not there get 404', async () => {
    expect(await local.outcome('/datasets/nothing/items')).toEqual([404, 'record-not-found']);
    const push = { method: 'POST', body: '{}' };
    expect(await local.outcome('/datasets/nothing/items', push)).toEqual([404, 'record-not-found']);
});

test('a push of several megabytes comes back whole', async () => {
    const dataset = await newDataset();
    const items = Array.from({ length: 3_000 }, (_, n) => ({ n, text: `${n} `.repeat(300) }));
    await dataset.pushItems(items);
    expect((await dataset.listItems()).items).toEqual(items);
});
