import { tmpdir } from 'node:os';

import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';

import { compiled } from '../../base/paths.js';
import { openSecondPlatform } from '../fixtures/second-platform.js';
import { removeTemporaryDirectories, temporaryDirectory } from '../fixtures/temporary-directory.js';
import { clientOf, TestPlatform } from '../fixtures/test-platform.js';
import type { LogLine } from '../index.js';
import { isAlive } from '../../base/is-alive.js';

let local: TestPlatform;
const strays: number[] = [];

beforeAll(async () => {
    const machine = {
        ...process.env,
        HTTP_PROXY: 'http://proxy.example:1',
        https_proxy: 'http://proxy.example:1',
        ALL_PROXY: 'http://proxy.example:1',
        NODE_OPTIONS: '--no-warnings',
        APIFY_TOKEN: 'of somebody',
        CRAWLEE_STORAGE_DIR: '/elsewhere',
        npm_config_proxy: 'http://proxy.example:1',
    };
    local = await TestPlatform.open({ machine, settings: { systemInfoIntervalMillis: 50 } });
});
afterEach(() => {
    removeTemporaryDirectories();
    for (const pid of strays.splice(0)) if (isAlive(pid)) process.kill(pid, 'SIGKILL');
});
afterAll(async () => local.close());

describe("the Actor's environment", () => {
    test('says what the platform sets, and nothing of the machine but its essentials', async () => {
        const run = await local.startProbe({
            memoryMbytes: 512,
            timeoutSecs: 60,
            maxItems: 7,
            maxTotalChargeUsd: 0.5,
            env: { OWN: 'yes' },
        });
        const environment = await local.order<Record<string, string>>(run, '/environment');
        const foreign = ['HTTP_PROXY', 'https_proxy', 'ALL_PROXY', 'CRAWLEE_STORAGE_DIR', 'npm_config_proxy'];
        for (const name of foreign) expect(environment).not.toHaveProperty(name);
        expect(environment.NODE_OPTIONS).not.toMatch(/no-warnings/);
        expect(Object.keys(environment).filter((name) => /^(npm|vitest)/i.test(name))).toEqual([]);
        expect(environment).toMatchObject({
            OWN: 'yes',
            APIFY_IS_AT_HOME: '1',
            APIFY_API_BASE_URL: local.platform.baseUrl,
            // The Apify CLI reads this one.
            APIFY_CLIENT_BASE_URL: local.platform.baseUrl,
            ACTOR_RUN_ID: run.id,
            APIFY_ACTOR_RUN_ID: run.id,
            ACTOR_DEFAULT_DATASET_ID: run.record.datasetId,
            APIFY_DEFAULT_DATASET_ID: run.record.datasetId,
            ACTOR_DEFAULT_KEY_VALUE_STORE_ID: run.record.keyValueStoreId,
            ACTOR_DEFAULT_REQUEST_QUEUE_ID: run.record.requestQueueId,
            APIFY_META_ORIGIN: 'DEVELOPMENT',
            ACTOR_STANDBY_PORT: environment.ACTOR_WEB_SERVER_PORT,
            ACTOR_MEMORY_MBYTES: '512',
            ACTOR_MAX_PAID_DATASET_ITEMS: '7',
            ACTOR_MAX_TOTAL_CHARGE_USD: '0.5',
            ACTOR_STARTED_AT: new Date(run.record.startedAt).toISOString(),
            ACTOR_TIMEOUT_AT: new Date(run.record.startedAt + 60_000).toISOString(),
        });
        expect(environment.APIFY_TOKEN).not.toBe('of somebody');
        expect(environment.APIFY_TOKEN).not.toBe(local.platform.token);
        expect(environment.APIFY_PROXY_STATUS_URL).toMatch(/^http:\/\/127\.0\.0\.1:/);
        expect(await (await fetch(environment.APIFY_PROXY_STATUS_URL!)).json()).toMatchObject({ connected: true });
        run.abort();
        await run.finished();
    });

    test('has no timeout and no limits when the run has none', async () => {
        const run = await local.startProbe({ timeoutSecs: 0 });
        const environment = await local.order<object>(run, '/environment');
        expect(Object.keys(environment).filter((name) => /TIMEOUT_AT|_MAX_/.test(name))).toEqual([]);
        run.abort();
        await run.finished();
    });
});

