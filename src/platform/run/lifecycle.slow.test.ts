import { setTimeout as sleep } from 'node:timers/promises';

import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { onEvent, TestPlatform } from '../fixtures/test-platform.js';
import type { RunProcess } from '../index.js';

/** Exit code of a process that was killed. */
const KILLED = process.platform === 'win32' ? 1 : 137;

let local: TestPlatform;

beforeAll(async () => {
    // Long enough that no test which passes waits for them, short enough to see what a test that hangs waits for.
    local = await TestPlatform.open({ settings: { migrationGraceMillis: 20_000, abortGraceMillis: 20_000 } });
});
afterAll(async () => local.close());

const namesOf = (run: RunProcess, platform = local): string[] => platform.events(run).map(({ name }) => name);

describe('a reboot', () => {
    test('answers with the run, then replaces the process and releases its locks', async () => {
        const run = await local.startProbe();
        await local.lockFirstOfTwo(run);
        expect(await local.client.run(run.id).reboot()).toMatchObject({ id: run.id, status: 'RUNNING' });
        await local.isUpAgain(run, 2);
        expect(local.headOf(run)).toEqual(['a', 'b']);
        expect(await local.statsOf(run)).toMatchObject({ rebootCount: 1, migrationCount: 0 });
        run.abort();
        await run.finished();
        await expect(local.client.run(run.id).reboot()).rejects.toMatchObject({ statusCode: 400 });
    });

    test('goes on when its answer is cut off', async () => {
        const run = await local.startProbe();
        local.platform.onApiCall(({ operationId }) =>
            operationId === 'actorRun_reboot_post' ? { after: async () => 'drop' } : undefined,
        );
        await local.lastOrder(run, '/call', { method: 'POST', path: `/v2/actor-runs/${run.id}/reboot` });
        local.platform.onApiCall(undefined);
        await local.isUpAgain(run, 2);
        expect(run.record.rebootCount).toBe(1);
        run.abort();
        await run.finished();
    });
});

test('a metamorph goes on as another Actor with an input of its own and the same storages', async () => {
    const run = await local.startProbe({ input: { keyword: 'phone' } });
    local.defineProbe('butterfly', { BUTTERFLY: 'yes' });
    const answer = await local.client.run(run.id).metamorph('butterfly', { wings: 2 });
    expect(answer).toMatchObject({ id: run.id });
    await local.isUpAgain(run, 2);
    expect(await local.order(run, '/environment')).toMatchObject({
        BUTTERFLY: 'yes',
        ACTOR_INPUT_KEY: 'INPUT-METAMORPH-1',
        ACTOR_RUN_ID: run.id,
        ACTOR_DEFAULT_DATASET_ID: run.record.datasetId,
        ACTOR_FULL_NAME: 'local/butterfly',
    });
    expect(local.json(run, 'INPUT-METAMORPH-1')).toEqual({ wings: 2 });
    expect(await local.statsOf(run)).toMatchObject({ metamorph: 1 });
    await expect(local.client.run(run.id).metamorph('nobody', {})).rejects.toMatchObject({ statusCode: 404 });
    run.abort();
    await run.finished();
});

describe('an abort', () => {
    test('at once sends nothing and kills', async () => {
        const run = await local.startProbe();
        const ended = run.finished();
        expect(await local.client.run(run.id).abort()).toMatchObject({ status: 'ABORTING' });
        expect(await ended).toMatchObject({ status: 'ABORTED' });
        expect(namesOf(run)).toEqual([]);
        expect(await local.client.run(run.id).abort()).toMatchObject({ status: 'ABORTED' });
    });

    test('in good order sends aborting and persistState and waits for the exit', async () => {
        const run = await local.startProbe(onEvent({ persistState: { exit: 0 } }));
        await local.client.run(run.id).abort({ gracefully: true });
        expect(await run.finished()).toMatchObject({ status: 'ABORTED', exitCode: 0 });
        expect(namesOf(run)).toEqual(['aborting', 'persistState']);
    });

    test('at once ends a run that is aborting in good order and takes its time', async () => {
        const run = await local.startProbe();
        run.abort({ gracefully: true });
        expect(run.record.status).toBe('ABORTING');
        expect(run.abort()).toBe(true);
        expect(await run.finished()).toMatchObject({ status: 'ABORTED', exitCode: KILLED });
    });

    test('in good order has its own grace period, also during a migration', async () => {
        const run = await local.startProbe();
        const migrated = run.migrate({ graceMillis: 100 });
        run.abort({ gracefully: true });
        await local.until(() => local.events(run).some(({ name }) => name === 'aborting'));
        // Longer than the migration would have waited.
        await sleep(300);
        expect(run.record.status).toBe('ABORTING');
        run.abort();
        await Promise.all([run.finished(), migrated]);
        expect(run.record).toMatchObject({ status: 'ABORTED', migrationCount: 0 });
    });

    test('in good order kills when the grace is over', async () => {
        const other = await TestPlatform.openInTest({ abortGraceMillis: 200 });
        const run = await other.startProbe();
        const announced = other.announcements(run);
        await other.client.run(run.id).abort({ gracefully: true });
        expect(await run.finished()).toMatchObject({ status: 'ABORTED', exitCode: KILLED });
        expect(announced).toEqual(['aborting', 'persistState']);
    });
});

