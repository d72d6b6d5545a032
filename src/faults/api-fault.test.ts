import { describe, expect, it, onTestFinished } from 'vitest';

import { TestPlatform } from '../platform/fixtures/test-platform.js';
import type { ApiCall } from '../platform/index.js';
import { apiFaultListener, type ApiFault, parseApiFault } from './api-fault.js';
import { formatTrigger, parseTrigger } from './fault-plan.js';
import { UsageError } from '../base/usage-error.js';
import { operationsNamed } from './operation-names.js';

const PUSH = ['dataset_items_post'];

describe('an API fault', () => {
    it.each<[string, Omit<ApiFault, 'text'>]>([
        ['datasets.items.post:reset-after@3', { fault: { kind: 'reset-after' }, operations: PUSH, from: 3, to: 3 }],
        ['dataset_items_post:reset-before@2-4', { fault: { kind: 'reset-before' }, operations: PUSH, from: 2, to: 4 }],
        ['dataset_items_post:torn-body@2+', { fault: { kind: 'torn-body' }, operations: PUSH, from: 2, to: Infinity }],
        [
            'datasets.items.post:status-503',
            {
                fault: { kind: 'error', status: 503, type: 'internal-server-error' },
                operations: PUSH,
                from: 1,
                to: Infinity,
            },
        ],
        [
            'datasets.items.post:rate-limit@1',
            { fault: { kind: 'error', status: 429, type: 'rate-limit-exceeded' }, operations: PUSH, from: 1, to: 1 },
        ],
        [
            'actors.runs.post:actor-memory-limit-exceeded@1',
            {
                fault: { kind: 'error', status: 402, type: 'actor-memory-limit-exceeded' },
                operations: ['actors_runs_post'],
                from: 1,
                to: 1,
            },
        ],
        [
            'actors.runs.post:concurrent-runs-limit-exceeded@2',
            {
                fault: { kind: 'error', status: 402, type: 'concurrent-runs-limit-exceeded' },
                operations: ['actors_runs_post'],
                from: 2,
                to: 2,
            },
        ],
        [
            'actors.runs.post:status-403/user-disabled',
            {
                fault: { kind: 'error', status: 403, type: 'user-disabled' },
                operations: ['actors_runs_post'],
                from: 1,
                to: Infinity,
            },
        ],
        [
            'datasets.items.post:latency-1.5s@1',
            { fault: { kind: 'latency', millis: 1_500 }, operations: PUSH, from: 1, to: 1 },
        ],
        [
            'datasets.items.post:latency-20ms@1',
            { fault: { kind: 'latency', millis: 20 }, operations: PUSH, from: 1, to: 1 },
        ],
    ])('is read from %s', (text, fault) => {
        expect(parseApiFault(text)).toEqual({ text, ...fault });
    });

    it.each([
        '',
        'datasets.items.post',
        'datasets.items.post:explodes',
        'datasets.items.post:status-200',
        'datasets.items.post:latency-fast',
        'datasets.items.post:reset-after@0',
        'datasets.items.post:reset-after@3-2',
        'no.such.call:reset-after',
    ])("'%s' is refused with what is allowed", (text) => {
        expect(() => parseApiFault(text)).toThrow(UsageError);
        expect(() => parseApiFault(text)).toThrow(/Give /);
    });

    it.each([
        [
            'datasets.item.post:reset-after',
            /Names like it are datasets\.items\.post, .*platform -- --operations lists all/,
        ],
        ['dataset_item_post:reset-after', /Names like it are dataset_items_post, /],
        ['actors.runs.post:actor-memory-limit', /Faults like it are actor-memory-limit-exceeded, /],
    ])("'%s' is refused with names that are like it", (text, message) => {
        expect(() => parseApiFault(text)).toThrow(message);
    });

    it('meets only the calls of its operations that it counts', () => {
        const listener = apiFaultListener([parseApiFault('datasets.items.post:reset-after@2-3')]);
        const isMet = (operationId: string, nOfOperation: number): boolean =>
            listener({ runId: 'r', operationId, params: {}, n: 9, nOfOperation } as ApiCall) !== undefined;

        expect([1, 2, 3, 4].map((n) => isMet('dataset_items_post', n))).toEqual([false, true, true, false]);
        expect(isMet('dataset_items_get', 2)).toBe(false);
    });
});

describe('an operation', () => {
    it('goes by its operationId, or by path and method', () => {
        expect(operationsNamed('key-value-stores.records.put')).toEqual(['keyValueStore_record_put']);
        expect(operationsNamed('keyValueStore_record_put')).toEqual(['keyValueStore_record_put']);
        expect(operationsNamed('call').length).toBeGreaterThan(30);
    });

    it('can be named that way where a fault strikes, too, if it is the only one', () => {
        expect(formatTrigger(parseTrigger('datasets.items.post@5:before'))).toBe('dataset_items_post@5:before');
        expect(() => parseTrigger('datasets.get@1')).toThrow(/several operations: give one of dataset/);
    });
});

it('reaches the client as the error, the delay or the cut connection that it names', async () => {
    const local = await TestPlatform.open();
    onTestFinished(async () => local.close());
    const run = await local.startProbe();
    const { datasetId } = run.record;
    const push = async (fault: string, n: number): Promise<{ status: number; body: string } | string> => {
        local.platform.onApiCall(apiFaultListener([parseApiFault(`datasets.items.post:${fault}`)]));
        const answer = local.callFrom(run, 'POST', `/datasets/${datasetId}/items`, JSON.stringify({ n }));
        return answer.catch((error: unknown) => (error as Error).message);
    };

    expect(await push('status-503', 1)).toMatchObject({ status: 503, body: expect.stringMatching(/internal-server/) });
    expect(await push('rate-limit', 2)).toMatchObject({ status: 429, body: expect.stringMatching(/rate-limit-exc/) });
    expect(await push('status-402/limit-reached', 2)).toEqual({
        status: 402,
        body: expect.stringMatching(/^\{"error":\{"type":"limit-reached"/),
    });
    expect(await push('reset-before', 3)).toMatch(/fetch failed/);
    expect(await push('reset-after', 4)).toMatch(/fetch failed/);
    expect(await push('torn-body', 5)).toMatch(/terminated|aborted|fetch failed/);
    expect(await push('latency-1ms', 6)).toMatchObject({ status: 201 });
    const { items } = local.platform.store.find('datasets', datasetId).content;
    expect(items).toEqual([{ n: 4 }, { n: 5 }, { n: 6 }]);
});