test('a process is told what it uses: systemInfo, and so is whoever looks at the run', async () => {
    const run = await local.startProbe();
    await local.until(() => local.json(run, 'SYSTEM-INFO') !== undefined);
    expect(local.json(run, 'SYSTEM-INFO')).toMatchObject({
        cpuCurrentUsage: expect.any(Number),
        memCurrentBytes: expect.any(Number),
        isCpuOverloaded: false,
    });
    const { stats } = (await local.client.run(run.id).get())!;
    expect(stats).toMatchObject({ cpuMaxUsage: expect.any(Number), memAvgBytes: expect.any(Number) });
    expect(stats.memMaxBytes).toBeGreaterThan(1_000_000);
    run.abort();
    await run.finished();
});

test('lines of both outputs are passed on with run, process and time, the last before the end', async () => {
    const lines: LogLine[] = [];
    local.platform.on('entry', (entry) => {
        if (entry.type === 'line') lines.push(entry);
    });
    const script = 'console.log("out"); console.error("err"); process.stdout.write("a\\r\\n\\nlast");';
    const command: [string, ...string[]] = [process.execPath, '-e', script];
    const run = await local.platform.start(local.platform.define({ name: 'speaks', command, cwd: tmpdir() }));
    await run.finished();
    const own = lines.filter(({ runId }) => runId === run.id);
    expect(own.map(({ text }) => text).toSorted()).toEqual(['', 'a', 'err', 'last', 'out']);
    for (const { incarnation, at } of own) expect([incarnation, at <= Date.now()]).toEqual([1, true]);
});

describe('the end of a platform', () => {
    test('ends its Actors, gives the port back and lets nobody in any more', async () => {
        const other = await TestPlatform.open();
        const run = await other.startProbe();
        const { pid } = run;
        const { baseUrl } = other.platform;
        await Promise.all([other.close(), other.close()]);
        expect(isAlive(pid!)).toBe(false);
        await expect(fetch(baseUrl)).rejects.toThrow('fetch failed');
        expect(() => other.platform.baseUrl).toThrow('not running');
    });

    test('by SIGKILL ends its Actors, too, and the next one calls their runs aborted', async () => {
        const dir = temporaryDirectory();
        const second = await openSecondPlatform(dir, compiled('src/platform/fixtures/probe-actor.js'));
        const client = clientOf(second);
        const run = await client.actor(second.actorId!).start();
        const store = client.keyValueStore(run.defaultKeyValueStoreId);
        const up = await vi.waitUntil(async () => store.getRecord('UP'), { timeout: 10_000, interval: 50 });
        const { pid } = up.value as { pid: number };
        const { containerUrl } = (await client.run(run.id).get())!;
        const response = await fetch(`${containerUrl}/grandchild`, { method: 'POST', body: '{"detached":true}' });
        const grandchild = ((await response.json()) as { pid: number }).pid;
        strays.push(pid, grandchild);
        await second.kill();
        await vi.waitUntil(() => !isAlive(pid) && !isAlive(grandchild), { timeout: 60_000 });
        const next = await TestPlatform.open({ dir });
        expect(await next.client.run(run.id).get()).toMatchObject({
            status: 'ABORTED',
            statusMessage: 'The platform was stopped while this run was running.',
        });
        expect((await next.client.keyValueStore(run.defaultKeyValueStoreId).getRecord('UP'))?.value).toMatchObject({
            pid,
        });
        await next.platform.close();
    });
});

test('named storages outlive the run that made them, and the platform', async () => {
    const dir = temporaryDirectory();
    const first = await TestPlatform.open({ dir });
    const run = await first.startProbe();
    await first.callFrom(run, 'POST', '/datasets?name=results');
    await first.callFrom(run, 'POST', '/datasets/results/items', '[{"n":1}]');
    await first.platform.close();
    const second = await TestPlatform.open({ dir });
    expect((await second.client.dataset('results').listItems()).items).toEqual([{ n: 1 }]);
    expect(await second.client.dataset(run.record.datasetId).get()).toMatchObject({ actRunId: run.id });
    await second.platform.close();
});

test('a token of a run opens nothing once another platform has the directory', async () => {
    const dir = temporaryDirectory();
    const first = await TestPlatform.open({ dir });
    const run = await first.startProbe();
    const { APIFY_TOKEN: token } = await first.order<Record<string, string>>(run, '/environment');
    await first.platform.close();
    const second = await TestPlatform.open({ dir });
    const stranger = clientOf({ baseUrl: second.platform.baseUrl, token: token! });
    await expect(stranger.user('me').get()).rejects.toMatchObject({ statusCode: 401 });
    await second.platform.close();
});
