import { afterAll, beforeAll, expect, test } from 'vitest';

import { TestPlatform } from '../fixtures/test-platform.js';
import type { RunProcess } from '../index.js';

/** Exit code of a process that was killed. */
const KILLED = process.platform === 'win32' ? 1 : 137;

let local: TestPlatform;

beforeAll(async () => {
    local = await TestPlatform.open({ settings: { migrationGraceMillis: 60_000 } });
});
afterAll(async () => local.close());

async function strike(run: RunProcess, call: string): Promise<{ status: number; body: Record<string, any> }> {
    const response = await fetch(`${local.platform.baseUrl}/actors-move/v1/runs/${run.id}/${call}`, {
        method: 'POST',
        headers: { authorization: `Bearer ${local.platform.token}` },
    });
    return { status: response.status, body: (await response.json()) as Record<string, any> };
}

test('migrate announces the given grace, and answers once the next process is booting', async () => {
    const run = await local.startProbe({ env: { PROBE_ON_EVENT: '{"migrating":{"rebootSelf":true}}' } });
    const { status, body } = await strike(run, 'migrate?graceSecs=100');
    expect(status).toBe(200);
    expect(body.data).toMatchObject({ id: run.id, status: 'RUNNING', stats: { migrationCount: 0, rebootCount: 1 } });
    expect(local.events(run)[0]).toEqual({ name: 'migrating', data: { timeRemainingSecs: 100 } });
    expect(run.record.incarnation).toBe(2);
    run.abort();
});

test('crash kills the process without an event, and boots the run again', async () => {
    const run = await local.startProbe();
    const { body } = await strike(run, 'crash');
    expect(body.data).toMatchObject({ status: 'RUNNING', stats: { migrationCount: 0, restartCount: 0 } });
    expect(local.events(run)).toEqual([]);
    expect(run.record.incarnation).toBe(2);
    run.abort();
});

test('fail ends a run that has no restart on error', async () => {
    const run = await local.startProbe();
    expect((await strike(run, 'fail')).body.data).toMatchObject({ status: 'FAILED', exitCode: KILLED });
});

test('a strike needs a run that runs, a grace that is one, and the token of the user', async () => {
    const run = await local.startProbe();
    const path = `/actors-move/v1/runs/${run.id}/crash`;
    expect((await fetch(local.platform.baseUrl + path, { method: 'POST' })).status).toBe(401);
    expect(await local.order(run, '/call', { method: 'POST', path })).toMatchObject({ status: 403 });
    expect(await strike(run, 'migrate?graceSecs=soon')).toMatchObject({ status: 400 });
    expect(await strike(run, 'migrate?graceSecs=3601')).toMatchObject({ status: 400 });
    expect(run.record.incarnation).toBe(1);
    run.abort();
    await run.finished();
    expect(await strike(run, 'crash')).toMatchObject({ status: 400, body: { error: { type: 'job-finished' } } });
    expect(await strike({ id: 'none' } as RunProcess, 'crash')).toMatchObject({ status: 404 });
});

test("the platform's own calls are not among those of Apify", async () => {
    const run = await local.startProbe();
    expect(await local.outcome(`/actor-runs/${run.id}/migrate`, { method: 'POST' })).toEqual([404, 'page-not-found']);
    run.abort();
});
