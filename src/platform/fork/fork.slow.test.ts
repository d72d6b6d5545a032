import { afterEach, describe, expect, test } from 'vitest';

import { stateAt, type Trace } from '../../trace/trace.js';
import { removeTemporaryDirectories, temporaryDirectory } from '../fixtures/temporary-directory.js';
import { TestPlatform } from '../fixtures/test-platform.js';
import { requestId } from '../ids.js';
import { NoForkError, readTraceOf, type RunProcess } from '../index.js';

const open: TestPlatform[] = [];

async function openPlatform(): Promise<TestPlatform> {
    const local = await TestPlatform.open({ dir: temporaryDirectory() });
    open.push(local);
    return local;
}

afterEach(async () => {
    for (const local of open.splice(0)) await local.platform.close();
    removeTemporaryDirectories();
});

/** Ends the original and goes on from an index of its trace, on a platform of its own. */
async function forkOf(
    local: TestPlatform,
    indexIn: (trace: Trace) => number = ({ entries }) => entries.length - 1,
): Promise<{ fork: TestPlatform; run: RunProcess; trace: Trace; index: number }> {
    local.platform.store.flush();
    const trace = readTraceOf(local.platform.dir);
    const index = indexIn(trace);
    const fork = await openPlatform();
    for (const { id, name, command } of trace.head.actors) {
        const [program, ...args] = command;
        fork.platform.define({ id, name, command: [program!, ...args], cwd: '.', env: { ANEW: 'yes' } });
    }
    return { fork, run: await fork.platform.fork(trace, index), trace, index };
}

