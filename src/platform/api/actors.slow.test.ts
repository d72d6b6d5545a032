import { afterAll, beforeAll, expect, test } from 'vitest';

import { TestPlatform } from '../fixtures/test-platform.js';

let local: TestPlatform;

beforeAll(async () => {
    local = await TestPlatform.open();
});
afterAll(async () => local.close());

const json = (method: string, body: unknown): RequestInit => ({ method, body: JSON.stringify(body) });
const ended = { PROBE_EXIT_AT_START: '0' };
const pricing = (price: number, startedAt: string): { pricingPerEvent: object } & Record<string, unknown> => ({
    pricingModel: 'PAY_PER_EVENT',
    startedAt,
    pricingPerEvent: { actorChargeEvents: { page: { eventTitle: 'Page', eventPriceUsd: price } } },
});

test('Actors are listed in the order in which they were made known', async () => {
    local.defineProbe('first');
    local.defineProbe('second');
    const { items, total } = await local.client.actors().list();
    expect(items.map(({ name }) => name)).toEqual(['first', 'second']);
    expect(total).toBe(2);
});

test('the user is found by id and by name, and nobody else is', async () => {
    const { id } = await local.client.user('me').get();
    expect(await local.client.user(id).get()).toMatchObject({ username: 'local' });
    expect(await local.client.user('local').get()).toMatchObject({ username: 'local' });
    expect(await local.outcome('/users/somebody')).toEqual([404, 'record-not-found']);
});

test('an Actor knows its last run, and the storages of a run know run and Actor', async () => {
    const { id: actId } = local.defineProbe('last', ended);
    const actor = local.client.actor(actId);
    expect((await actor.get())!.stats).toEqual({ totalBuilds: 0, totalRuns: 0 });
    const run = await actor.call(undefined, { log: null });
    expect((await actor.get())!.stats).toMatchObject({ totalRuns: 1, lastRunStartedAt: run.startedAt });
    for (const storage of [run.defaultDatasetId, run.defaultKeyValueStoreId, run.defaultRequestQueueId]) {
        const found = await Promise.all([
            local.client.dataset(storage).get(),
            local.client.keyValueStore(storage).get(),
            local.client.requestQueue(storage).get(),
        ]);
        expect(found.filter((one) => one !== undefined)).toMatchObject([{ actId, actRunId: run.id, stats: {} }]);
    }
});

test('what is set for an Actor is kept, and a price list holds from its start on', async () => {
    const { id } = local.defineProbe('priced', ended);
    const actor = local.client.actor(id);
    const lists = [
        pricing(2, '2020-01-01T00:00:00Z'),
        pricing(3, '2999-01-01T00:00:00Z'),
        pricing(1, '2019-01-01T00:00:00Z'),
    ];
    await actor.update({ title: 'Priced', pricingInfos: lists } as never);
    const kept = lists.map(({ pricingPerEvent }) => ({ pricingPerEvent }));
    expect(await actor.get()).toMatchObject({ id, title: 'Priced', pricingInfos: kept });
    const run = await actor.call(undefined, { log: null });
    expect(run).toMatchObject({ pricingInfo: kept[0], chargedEventCounts: { page: 0 } });
});

test.each([
    ['no list', { pricingInfos: {} }],
    ['an unknown model', { pricingInfos: [{ pricingModel: 'BARTER' }] }],
    ['no time', { pricingInfos: [{ pricingModel: 'FREE', startedAt: 'soon' }] }],
    ['no object', []],
])('a change of an Actor that is %s is refused', async (_what, body) => {
    const { id } = local.defineProbe('refusing');
    const outcome = await local.outcome(`/actors/${id}`, json('PUT', Array.isArray(body) ? 'x' : body));
    expect(outcome).toEqual([400, 'invalid-input']);
});

test('a run charges only itself, only for events of its price list, and once for an idempotency key', async () => {
    const { id: actorId } = local.defineProbe('charging');
    await local.client.actor(actorId).update({ pricingInfos: [pricing(1, '2020-01-01T00:00:00Z')] } as never);
    const run = await local.platform.run((await local.client.actor(actorId).start()).id);
    await local.isUp(run);
    const path = `/actor-runs/${run.id}/charge`;
    const charge = async (body: unknown, key = '', at = path): Promise<number> => {
        const headers = key === '' ? {} : { 'idempotency-key': key };
        const order = { method: 'POST', path: `/v2${at}`, body: JSON.stringify(body), headers };
        return (await local.order<{ status: number }>(run, '/call', order)).status;
    };
    expect(await local.outcome(path, json('POST', { eventName: 'page', count: 1 }))).toEqual([
        403,
        'insufficient-permissions',
    ]);
    expect(await charge({ eventName: 'other', count: 1 })).toBe(400);
    expect(await charge({ eventName: '__proto__', count: 1 })).toBe(400);
    expect(await charge({ eventName: 'page', count: -1 })).toBe(400);
    expect(await charge({ eventName: 'page', count: 0.5 })).toBe(400);
    const other = await local.client.actor(actorId).start();
    expect(await charge({ eventName: 'page', count: 1 }, '', `/actor-runs/${other.id}/charge`)).toBe(403);
    expect((await local.client.run(run.id).get())!.chargedEventCounts).toEqual({ page: 0 });
    for (const key of ['a', 'a', 'b', '']) expect(await charge({ eventName: 'page', count: 2 }, key)).toBe(201);
    expect((await local.client.run(run.id).get())!.chargedEventCounts).toEqual({ page: 6 });
});

