import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import { afterEach, expect, test } from 'vitest';

import { readSeedDataset, readSeedStorage } from './seed-files.js';

const made: string[] = [];
afterEach(() => made.splice(0).forEach((dir) => rmSync(dir, { recursive: true })));

function folder(files: Readonly<Record<string, string>>): string {
    const dir = mkdtempSync(join(tmpdir(), 'seeds-'));
    made.push(dir);
    for (const [name, content] of Object.entries(files)) {
        mkdirSync(dirname(join(dir, name)), { recursive: true });
        writeFileSync(join(dir, name), content);
    }
    return dir;
}

test.each([
    ['an array', '[{"n":1},{"n":2}]'],
    ['lines', '{"n":1}\n\n{"n":2}\n'],
])('rows are read from %s', async (_, content) => {
    const file = join(folder({ 'rows.json': content }), 'rows.json');
    const items = [{ n: 1 }, { n: 2 }];
    expect(await readSeedDataset(file)).toEqual({ kind: 'datasets', items });
    expect(await readSeedDataset(`products=${file}`)).toEqual({ kind: 'datasets', name: 'products', items });
});

test.each([
    ['is not there', undefined, /can't be read/],
    ['is no JSON', '[{', /is not valid JSON/],
    ['has a row that is no object', '[1]', /a row must be an object/],
])('a file of rows that %s is named', async (_, content, message) => {
    const dir = folder(content === undefined ? {} : { 'rows.json': content });
    await expect(readSeedDataset(join(dir, 'rows.json'))).rejects.toThrow(message);
});

test('storages are read as apify run leaves them, without the input', async () => {
    const request = { url: 'https://example.com/a', uniqueKey: 'a', handledAt: '2026-01-01T00:00:00.000Z' };
    const dir = folder({
        'datasets/products/000000002.json': '{"n":2}',
        'datasets/products/000000001.json': '{"n":1}',
        'datasets/products/__metadata__.json': '{}',
        'key_value_stores/default/INPUT.json': '{}',
        'key_value_stores/default/STATE.json': '{"next":1}',
        'key_value_stores/default/STATE.__metadata__.json': '{}',
        'key_value_stores/default/page.html': '<p>',
        'key_value_stores/default/raw': 'x',
        'request_queues/default/x.json': JSON.stringify({ orderNo: null, json: JSON.stringify(request) }),
        'request_queues/default/y.json': JSON.stringify({ orderNo: 2, json: '{"url":"https://example.com/2"}' }),
        'request_queues/default/z.json': JSON.stringify({ orderNo: 1, url: 'https://example.com/1' }),
    });
    expect(await readSeedStorage(dir)).toEqual([
        { kind: 'datasets', name: 'products', items: [{ n: 1 }, { n: 2 }] },
        {
            kind: 'key-value-stores',
            records: [
                { key: 'STATE', contentType: 'application/json; charset=utf-8', bytes: Buffer.from('{"next":1}') },
                { key: 'page', contentType: 'text/html; charset=utf-8', bytes: Buffer.from('<p>') },
                { key: 'raw', contentType: 'application/octet-stream', bytes: Buffer.from('x') },
            ],
        },
        {
            kind: 'request-queues',
            requests: [
                expect.objectContaining({ url: 'https://example.com/1', uniqueKey: 'https://example.com/1' }),
                { url: 'https://example.com/2', uniqueKey: 'https://example.com/2' },
                request,
            ],
        },
    ]);
});

test('a folder without storages is refused', async () => {
    await expect(readSeedStorage(folder({ 'main.js': '' }))).rejects.toThrow(
        /--seed-storage takes a folder with datasets, key_value_stores, request_queues/,
    );
});
