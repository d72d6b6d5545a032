import { once } from 'node:events';

import { afterAll, beforeAll, expect, test } from 'vitest';
import { WebSocket } from 'ws';

import { TestPlatform } from './fixtures/test-platform.js';
import type { RunProcess } from './index.js';

let local: TestPlatform;
let run: RunProcess;
let runToken: string;

beforeAll(async () => {
    local = await TestPlatform.open();
    run = await local.startProbe();
    ({ APIFY_TOKEN: runToken } = await local.order<{ APIFY_TOKEN: string }>(run, '/environment'));
});
afterAll(async () => local.close());

const open = (path: string, headers: Record<string, string> = {}): WebSocket =>
    new WebSocket(`${local.platform.baseUrl.replace('http', 'ws')}${path}`, { headers });

async function refusal(path: string, headers?: Record<string, string>): Promise<string> {
    const [error] = (await once(open(path, headers), 'error')) as [Error];
    return error.message;
}

test('a watcher with the token of the platform receives the events of a run as the Actor does', async () => {
    const watcher = open(`/actor-events/${run.id}?token=${local.platform.token}`);
    await once(watcher, 'open');
    const moved = run.migrate({ graceMillis: 100 });
    const [message] = (await once(watcher, 'message')) as [Buffer];
    const event = JSON.parse(message.toString()) as { createdAt: string };
    expect(event).toMatchObject({ name: 'migrating', data: { timeRemainingSecs: 0.1 } });
    expect(new Date(event.createdAt).toISOString()).toBe(event.createdAt);
    await moved;
    await local.isUpAgain(run, 2);
});

test.each([
    ['no token', () => `/actor-events/${run.id}`, 401],
    ['a wrong token', () => `/actor-events/${run.id}?token=wrong`, 401],
    ['a run that is not there', () => `/actor-events/nothing?token=${local.platform.token}`, 404],
    ['another address', () => `/elsewhere?token=${local.platform.token}`, 404],
    ['a malformed address', () => `/actor-events/%zz?token=${local.platform.token}`, 404],
])('%s gets no events', async (_what, path, status) => {
    expect(await refusal(path())).toBe(`Unexpected server response: ${status}`);
});

test("another run's token and another host get no events", async () => {
    const other = await local.startProbe();
    expect(await refusal(`/actor-events/${other.id}?token=${runToken}`)).toBe('Unexpected server response: 403');
    const path = `/actor-events/${run.id}?token=${local.platform.token}`;
    expect(await refusal(path, { host: 'evil.example' })).toBe('Unexpected server response: 403');
    other.abort();
    await other.finished();
});

test('a message that is too large or no message at all closes the connection and nothing else', async () => {
    const watcher = open(`/actor-events/${run.id}?token=${local.platform.token}`);
    await once(watcher, 'open');
    watcher.send('x'.repeat(100_000));
    await once(watcher, 'close');
    const plain = await local.fetch(`/users/me`);
    expect(plain.status).toBe(200);
    expect(run.record.status).toBe('RUNNING');
});

test('the process whose run has moved on is cut off', async () => {
    const watcher = open(`/actor-events/${run.id}?token=${local.platform.token}`);
    await once(watcher, 'open');
    const closed = once(watcher, 'close');
    run.abort();
    await closed;
    expect(await run.finished()).toMatchObject({ status: 'ABORTED' });
});