test('a run of an Actor without a price list can not charge', async () => {
    const run = await local.startProbe();
    const body = JSON.stringify({ eventName: 'page', count: 1 });
    expect(await local.callFrom(run, 'POST', `/actor-runs/${run.id}/charge`, body)).toMatchObject({ status: 400 });
});

test('webhooks are kept, those of a start too, and one is not made twice for the same idempotency key', async () => {
    const webhook = {
        eventTypes: ['ACTOR.RUN.SUCCEEDED' as const],
        requestUrl: 'http://127.0.0.1:1/',
        condition: { actorId: 'any' },
        idempotencyKey: 'once',
    };
    const [first, again] = [
        await local.client.webhooks().create(webhook),
        await local.client.webhooks().create(webhook),
    ];
    expect(again.id).toBe(first.id);
    local.defineProbe('hooked', ended);
    const run = await local.client.actor('hooked').start(undefined, { webhooks: [webhook] });
    const { items } = await local.client.webhooks().list();
    expect(items.map(({ isAdHoc, condition }) => [isAdHoc, condition])).toEqual([
        [false, { actorId: 'any' }],
        [true, { actorRunId: run.id }],
    ]);
    await local.client.webhook(first.id).delete();
    expect(await local.client.webhook(first.id).get()).toBeUndefined();
});

test.each(['%', 'bm8=', Buffer.from('[{}]').toString('base64')])(
    'a start with the webhooks %s is refused and starts nothing',
    async (webhooks) => {
        local.defineProbe('unhooked', ended);
        const before = local.platform.store.state.runs.size;
        const path = `/actors/unhooked/runs?webhooks=${encodeURIComponent(webhooks)}`;
        expect(await local.outcome(path, { method: 'POST' })).toEqual([400, 'invalid-value']);
        expect(local.platform.store.state.runs.size).toBe(before);
    },
);

test('the last run of an Actor is the one that was started last, or the last with a status', async () => {
    local.defineProbe('lasting', ended);
    const actor = local.client.actor('lasting');
    expect(await actor.lastRun().get()).toBeUndefined();
    const first = await actor.call(undefined, { log: null });
    const second = await local.platform.start(
        local.platform.define({ id: first.actId, name: 'lasting', command: ['no-such-program'], cwd: '.' }),
    );
    expect(await actor.lastRun().get()).toMatchObject({ id: second.id, status: 'FAILED' });
    expect(await actor.lastRun({ status: 'SUCCEEDED' }).get()).toMatchObject({ id: first.id });
    expect(await actor.lastRun().dataset().get()).toMatchObject({ id: second.record.datasetId });
    const { id: otherId } = local.defineProbe('other');
    expect(await local.outcome(`/actors/${otherId}/runs/${first.id}`)).toEqual([404, 'record-not-found']);
});

test("an Actor of somebody else is found by its user's name only", async () => {
    const command: [string, string] = [process.execPath, '--version'];
    const { id } = local.platform.define({ username: 'somebody', name: 'theirs', command, cwd: '.' });
    expect(await local.client.actor('somebody/theirs').get()).toMatchObject({
        id,
        username: 'somebody',
        name: 'theirs',
    });
    expect(await local.client.actor('theirs').get()).toBeUndefined();
    expect(await local.client.actor('local/theirs').get()).toBeUndefined();
});

test('storages that an Actor has names for are there in each run, and told to it', async () => {
    const { name, command, cwd, env } = local.defineProbe('aliased', ended);
    const aliases = { datasets: ['errors'], 'key-value-stores': ['shots'] };
    const actor = local.platform.define({ name, command, cwd, aliases, ...(env && { env }) });
    const [one, other] = await Promise.all([1, 2].map(async () => local.client.actor(actor.id).call()));
    const { storageIds } = one as unknown as { storageIds: Record<string, Record<string, string>> };
    expect(storageIds).toEqual({
        datasets: { default: one!.defaultDatasetId, errors: expect.any(String) },
        keyValueStores: { default: one!.defaultKeyValueStoreId, shots: expect.any(String) },
        requestQueues: { default: one!.defaultRequestQueueId },
    });
    expect(other).not.toMatchObject({ storageIds: { datasets: { errors: storageIds.datasets!.errors } } });
    expect(await local.client.dataset(storageIds.datasets!.errors!).get()).toMatchObject({ actRunId: one!.id });
});

test('a run that is started or becomes another Actor gets the default values that its input leaves out', async () => {
    const { name, command, cwd, env } = local.defineProbe('defaults', ended);
    const inputDefaults = { pages: 3, start: 'here' };
    const actor = local.platform.define({ name, command, cwd, inputDefaults, ...(env && { env }) });
    const inputOf = async (input?: object): Promise<unknown> => {
        const { defaultKeyValueStoreId } = await local.client.actor(actor.id).call(input);
        return (await local.client.keyValueStore(defaultKeyValueStoreId).getRecord('INPUT'))?.value;
    };
    expect(await inputOf()).toEqual(inputDefaults);
    expect(await inputOf({ pages: 1 })).toEqual({ pages: 1, start: 'here' });

    const run = await local.startProbe();
    await local.client.run(run.id).metamorph(actor.id, { pages: 2 });
    await run.finished();
    expect(local.json(run, 'INPUT-METAMORPH-1')).toEqual({ pages: 2, start: 'here' });
});
