import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { Dataset, type DatasetItem } from '../../trace/dataset.js';
import { TestPlatform } from '../fixtures/test-platform.js';
import { itemWriter } from './item-export.js';
import { readSelection } from './item-selection.js';
import { lookThrough, written } from './item-stream.js';
import { Query } from './query.js';

const ITEMS = fc.array(
    fc.record(
        { n: fc.integer(), '#hidden': fc.string(), list: fc.array(fc.record({ a: fc.string() }), { maxLength: 3 }) },
        { requiredKeys: [] },
    ),
    { maxLength: 70 },
);
const QUERY = fc
    .record(
        {
            format: fc.constantFrom('json', 'jsonl', 'csv', 'html', 'xml', 'rss'),
            offset: fc.constantFrom('1', '30'),
            limit: fc.constantFrom('1', '25', '60'),
            desc: fc.constant('1'),
            clean: fc.constant('1'),
            skipEmpty: fc.constant('1'),
            unwind: fc.constant('list'),
            fields: fc.constant('n,a'),
        },
        { requiredKeys: ['format'] },
    )
    .map((fields) => new Query(new URLSearchParams(fields)));

describe('a page written in portions', () => {
    test('is the page written as a whole, and its items are counted', async () => {
        await fc.assert(
            fc.asyncProperty(ITEMS, QUERY, async (items: DatasetItem[], query) => {
                const dataset = new Dataset();
                for (const item of items) dataset.push([item], 1);
                const format = query.string('format')!;
                const selection = readSelection(query, items.length);
                const page = items.slice(selection.first, selection.end);
                const whole = selection.reshape(selection.isDescending ? page.reverse() : page);
                const { writer: expected } = itemWriter(format, query);
                for (const item of whole) expected.look?.(item);
                const text = [expected.begin(), ...whole.map((item, n) => expected.item(item, n)), expected.end].join(
                    '',
                );

                const { writer } = itemWriter(format, query);
                expect(await lookThrough(dataset, selection, writer)).toBe(whole.length);
                let inPortions = '';
                for await (const chunk of written(dataset, selection, writer)) inPortions += chunk;
                expect(inPortions).toBe(text);
            }),
        );
    });
});

describe('a dataset of some megabytes', () => {
    const rows = Array.from({ length: 20_000 }, (_, n) => ({ n, text: 'a row of some length '.repeat(5), ü: '€' }));
    let local: TestPlatform;
    let path: string;

    beforeAll(async () => {
        local = await TestPlatform.open();
        const { id } = await local.client.datasets().getOrCreate();
        path = `/datasets/${id}/items`;
        for (let n = 0; n < rows.length; n += 5_000) await local.client.dataset(id).pushItems(rows.slice(n, n + 5_000));
    });
    afterAll(async () => local.close());

    test('is sent bit by bit, and comes as it was pushed', async () => {
        const response = await local.fetch(path);
        expect(response.headers.get('content-length')).toBeNull();
        expect(response.headers.get('x-apify-pagination-count')).toBe('20000');
        expect(await response.json()).toEqual(rows);
    });

    test('is a table of a line a row', async () => {
        const lines = (await (await local.fetch(`${path}?format=csv&bom=0`)).text()).split('\n');
        expect(lines[0]).toBe('n,text,ü');
        expect(lines.slice(1, -1)).toEqual(rows.map(({ n, text, ü }) => `${n},${text},${ü}`));
    });

    test('does not change under a reader when more rows are pushed meanwhile', async () => {
        const response = await local.fetch(path);
        await local.fetch(path, { method: 'POST', body: '{"n":"new"}' });
        expect(await response.json()).toHaveLength(20_000);
    });

    test('is given up when its reader leaves, and can be read again', async () => {
        const controller = new AbortController();
        const response = await local.fetch(path, { signal: controller.signal });
        await response.body!.getReader().read();
        controller.abort();
        expect(await (await local.fetch(`${path}?limit=20000`)).json()).toEqual(rows);
    });
});
