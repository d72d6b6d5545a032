import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { onEvent, TestPlatform } from '../fixtures/test-platform.js';

let local: TestPlatform;

beforeAll(async () => {
    // Long enough that no test which passes waits for them, short enough to see what a test that hangs waits for.
    local = await TestPlatform.open({ settings: { migrationGraceMillis: 20_000, abortGraceMillis: 20_000 } });
});
afterAll(async () => local.close());

describe('a migration', () => {
    test('sends migrating with the time that is left, kills after the grace and boots the run again', async () => {
        const run = await local.startProbe({ input: { keyword: 'phone' } });
        await local.lockFirstOfTwo(run);
        const environment = await local.order<Record<string, string>>(run, '/environment');
        const announced = local.announcements(run);
        await run.migrate({ graceMillis: 200 });
        await local.isUpAgain(run, 2);
        expect(announced).toEqual(['migrating']);
        expect(await local.order(run, '/environment')).toEqual(environment);
        expect(local.headOf(run)).toEqual(['a', 'b']);
        expect(await local.statsOf(run)).toMatchObject({ migrationCount: 1, rebootCount: 0, restartCount: 0 });
        await local.lastOrder(run, '/exit', { code: 0 });
        expect(await run.finished()).toMatchObject({ status: 'SUCCEEDED', exitCode: 0 });
    });

    test('ends at once when the Actor reboots itself, and counts as a reboot only', async () => {
        const run = await local.startProbe(onEvent({ migrating: { rebootSelf: true } }));
        await run.migrate();
        await local.isUpAgain(run, 2);
        expect(local.events(run)).toEqual([{ name: 'migrating', data: { timeRemainingSecs: 20 } }]);
        expect(await local.statsOf(run)).toMatchObject({ migrationCount: 0, rebootCount: 1 });
        run.abort();
        await run.finished();
    });

    test('of an Actor that exits with 0 ends the run: no process follows', async () => {
        const run = await local.startProbe(onEvent({ migrating: { exit: 0 } }));
        await run.migrate();
        expect(run.record).toMatchObject({ status: 'SUCCEEDED', exitCode: 0, incarnation: 1, migrationCount: 0 });
    });

    test('of an Actor that exits with another code is followed by the next process', async () => {
        const run = await local.startProbe(onEvent({ migrating: { exit: 1 } }));
        await run.migrate();
        await local.isUpAgain(run, 2);
        expect(run.record).toMatchObject({ status: 'RUNNING', migrationCount: 1 });
        run.abort();
        await run.finished();
    });

    test('that strikes before the process has connected is told as soon as it does', async () => {
        const actor = local.defineProbe('early', { PROBE_ON_EVENT: '{"migrating":{"exit":0}}' });
        const run = await local.platform.start(actor);
        await run.migrate();
        expect(run.record).toMatchObject({ status: 'SUCCEEDED', incarnation: 1 });
    });

    test('can strike again and again', async () => {
        const run = await local.startProbe();
        for (const incarnation of [2, 3, 4]) {
            await run.migrate({ graceMillis: 1 });
            await local.isUpAgain(run, incarnation);
        }
        expect(run.record).toMatchObject({ migrationCount: 3, incarnation: 4 });
        run.abort();
        await run.finished();
    });

    test('keeps the locks when the settings say so', async () => {
        const none = { migration: false, reboot: false, crash: false, restart: false, resurrect: false };
        const other = await TestPlatform.openInTest({ releaseLocksOn: none });
        const run = await other.startProbe();
        await other.lockFirstOfTwo(run);
        await run.migrate({ graceMillis: 1 });
        expect(other.headOf(run)).toEqual(['b']);
    });

    test('can leave a process that reboots running, when the settings say so', async () => {
        const other = await TestPlatform.openInTest({ rebootEndsMigration: false });
        const run = await other.startProbe();
        const first = run.pid;
        const migrated = run.migrate({ graceMillis: 20_000 });
        expect((await other.callFrom(run, 'POST', `/actor-runs/${run.id}/reboot`)).status).toBe(200);
        expect((await other.callFrom(run, 'GET', '/users/me')).status).toBe(200);
        expect(run.pid).toBe(first);
        await other.lastOrder(run, '/exit', { code: 1 });
        await migrated;
        await other.isUpAgain(run, 2);
        expect(run.record.migrationCount).toBe(1);
    });

    test.each([
        ['migration', 1, 0],
        ['both', 1, 1],
    ] as const)('with a reboot counts as %s when the settings say so', async (as, migrationCount, rebootCount) => {
        const other = await TestPlatform.openInTest({ rebootDuringMigrationCountsAs: as });
        const run = await other.startProbe(onEvent({ migrating: { rebootSelf: true } }));
        await run.migrate();
        expect(run.record).toMatchObject({ migrationCount, rebootCount });
    });
});
