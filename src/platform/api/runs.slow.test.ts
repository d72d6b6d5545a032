import { once } from 'node:events';
import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';

import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { TestPlatform } from '../fixtures/test-platform.js';
import type { RunProcess } from '../index.js';

let local: TestPlatform;

beforeAll(async () => {
    local = await TestPlatform.open({ settings: { maxWaitForFinishSecs: 1 } });
    local.defineProbe('to-start');
    local.defineProbe('to-fail', { PROBE_EXIT_AT_START: '3' });
});
afterAll(async () => local.close());

async function started(id: string): Promise<RunProcess> {
    const run = await local.platform.run(id);
    await local.isUp(run);
    return run;
}

describe('starting an Actor', () => {
    test('answers 201 with a run that is running, its storages made and its input stored', async () => {
        const { id: actorId } = local.defineProbe('with-input');
        const response = await local.fetch(`/actors/${actorId}/runs?memory=512&timeout=600`, {
            method: 'POST',
            headers: { 'content-type': 'application/json' },
            body: '{ "keyword": "phone" }',
        });
        expect(response.status).toBe(201);
        const { data } = (await response.json()) as { data: Record<string, string> };
        expect(data).toMatchObject({
            actId: actorId,
            status: 'RUNNING',
            finishedAt: null,
            exitCode: null,
            options: { memoryMbytes: 512, timeoutSecs: 600, restartOnError: false },
            stats: { migrationCount: 0, rebootCount: 0, restartCount: 0, resurrectCount: 0, inputBodyLen: 22 },
        });
        const store = local.client.keyValueStore(data.defaultKeyValueStoreId!);
        expect(await store.getRecord('INPUT')).toMatchObject({
            value: { keyword: 'phone' },
            contentType: 'application/json',
        });
        expect(await store.get()).toMatchObject({ actRunId: data.id, name: null });
        expect(await local.client.dataset(data.defaultDatasetId!).get()).toMatchObject({ actRunId: data.id });
        expect(await local.client.requestQueue(data.defaultRequestQueueId!).get()).toMatchObject({ actRunId: data.id });
    });

    test('takes the Actor by id, user~name or name, and under the older /acts', async () => {
        const { id } = local.defineProbe('by-name', { PROBE_EXIT_AT_START: '0' });
        for (const reference of [id, 'local~by-name', '~by-name', 'by-name']) {
            expect(await local.client.actor(reference).get()).toMatchObject({ id, name: 'by-name' });
            for (const path of ['actors', 'acts']) {
                expect((await local.fetch(`/${path}/${reference}/runs`, { method: 'POST' })).status).toBe(201);
            }
        }
        expect((await local.client.actor('by-name').runs().list()).total).toBe(8);
        expect(await local.client.actor('nothing').get()).toBeUndefined();
        expect(await local.outcome('/actors/nothing/runs', { method: 'POST' })).toEqual([404, 'record-not-found']);
    });

    test('without an input makes no record INPUT', async () => {
        const run = await local.client.actor('to-fail').start();
        expect(await local.client.keyValueStore(run.defaultKeyValueStoreId).getRecord('INPUT')).toBeUndefined();
    });

    test.each(['timeout=-1', 'memory=1', 'timeout=x', 'restartOnError=maybe'])('with %s is refused', async (query) => {
        const outcome = await local.outcome(`/actors/to-start/runs?${query}`, { method: 'POST' });
        expect(outcome).toEqual([400, 'invalid-value']);
    });

    test('with a timeout beyond all dates starts all the same', async () => {
        const outcome = await local.outcome('/actors/to-fail/runs?timeout=9000000000000000', { method: 'POST' });
        expect(outcome).toEqual([201, undefined]);
    });

    test('whose program is not there fails the run and says so in the log', async () => {
        local.platform.define({ name: 'no-program', command: ['no-such-program-anywhere'], cwd: '.' });
        const run = await local.client.actor('no-program').start();
        expect(run.status).toBe('FAILED');
        expect(await local.client.run(run.id).log().get()).toContain("'no-such-program-anywhere' can't be started");
    });
});

describe('waiting for a run', () => {
    test('call waits for the end and brings the exit code', async () => {
        const run = await local.client.actor('to-fail').call(undefined, { log: null });
        expect(run).toMatchObject({ status: 'FAILED', exitCode: 3 });
        expect(run.finishedAt!.getTime()).toBeGreaterThanOrEqual(run.startedAt.getTime());
        expect(run.stats.durationMillis).toBe(run.finishedAt!.getTime() - run.startedAt.getTime());
    });

    test('waitForFinish is answered when the run ends', async () => {
        const { id } = await local.client.actor('to-start').start();
        const run = await started(id);
        const waiting = local.client.run(id).waitForFinish();
        await local.lastOrder(run, '/exit', { code: 0 });
        expect(await waiting).toMatchObject({ status: 'SUCCEEDED', exitCode: 0 });
    });

    test('waitForFinish is capped, and leaves nothing behind however often it is asked for', async () => {
        const { id } = await local.client.actor('to-start').start();
        const run = await started(id);
        const before = run.listenerCount('ended');
        const waits = Array.from({ length: 12 }, async () => local.client.run(id).get({ waitForFinish: 999_999 }));
        for (const answer of await Promise.all(waits)) expect(answer?.status).toBe('RUNNING');
        expect(run.listenerCount('ended')).toBe(before);
        run.abort();
        await run.finished();
    });

    test('a run that is not there is undefined', async () => {
        expect(await local.client.run('nothing').get({ waitForFinish: 1 })).toBeUndefined();
        expect(await local.client.run('nothing').log().get()).toBeUndefined();
        for (const call of ['reboot', 'abort', 'resurrect', 'metamorph?targetActorId=to-start']) {
            const outcome = await local.outcome(`/actor-runs/nothing/${call}`, { method: 'POST' });
            expect(outcome).toEqual([404, 'record-not-found']);
        }
    });
});