describe('a resurrection', () => {
    test('runs the same run again: same storages and start, a new timeout, locks released', async () => {
        const run = await local.startProbe({ timeoutSecs: 600 });
        await local.lockFirstOfTwo(run);
        const before = await local.order<Record<string, string>>(run, '/environment');
        run.abort();
        await run.finished();
        const resurrected = await local.client.run(run.id).resurrect({ timeout: 700, memory: 2_048 });
        expect(resurrected).toMatchObject({ id: run.id, status: 'RUNNING', finishedAt: null, exitCode: null });
        await local.isUpAgain(run, 2);
        const after = await local.order<Record<string, string>>(run, '/environment');
        const { ACTOR_TIMEOUT_AT, APIFY_TIMEOUT_AT, ACTOR_MEMORY_MBYTES, APIFY_MEMORY_MBYTES, ...same } = after;
        expect(before).toMatchObject(same);
        expect([ACTOR_MEMORY_MBYTES, APIFY_MEMORY_MBYTES]).toEqual(['2048', '2048']);
        expect(APIFY_TIMEOUT_AT).toBe(ACTOR_TIMEOUT_AT);
        const extension = Date.parse(ACTOR_TIMEOUT_AT!) - Date.parse(before.ACTOR_TIMEOUT_AT!);
        expect(extension).toBeGreaterThan(100_000);
        expect(local.headOf(run)).toEqual(['a', 'b']);
        expect(await local.statsOf(run)).toMatchObject({ resurrectCount: 1 });
        await local.lastOrder(run, '/exit', { code: 0 });
        expect(await run.finished()).toMatchObject({ status: 'SUCCEEDED' });
    });

    test('of a run that has not ended is refused', async () => {
        const run = await local.startProbe();
        await expect(local.client.run(run.id).resurrect()).rejects.toMatchObject({
            statusCode: 400,
            type: 'run-not-finished',
        });
        run.abort();
        await run.finished();
    });
});

describe('a process that ends by itself', () => {
    test('or is killed by somebody fails the run', async () => {
        const run = await local.startProbe();
        process.kill(run.pid!, 'SIGKILL');
        expect(await run.finished()).toMatchObject({ status: 'FAILED', exitCode: KILLED, incarnation: 1 });
    });

    test('with an error is restarted three times within the window, then the run fails', async () => {
        const run = await local.platform.start(local.defineProbe('fails', { PROBE_EXIT_AT_START: '5' }), {
            restartOnError: true,
        });
        expect(await run.finished()).toMatchObject({
            status: 'FAILED',
            exitCode: 5,
            restartCount: 3,
            incarnation: 4,
        });
    });

    test('is restarted without end when its failures lie far enough apart', async () => {
        const other = await TestPlatform.openInTest({ restartLimit: 1, restartWindowMillis: 1 });
        const run = await other.startProbe({ restartOnError: true });
        for (const incarnation of [2, 3, 4]) {
            await other.lastOrder(run, '/exit', { code: 1 });
            await other.isUpAgain(run, incarnation);
        }
        expect(run.record).toMatchObject({ status: 'RUNNING', restartCount: 3 });
    });

    test('may be made to fail, and is restarted only with restart on error', async () => {
        const restarted = await local.startProbe({ restartOnError: true });
        await local.lockFirstOfTwo(restarted);
        await restarted.fail();
        await local.isUpAgain(restarted, 2);
        expect(restarted.record).toMatchObject({ status: 'RUNNING', restartCount: 1 });
        expect(local.headOf(restarted)).toEqual(['a', 'b']);
        restarted.abort();
        const failed = await local.startProbe();
        await failed.fail();
        expect(failed.record).toMatchObject({ status: 'FAILED', exitCode: KILLED, restartCount: 0 });
        await restarted.finished();
    });
});

test('a run that is just being booted is struck once it is up', async () => {
    const run = await local.startProbe();
    const boots: Promise<void>[] = [];
    const onEntry = ({ type }: { type: string }): void => {
        if (type === 'run.exit') queueMicrotask(() => boots.push(run.migrate({ graceMillis: 5_000 })));
    };
    local.platform.on('entry', onEntry);
    const crashed = run.crash();
    await local.until(() => boots.length > 0);
    local.platform.off('entry', onEntry);
    await crashed;
    await local.isUp(run);
    await local.lastOrder(run, '/exit', { code: 1 });
    await boots[0];
    expect(run.record).toMatchObject({ status: 'RUNNING', incarnation: 3, migrationCount: 1 });
    run.abort();
    await run.finished();
});

test('a crash kills without a word and boots again, counted by no counter', async () => {
    const run = await local.startProbe();
    await local.lockFirstOfTwo(run);
    await run.crash();
    await local.isUpAgain(run, 2);
    expect(namesOf(run)).toEqual([]);
    expect(local.headOf(run)).toEqual(['a', 'b']);
    expect(await local.statsOf(run)).toMatchObject({ migrationCount: 0, rebootCount: 0, restartCount: 0 });
    run.abort();
    await run.finished();
    await expect(run.crash()).rejects.toMatchObject({ type: 'job-finished' });
});

test('a run that takes longer than its timeout is TIMED-OUT', async () => {
    const run = await local.platform.start(local.defineProbe('slow'), { timeoutSecs: 1 });
    expect(await run.finished()).toMatchObject({ status: 'TIMED-OUT' });
    expect(run.pid).toBeUndefined();
});
