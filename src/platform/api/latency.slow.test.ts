import { tmpdir } from 'node:os';

import { afterEach, describe, expect, test } from 'vitest';

import type { RecordedEntry, TraceEntry } from '../../trace/recorded.js';
import { TestPlatform } from '../fixtures/test-platform.js';
import type { RunProcess } from '../index.js';

let local: TestPlatform;

afterEach(async () => local.close());

/** Milliseconds that timers may be early. */
const EARLY = 2;

type CallEntry<Type> = Extract<RecordedEntry, { type: Type }>;

async function open(apiLatencyMillis: number): Promise<TraceEntry[]> {
    const entries: TraceEntry[] = [];
    local = await TestPlatform.open({
        settings: { apiLatencyMillis, systemInfoIntervalMillis: 0 },
        onEntry: (entry) => {
            entries.push(entry);
        },
    });
    return entries;
}

/** The call of an operation, and its end. */
function callOf(entries: TraceEntry[], operation: string): [begin: CallEntry<'call'>, end: CallEntry<'call.ended'>] {
    const begin = entries.find((entry) => entry.type === 'call' && entry.operationId === operation);
    const { call } = begin as CallEntry<'call'>;
    const end = entries.find((entry) => entry.type === 'call.ended' && entry.call === call);
    return [begin as CallEntry<'call'>, end as CallEntry<'call.ended'>];
}

describe('a call of a run', () => {
    test('is applied after half of the latency, and answered after the other half', async () => {
        const entries = await open(200);
        const run = await local.startProbe();
        await local.callFrom(run, 'POST', `/datasets/${run.record.datasetId}/items`, '[{"n":1}]');

        const [begin, end] = callOf(entries, 'dataset_items_post');
        const push = entries.find(({ type }) => type === 'items.pushed')!;
        expect(push.at - begin.at).toBeGreaterThanOrEqual(100 - EARLY);
        expect(end.at - push.at).toBeGreaterThanOrEqual(100 - EARLY);
        expect(end.end).toEqual({ how: 'answered', status: 201 });
    });

    test.each([
        ['refused because of what it asks', undefined],
        ['met by a fault', 'drop' as const],
    ])('takes as long when it is %s', async (_what, after) => {
        const entries = await open(200);
        const run = await local.startProbe();
        if (after) {
            local.platform.onApiCall((call) =>
                call.operationId === 'keyValueStore_record_get' ? { after: async () => after } : undefined,
            );
        }
        const key = after ? 'UP' : 'NOWHERE';
        const path = `/key-value-stores/${run.record.keyValueStoreId}/records/${key}`;
        await local.callFrom(run, 'GET', path).catch(() => undefined);

        const [begin, end] = callOf(entries, 'keyValueStore_record_get');
        expect(end.end).toEqual(after ? { how: 'dropped' } : { how: 'answered', status: 404 });
        expect(end.at - begin.at).toBeGreaterThanOrEqual(200 - 2 * EARLY);
    });

    /** An Actor that pushes a row on a way that never ends, and exits when its web server is called. */
    const pushing = async (): Promise<[run: RunProcess, entries: TraceEntry[]]> => {
        const entries = await open(24 * 3_600_000);
        const push =
            "fetch(process.env.APIFY_API_BASE_URL + '/v2/datasets/' + process.env.ACTOR_DEFAULT_DATASET_ID + '/items', " +
            "{ method: 'POST', body: '[{}]', headers: { authorization: 'Bearer ' + process.env.APIFY_TOKEN } })";
        const server = "require('http').createServer(() => process.exit(0))";
        const source = `${server}.listen(process.env.ACTOR_WEB_SERVER_PORT, '127.0.0.1', () => ${push});`;
        const command: [string, ...string[]] = [process.execPath, '-e', source];
        const run = await local.platform.start(local.platform.define({ name: 'pusher', command, cwd: tmpdir() }));
        return [run, entries];
    };

    test.each([
        ['is killed', async (run: RunProcess) => Promise.resolve(run.abort())],
        ['exits', async (run: RunProcess) => fetch(run.containerUrl).catch(() => undefined)],
    ])('is lost on its way when the process %s', async (_how, end) => {
        const [run, entries] = await pushing();
        await local.until(() => entries.some(({ type }) => type === 'call'));
        await end(run);
        await run.finished();
        await local.until(() => entries.some(({ type }) => type === 'call.ended'));

        expect(callOf(entries, 'dataset_items_post')[1].end).toEqual({ how: 'dropped' });
        expect(local.platform.store.find('datasets', run.record.datasetId).content.items).toEqual([]);
    });
});

test('a call of the user does not wait', async () => {
    await open(24 * 3_600_000);
    const { id } = await local.client.datasets().getOrCreate();
    await local.client.dataset(id).pushItems({ n: 1 });

    expect((await local.client.dataset(id).listItems()).items).toEqual([{ n: 1 }]);
});