describe('a fork', () => {
    test('goes on as after a crash: the run stays, nothing of an abort or a resurrection is recorded, calls are counted on', async () => {
        const local = await openPlatform();
        const before = await local.startProbe({ input: { keyword: 'phone' } });
        await local.callFrom(before, 'GET', `/actor-runs/${before.id}`);

        const { fork, run } = await forkOf(local);
        await fork.isUp(run);
        await fork.callFrom(run, 'GET', `/actor-runs/${run.id}`);

        expect(run.record).toMatchObject({
            id: before.id,
            status: 'RUNNING',
            incarnation: 2,
            resurrectCount: 0,
            restartCount: 0,
            migrationCount: 0,
        });
        expect(fork.json(run, 'INPUT')).toEqual({ keyword: 'phone' });
        expect(await fork.order(run, '/environment')).toMatchObject({ ANEW: 'yes', ACTOR_RUN_ID: before.id });
        fork.platform.store.flush();
        const trace = readTraceOf(fork.platform.dir);
        const types = trace.entries.map(({ type }) => type);
        expect(types.filter((type) => type === 'run.exit')).toHaveLength(1);
        expect(types.filter((type) => type === 'run.boot')).toHaveLength(2);
        const calls = trace.calls();
        expect(calls.map(({ n }) => n)).toEqual(calls.map((_, i) => i + 1));
        expect(new Set(calls.map(({ call }) => call)).size).toBe(calls.length);
    });

    test('has the state of its index, however the original went on', async () => {
        const local = await openPlatform();
        const before = await local.startProbe();
        const items = `/datasets/${before.record.datasetId}/items`;
        await local.callFrom(before, 'POST', items, '[{"n":1},{"n":2}]');
        await local.callFrom(before, 'POST', items, '{"n":3}');
        await before.crash();

        const { fork, run } = await forkOf(local, ({ entries }) =>
            entries.findIndex(({ type }) => type === 'items.pushed'),
        );

        const { content } = fork.platform.store.find('datasets', run.record.datasetId);
        expect(content.items).toEqual([{ n: 1 }, { n: 2 }]);
        expect(run.record.incarnation).toBe(2);
    });

    test('has its own addresses in rows, records, files and requests, and finds requests again by them', async () => {
        const local = await openPlatform();
        const { baseUrl } = local.platform;
        const before = await local.startProbe();
        const { datasetId, keyValueStoreId, requestQueueId } = before.record;
        const records = `/key-value-stores/${keyValueStoreId}/records`;
        const large = JSON.stringify({ url: baseUrl, text: 'x'.repeat(100_000) });
        const request = JSON.stringify({ url: `${baseUrl}/page`, uniqueKey: `${baseUrl}/page` });
        await local.callFrom(before, 'POST', `/datasets/${datasetId}/items`, JSON.stringify({ link: `${baseUrl}/a` }));
        await local.callFrom(before, 'PUT', `${records}/SMALL`, JSON.stringify({ [baseUrl]: baseUrl }));
        await local.callFrom(before, 'PUT', `${records}/LARGE`, large);
        await local.callFrom(before, 'POST', `/request-queues/${requestQueueId}/requests`, request);
        await local.callFrom(before, 'POST', `/request-queues/${requestQueueId}/head/lock?limit=1&lockSecs=60`);

        const { fork, run } = await forkOf(local);
        await fork.isUp(run);

        const here = fork.platform.baseUrl;
        expect(fork.platform.store.find('datasets', datasetId).content.items).toEqual([{ link: `${here}/a` }]);
        expect(fork.json(run, 'SMALL')).toEqual({ [here]: here });
        expect(fork.json(run, 'LARGE')).toMatchObject({ url: here });
        const again = request.replaceAll(baseUrl, here);
        const answer = await fork.callFrom(run, 'POST', `/request-queues/${requestQueueId}/requests`, again);
        expect(JSON.parse(answer.body)).toMatchObject({
            data: { requestId: requestId(`${here}/page`), wasAlreadyPresent: true },
        });
        // The lock of the process that died is gone, and the request is at the head under its new id.
        expect(fork.headOf(run)).toEqual([`${here}/page`]);
    });

    test('has locks, timeout and times as far ahead as they were', async () => {
        const local = await openPlatform();
        const before = await local.startProbe({ timeoutSecs: 600 });
        const queue = local.client.requestQueue(before.record.requestQueueId, { clientKey: 'somebody' });
        await queue.addRequest({ url: 'http://x/', uniqueKey: 'a' });
        await queue.listAndLockHead({ limit: 1, lockSecs: 500 });

        const askedAt = Date.now();
        const { fork, run, trace, index } = await forkOf(local);
        const doneAt = Date.now();

        const past = stateAt(trace, index);
        const id = requestId('a');
        const lockIn = (state: typeof past.state): number =>
            state.storages['request-queues'].get(run.record.requestQueueId)!.content.lockOf(id, 0)!.until;
        const createdAt = ({ entries }: Trace): number => entries.find(({ type }) => type === 'run.created')!.at;
        const shift = createdAt(readTraceOf(fork.platform.dir)) - createdAt(trace);
        // The moment of the fork is the moment at which its past ends.
        const pastEndsAt = trace.entries[index]!.at + shift;
        expect([askedAt <= pastEndsAt, pastEndsAt <= doneAt]).toEqual([true, true]);
        expect(lockIn(fork.platform.store.state) - lockIn(past.state)).toBe(shift);
        expect(run.record.timeoutFrom - past.state.runs.get(run.id)!.timeoutFrom).toBe(shift);
        expect(run.record.startedAt - past.state.runs.get(run.id)!.startedAt).toBe(shift);
    });

    test('counts restarts from before its moment towards their limit', async () => {
        const local = await openPlatform();
        const before = await local.startProbe({ restartOnError: true });
        for (const incarnation of [2, 3, 4]) {
            await before.fail();
            await local.isUpAgain(before, incarnation);
        }

        const { fork, run } = await forkOf(local);
        await fork.isUp(run);
        await fork.lastOrder(run, '/exit', { code: 1 });

        expect((await run.finished()).status).toBe('FAILED');
    });

    test('goes on as the Actor that a metamorph has made of it', async () => {
        const local = await openPlatform();
        local.defineProbe('butterfly', { WINGS: '2' });
        const before = await local.startProbe();
        await local.client.run(before.id).metamorph('butterfly', { wings: 2 });
        await local.isUpAgain(before, 2);

        const { fork, run } = await forkOf(local);
        await fork.isUp(run);

        expect(run.record).toMatchObject({ metamorphCount: 1, inputKey: 'INPUT-METAMORPH-1', incarnation: 3 });
        expect(fork.json(run, 'INPUT-METAMORPH-1')).toEqual({ wings: 2 });
    });

    test('has the runs that were started and have ended; one that is alive makes it impossible', async () => {
        const local = await openPlatform();
        const before = await local.startProbe();
        const child = await local.startProbe();
        child.abort();
        await child.finished();

        const ended = (trace: Trace): number =>
            trace.entries.findIndex((entry) => entry.type === 'run.status' && entry.status === 'ABORTED');
        const { fork } = await forkOf(local, ended);

        expect(fork.platform.store.run(child.id).status).toBe('ABORTED');
        await expect(forkOf(local, (trace) => ended(trace) - 1)).rejects.toThrow(/Another run was ABORTING/);
        expect(before.record.status).toBe('RUNNING');
    });

    test('needs a run that is running, and a folder that is empty', async () => {
        const local = await openPlatform();
        const run = await local.startProbe();
        run.abort();
        await run.finished();
        const trace = readTraceOf(local.platform.dir);

        await expect(forkOf(local)).rejects.toThrow(new NoForkError('The run was ABORTED by then.'));
        await expect(forkOf(local, () => 0)).rejects.toThrow(new NoForkError('The run had not begun by then.'));
        await expect(local.platform.fork(trace, 0)).rejects.toThrow(
            new NoForkError('The folder of a fork must be empty.'),
        );
    });
});
