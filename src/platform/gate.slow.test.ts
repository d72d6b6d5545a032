import { EventEmitter, once } from 'node:events';

import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';

import { TestPlatform } from './fixtures/test-platform.js';
import type { ApiCall, RunProcess } from './index.js';

let local: TestPlatform;
let run: RunProcess;

beforeAll(async () => {
    local = await TestPlatform.open();
});
beforeEach(async () => {
    run = await local.startProbe();
});
afterEach(async () => {
    local.platform.onApiCall(undefined);
    run.abort();
    await run.finished();
});
afterAll(async () => local.close());

const put = async (key: string) =>
    local.callFrom(run, 'PUT', `/key-value-stores/${run.record.keyValueStoreId}/records/${key}`, '{"n":1}');

test('a call that is dropped before it is applied leaves no trace, and one dropped after it has been applied does', async () => {
    local.platform.onApiCall(({ params }) => {
        if (params.key === 'BEFORE') return { before: async () => 'drop' };
        if (params.key === 'AFTER') return { after: async () => 'drop' };
        return undefined;
    });
    await expect(put('BEFORE')).rejects.toThrow('fetch failed');
    await expect(put('AFTER')).rejects.toThrow('fetch failed');
    expect(await put('NEITHER')).toMatchObject({ status: 201 });
    expect([local.json(run, 'BEFORE'), local.json(run, 'AFTER')]).toEqual([undefined, { n: 1 }]);
});

test('a call that is being held when its process is killed is never applied', async () => {
    const signals = new EventEmitter();
    const isHeld = once(signals, 'held');
    const isReleased = once(signals, 'released');
    local.platform.onApiCall(({ params }) => {
        if (params.key !== 'LATE') return undefined;
        return {
            before: async () => {
                signals.emit('held');
                await isReleased;
                return 'go';
            },
        };
    });
    const answer = put('LATE').catch(() => 'none');
    await isHeld;
    await run.crash();
    signals.emit('released');
    expect(await answer).toBe('none');
    await local.isUpAgain(run, 2);
    expect(local.json(run, 'LATE')).toBeUndefined();
});

test('calls of a run are numbered over all its processes, altogether and by operation; those of others are not', async () => {
    const calls: ApiCall[] = [];
    local.platform.onApiCall((call) => {
        calls.push(call);
    });
    await put('ONE');
    await local.client.keyValueStore(run.record.keyValueStoreId).getRecord('ONE');
    await run.migrate({ graceMillis: 1 });
    await local.isUpAgain(run, 2);
    await put('TWO');
    const puts = calls.filter(({ operationId }) => operationId === 'keyValueStore_record_put');
    const first = puts[0]!.nOfOperation;
    expect(puts.map(({ nOfOperation }) => nOfOperation)).toEqual(puts.map((_, i) => first + i));
    expect(calls.map(({ n }) => n)).toEqual(calls.map((_, i) => calls[0]!.n + i));
    expect(calls.every(({ runId }) => runId === run.id)).toBe(true);
});