test('a status message is kept, and one that is not terminal replaces one that was', async () => {
    const { id } = await local.client.actor('to-fail').call(undefined, { log: null });
    const run = local.client.run(id);
    expect(await run.update({ statusMessage: 'done', isStatusMessageTerminal: true })).toMatchObject({
        statusMessage: 'done',
        isStatusMessageTerminal: true,
    });
    await run.update({ statusMessage: 'not quite' });
    expect(await run.get()).toMatchObject({ statusMessage: 'not quite', isStatusMessageTerminal: false });
    const init = { method: 'PUT', body: '{"statusMessage":1}' };
    expect(await local.outcome(`/actor-runs/${id}`, init)).toEqual([400, 'invalid-input']);
});

test('runs are listed in order, all or those of an Actor, also by status and start', async () => {
    const own = await TestPlatform.open();
    try {
        const ids: string[] = [];
        for (const code of ['0', '1', '0']) {
            own.defineProbe(`exits-${code}`, { PROBE_EXIT_AT_START: code });
            ids.push((await own.client.actor(`exits-${code}`).call(undefined, { log: null })).id);
        }
        const listed = async (options = {}): Promise<string[]> =>
            (await own.client.runs().list(options)).items.map(({ id }) => id);
        expect(await listed()).toEqual(ids);
        expect(await listed({ desc: true, limit: 2 })).toEqual([ids[2], ids[1]]);
        expect(await listed({ status: 'FAILED' })).toEqual([ids[1]]);
        const { startedAt } = (await own.client.run(ids[1]!).get())!;
        expect(await listed({ startedAfter: startedAt })).toEqual([ids[1], ids[2]]);
        expect(await listed({ startedBefore: startedAt })).toEqual([ids[0], ids[1]]);
        expect((await own.client.actor('exits-1').runs().list()).items.map(({ id }) => id)).toEqual([ids[1]]);
    } finally {
        await own.close();
    }
});

describe('the log', () => {
    const LINE = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z /;

    test('keeps each line with its time, under the run and under /logs', async () => {
        const { id } = await local.client.actor('to-fail').call(undefined, { log: null });
        const log = (await local.client.run(id).log().get())!;
        expect(log.split('\n')[0]).toMatch(LINE);
        expect(log.replace(LINE, '')).toBe(`incarnation of ${id} started\n`);
        expect(await local.client.log(id).get()).toBe(log);
        expect(await (await local.fetch(`/actor-runs/${id}/log`)).text()).toBe(log);
    });

    test('is streamed from the first line to the end of the run, each line once', async () => {
        const { id } = await local.client.actor('to-start').start();
        const run = await started(id);
        const lines = Array.from({ length: 2_000 }, (_, n) => `line ${n}`);
        await local.order(run, '/print', { text: `${lines.slice(0, 1_000).join('\n')}\n` });
        const streams = (await Promise.all(
            [1, 2, 3].map(async () => local.client.run(id).log().stream()),
        )) as unknown as Readable[];
        const texts = Promise.all(streams.map(async (stream) => text(stream)));
        await local.order(run, '/print', { text: `${lines.slice(1_000).join('\n')}\n` });
        await local.lastOrder(run, '/exit', { code: 0 });
        for (const log of await texts) {
            const printed = log
                .trimEnd()
                .split('\n')
                .map((line) => line.replace(LINE, ''));
            expect(printed).toEqual([`incarnation of ${id} started`, ...lines]);
        }
    });

    test('can be left while it is being streamed', async () => {
        const { id } = await local.client.actor('to-start').start();
        const run = await started(id);
        const stream = (await local.client.run(id).log().stream()) as unknown as Readable;
        await once(stream, 'data');
        stream.destroy();
        await local.order(run, '/print', { text: 'still here\n' });
        await local.lastOrder(run, '/exit', { code: 0 });
        await run.finished();
        expect(await local.client.log(id).get()).toContain(' still here\n');
    });

    test('keeps a last line without a line break, and cuts one that is endless', async () => {
        const { id } = await local.client.actor('to-start').start();
        const run = await started(id);
        await local.order(run, '/print', { text: `${'x'.repeat(200_000)}\nno break` });
        await local.lastOrder(run, '/exit', { code: 0 });
        await run.finished();
        const lines = (await local.client.log(id).get())!.split('\n');
        expect(lines.at(-2)).toMatch(/ no break$/);
        expect(lines.at(-3)!.length).toBeLessThan(70_000);
    });
});
