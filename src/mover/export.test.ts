import { spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';

import { MemoryStorage } from 'crawlee';
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';

import { unfinishedBeside } from '../base/unfinished.js';
import { TestPlatform } from '../platform/fixtures/test-platform.js';
import { requestId } from '../platform/ids.js';
import type { RunProcess } from '../platform/index.js';
import { exportDirectory, exportStorages } from './export.js';
import { recordFile } from './export-files.js';

let local: TestPlatform;
let run: RunProcess;
let to: string;

beforeAll(async () => {
    local = await TestPlatform.open();
    run = await local.startProbe({ input: { start: 'here' } });
    const { client } = local;
    await client.dataset(run.record.datasetId).pushItems([{ n: 1 }, { n: 2, text: 'ü' }]);
    const named = await client.datasets().getOrCreate('found');
    await client.dataset(named.id).pushItems({ n: 3 });
    const store = client.keyValueStore(run.record.keyValueStoreId);
    await store.setRecord({ key: 'OUTPUT', value: { done: true } });
    await store.setRecord({ key: 'page.html', value: '<p>', contentType: 'text/html' });
    await store.setRecord({
        key: 'bytes',
        value: Buffer.from([1, 2, 3]) as never,
        contentType: 'application/octet-stream',
    });
    const queue = client.requestQueue(run.record.requestQueueId);
    await queue.batchAddRequests(['a', 'b', 'c'].map((uniqueKey) => ({ uniqueKey, url: `http://x/${uniqueKey}` })));
    const { items } = await queue.listHead();
    await queue.updateRequest({ ...items[0]!, handledAt: new Date().toISOString() } as never);
    to = await mkdtemp(join(tmpdir(), 'export-'));
    await exportStorages(local.platform.store, to);
});

afterAll(async () => {
    run.abort();
    await run.finished();
    await local.close();
    await rm(to, { recursive: true, force: true });
});

describe('an export', () => {
    it('is laid out as apify run leaves its storages', async () => {
        expect((await readdir(join(to, 'datasets/default'))).sort()).toEqual(['000000001.json', '000000002.json']);
        expect(await readdir(join(to, 'datasets/found'))).toEqual(['000000001.json']);
        expect(await readdir(join(to, 'key_value_stores/default'))).toEqual(
            expect.arrayContaining(['INPUT.json', 'OUTPUT.json', 'page.html', 'bytes.bin']),
        );
        expect(await readdir(join(to, 'request_queues/default'))).toHaveLength(3);
        expect(JSON.parse(await readFile(join(to, 'datasets/default/000000002.json'), 'utf8'))).toEqual({
            n: 2,
            text: 'ü',
        });
        expect(await readFile(join(to, 'key_value_stores/default/bytes.bin'))).toEqual(Buffer.from([1, 2, 3]));
    });

    it("is read by Crawlee's own local storage", async () => {
        const storage = new MemoryStorage({ localDataDirectory: to, persistStorage: false });
        const { id: datasetId } = await storage.datasets().getOrCreate('default');
        const { id: storeId } = await storage.keyValueStores().getOrCreate('default');
        const { id: queueId } = await storage.requestQueues().getOrCreate('default');

        expect((await storage.dataset(datasetId).listItems()).items).toEqual([{ n: 1 }, { n: 2, text: 'ü' }]);
        expect(await storage.keyValueStore(storeId).getRecord('INPUT')).toMatchObject({ value: { start: 'here' } });
        expect(await storage.keyValueStore(storeId).getRecord('page')).toMatchObject({ value: '<p>' });
        const head = await storage.requestQueue(queueId).listHead({ limit: 10 });
        expect(head.items.map(({ uniqueKey }) => uniqueKey)).toEqual(['b', 'c']);
        expect(await storage.requestQueue(queueId).getRequest(requestId('a'))).toHaveProperty('handledAt');
    });

    it('replaces an earlier one as a whole, and nothing else', async () => {
        const before = await readdir(join(to, 'datasets'));
        await exportStorages(local.platform.store, to);
        expect(await readdir(join(to, 'datasets'))).toEqual(before);

        const other = await mkdtemp(join(tmpdir(), 'export-'));
        await writeFile(join(other, 'precious.txt'), 'x');
        await expect(exportStorages(local.platform.store, other)).rejects.toThrow(/holds 'precious.txt'/);
        expect(await readdir(other)).toEqual(['precious.txt']);
        await rm(other, { recursive: true });
    });

    it('keeps a named storage apart that is called like the own one, and loses no record', async () => {
        const { client } = local;
        const named = await client.datasets().getOrCreate('default');
        await client.dataset(named.id).pushItems({ from: 'named' });
        const { id } = await client.keyValueStores().getOrCreate('keys');
        const keys = ['k'.repeat(251), 'a', 'a.txt', 'CON', '_CON', 'case', 'CASE'];
        for (const key of keys) {
            await client.keyValueStore(id).setRecord({ key, value: key, contentType: 'text/plain' });
        }
        await exportStorages(local.platform.store, to);

        expect(await readdir(join(to, 'datasets/_default'))).toEqual(['000000001.json']);
        expect(await readdir(join(to, 'datasets/default'))).toHaveLength(2);
        const files = await readdir(join(to, 'key_value_stores/keys'));
        const contents = await Promise.all(
            files.map(async (file) => readFile(join(to, 'key_value_stores/keys', file), 'utf8')),
        );
        expect(contents.sort()).toEqual(keys.toSorted());
    });

    it('removes what an earlier one has left that was killed', async () => {
        const { pid } = spawnSync(process.execPath, ['-e', '']);
        const left = unfinishedBeside(to).replace(/\d+$/, String(pid));
        await mkdir(join(left, 'datasets'), { recursive: true });

        await exportStorages(local.platform.store, to);

        expect((await readdir(dirname(to))).filter((name) => name.startsWith(`${basename(to)}.`))).toEqual([]);
    });

    it('that fails leaves nothing behind, and what was there before as it was', async () => {
        const before = await readdir(to, { recursive: true });
        vi.spyOn(local.platform.store, 'bytesOf').mockImplementation(() => {
            throw new Error('No space is left.');
        });
        onTestFinished(() => {
            vi.restoreAllMocks();
        });

        await expect(exportStorages(local.platform.store, to)).rejects.toThrow('No space is left.');
        expect(await readdir(to, { recursive: true })).toEqual(before);
        expect((await readdir(dirname(to))).filter((name) => name.startsWith(`${basename(to)}.`))).toEqual([]);
    });

    it('is refused for a folder that is no data directory, and for one in use', async () => {
        await expect(exportDirectory(tmpdir(), to)).rejects.toThrow(/is no data directory/);
        await expect(exportDirectory(local.platform.dir, to)).rejects.toThrow(/is held by process/);
    });
});

it.each([
    ['OUTPUT', 'application/json; charset=utf-8', 'OUTPUT.json'],
    ['data.json', 'application/json', 'data.json'],
    ['shot.jpg', 'image/jpeg', 'shot.jpg'],
    ['shot', 'image/jpeg', 'shot.jpeg'],
    ['v1.2', 'text/plain', 'v1.2.txt'],
    ['page.html', 'text/plain', 'page.html.txt'],
    ['x', 'application/x-own', 'x.bin'],
    ['CON', 'text/plain', '_CON.txt'],
])('record %s of type %s goes to %s', (key, contentType, file) => {
    expect(recordFile(key, contentType)).toBe(file);
});
