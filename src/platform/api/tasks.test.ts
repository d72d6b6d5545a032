import { afterAll, beforeAll, expect, test } from 'vitest';

import { TestPlatform } from '../fixtures/test-platform.js';

let local: TestPlatform;
let actorId: string;

beforeAll(async () => {
    local = await TestPlatform.open();
    ({ id: actorId } = local.defineProbe('worker', { PROBE_EXIT_AT_START: '0' }));
    local.platform.defineTask({ name: 'daily', actorId, input: { pages: 3, start: 'here' } });
    local.platform.defineTask({ name: 'somebody/weekly', actorId });
});
afterAll(async () => local.close());

const inputOf = async (storeId: string): Promise<unknown> =>
    (await local.client.keyValueStore(storeId).getRecord('INPUT'))?.value;

test('a task starts its Actor with its own input, of which a call replaces fields', async () => {
    const { id, actId } = (await local.client.task('daily').get())!;
    expect(actId).toBe(actorId);
    const plain = await local.client.task('local/daily').call();
    expect(plain).toMatchObject({ actId: actorId, actorTaskId: id, status: 'SUCCEEDED' });
    expect(await inputOf(plain.defaultKeyValueStoreId)).toEqual({ pages: 3, start: 'here' });
    const changed = await local.client.task(id).call({ pages: 1 });
    expect(await inputOf(changed.defaultKeyValueStoreId)).toEqual({ pages: 1, start: 'here' });
});

test("a task of somebody else is found by its user's name only, and may have no input", async () => {
    const run = await local.client.task('somebody/weekly').call();
    expect(await inputOf(run.defaultKeyValueStoreId)).toBeUndefined();
    expect(await local.client.task('weekly').get()).toBeUndefined();
    expect(await local.client.task('somebody/daily').get()).toBeUndefined();
});

test('an input that is no object is refused', async () => {
    const init = { method: 'POST', body: '[1]', headers: { 'content-type': 'application/json' } };
    expect(await local.outcome('/actor-tasks/daily/runs', init)).toEqual([400, 'invalid-input']);
});
