import { setTimeout } from 'node:timers/promises';

import { compiled } from '../../base/paths.js';
import { inTemporaryFolder } from '../../base/temporary-folder.js';
import { openSecondPlatform, type SecondPlatform } from '../../platform/fixtures/second-platform.js';
import { ApiCaller, forEachOf } from './api-caller.js';
import { ProcessWatch } from './process-watch.js';

/** How much is sent to a platform. */
export interface LoadSize {
    /** Requests that go through one run's queue: added, locked, marked as handled. */
    requests: number;
    /** Rows that are pushed to one dataset and read again. */
    rows: number;
    /** Bytes of a record that is written and read. */
    recordBytes: number;
    /** Calls that are under way at the same time. */
    inFlight: number;
}

export const FULL_LOAD: LoadSize = { requests: 50_000, rows: 100_000, recordBytes: 9_000_000, inFlight: 200 };

/** What a platform has to keep to. */
export interface LoadBounds {
    memoryBytes: number;
    callMillis: number;
}

export const BOUNDS: LoadBounds = { memoryBytes: 300 * 1024 * 1024, callMillis: 1_000 };

/** What one part of the load showed. */
export interface LoadFigures {
    part: string;
    calls: number;
    seconds: number;
    /** Median, 99th percentile and longest call, in milliseconds. */
    median: number;
    p99: number;
    longest: number;
    /** Processor time of the platform's process in this part: unlike the others, it says little of a busy machine. */
    cpuSeconds: number;
    /** Largest resident memory of the platform's process so far, in bytes. */
    memoryBytes: number;
}

const POLL_MILLIS = 20;
const BATCH = 25;
const ROWS_AT_ONCE = 500;
/** The queue's client, as Crawlee gives one. */
const CLIENT = 'clientKey=load';

/** Puts a load on a platform in a process of its own and measures it. The parts come in the order in which they ran. */
export async function measureLoad(size: LoadSize, onPart?: (figures: LoadFigures) => void): Promise<LoadFigures[]> {
    return inTemporaryFolder(async (dir) => measureLoadIn(dir, size, onPart));
}

async function measureLoadIn(
    dir: string,
    size: LoadSize,
    onPart: ((figures: LoadFigures) => void) | undefined,
): Promise<LoadFigures[]> {
    const actor = compiled('src/checks/contract/contract-actor.js');
    const platform = await openSecondPlatform(dir, actor);
    const watch = new ProcessWatch(platform.process.pid!);
    const figures: LoadFigures[] = [];
    const measure = async (part: string, work: (api: ApiCaller, run: LoadedRun) => Promise<void>): Promise<void> => {
        const run = await startRun(platform);
        const api = new ApiCaller(platform.baseUrl, run.token, size.inFlight);
        const startedAt = performance.now();
        const cpuBefore = await watch.cpuSeconds();
        try {
            await work(api, run);
        } finally {
            api.close();
        }
        const seconds = (performance.now() - startedAt) / 1_000;
        const cpuSeconds = (await watch.cpuSeconds()) - cpuBefore;
        figures.push({ part, seconds, ...summary(api.durations), cpuSeconds, memoryBytes: await watch.peakBytes() });
        onPart?.(figures.at(-1)!);
    };
    try {
        await measure('request queue', async (api, run) => driveQueue(api, run, size));
        await measure('dataset', async (api, run) => driveDataset(api, run, size));
        await measure('record', async (api, run) => driveRecord(api, run, size));
        await measure('all at once', async (api, run) => {
            const tenth = { ...size, requests: Math.ceil(size.requests / 10), rows: Math.ceil(size.rows / 10) };
            await Promise.all([
                driveQueue(api, run, tenth),
                driveDataset(api, run, tenth),
                driveRecord(api, run, tenth),
            ]);
        });
        return figures;
    } finally {
        watch.stop();
        await platform.close();
    }
}

/** What of the bounds was not kept, one sentence each. */
export function brokenBounds(figures: readonly LoadFigures[], { memoryBytes, callMillis }: LoadBounds): string[] {
    return figures.flatMap((figure) => [
        ...(figure.memoryBytes > memoryBytes
            ? [`${figure.part}: ${megabytes(figure.memoryBytes)} of memory, and not under ${megabytes(memoryBytes)}.`]
            : []),
        ...(figure.longest > callMillis
            ? [`${figure.part}: a call took ${Math.round(figure.longest)} ms, and not under ${callMillis} ms.`]
            : []),
    ]);
}

export function megabytes(bytes: number): string {
    return `${Math.round(bytes / 1024 / 1024)} MB`;
}

/** A run, its own token and its storages. All of it stays: what a platform has taken in, it keeps. */
interface LoadedRun {
    token: string;
    defaultDatasetId: string;
    defaultKeyValueStoreId: string;
    defaultRequestQueueId: string;
}

/** Starts an Actor that does nothing but tell the token of its run. */
async function startRun({ baseUrl, token: userToken, actorId }: SecondPlatform): Promise<LoadedRun> {
    const api = new ApiCaller(baseUrl, userToken, 1);
    try {
        const { data: run } = await api.call<{ data: LoadedRun }>('POST', `/actors/${actorId}/runs`);
        const path = `/key-value-stores/${run.defaultKeyValueStoreId}`;
        const hasToken = async (): Promise<boolean> => {
            const { data } = await api.call<{ data: { items: { key: string }[] } }>('GET', `${path}/keys`);
            return data.items.some(({ key }) => key === 'RUN-TOKEN');
        };
        while (!(await hasToken())) await setTimeout(POLL_MILLIS);
        const token = await api.bytes('GET', `${path}/records/RUN-TOKEN`, Buffer.alloc(0));
        return { ...run, token: token.toString() };
    } finally {
        api.close();
    }
}

async function driveQueue(api: ApiCaller, run: LoadedRun, { requests, inFlight }: LoadSize): Promise<void> {
    const path = `/request-queues/${run.defaultRequestQueueId}`;
    await forEachOf(Math.ceil(requests / BATCH), inFlight, async (batch) => {
        const size = Math.min(BATCH, requests - batch * BATCH);
        const body = Array.from({ length: size }, (_, n) => requestOf(batch * BATCH + n));
        await api.call('POST', `${path}/requests/batch?${CLIENT}`, body);
    });
    let handled = 0;
    await forEachOf(Math.ceil(requests / BATCH), Math.ceil(inFlight / BATCH), async () => {
        const { data } = await api.call<{ data: { items: { id: string; uniqueKey: string; url: string }[] } }>(
            'POST',
            `${path}/head/lock?limit=${BATCH}&lockSecs=180&${CLIENT}`,
        );
        await Promise.all(
            data.items.map(async ({ id, uniqueKey, url }) => {
                const handledAt = new Date().toISOString();
                await api.call('PUT', `${path}/requests/${id}?${CLIENT}`, { ...FIELDS, id, uniqueKey, url, handledAt });
                handled++;
            }),
        );
    });
    const { data: after } = await api.call<{ data: { handledRequestCount: number } }>('GET', path);
    if (handled !== requests || after.handledRequestCount !== requests) {
        throw new Error(`Of ${requests} requests ${after.handledRequestCount} are handled.`);
    }
}

async function driveDataset(api: ApiCaller, run: LoadedRun, { rows, inFlight }: LoadSize): Promise<void> {
    const path = `/datasets/${run.defaultDatasetId}`;
    const calls = Math.ceil(rows / ROWS_AT_ONCE);
    await forEachOf(calls, inFlight, async (batch) => {
        const size = Math.min(ROWS_AT_ONCE, rows - batch * ROWS_AT_ONCE);
        await api.call(
            'POST',
            `${path}/items`,
            Array.from({ length: size }, (_, n) => rowOf(batch * ROWS_AT_ONCE + n)),
        );
    });
    const { data: after } = await api.call<{ data: { itemCount: number } }>('GET', path);
    if (after.itemCount !== rows) throw new Error(`Of ${rows} rows ${after.itemCount} are there.`);
    await forEachOf(calls, inFlight, async (batch) => {
        await api.call('GET', `${path}/items?limit=${ROWS_AT_ONCE}&offset=${batch * ROWS_AT_ONCE}`);
    });
    await api.bytes('GET', `${path}/items?format=json`, Buffer.alloc(0));
}

async function driveRecord(api: ApiCaller, run: LoadedRun, { recordBytes }: LoadSize): Promise<void> {
    for (let n = 0; n < 5; n++) {
        const path = `/key-value-stores/${run.defaultKeyValueStoreId}/records/LARGE-${n}`;
        await api.bytes('PUT', path, Buffer.alloc(recordBytes, String(n)));
        const { length } = await api.bytes('GET', path, Buffer.alloc(0));
        if (length !== recordBytes) throw new Error(`Of ${recordBytes} bytes ${length} came back.`);
    }
}

/** What Crawlee sends of a request besides its address. */
const FIELDS = {
    method: 'GET',
    noRetry: false,
    retryCount: 0,
    errorMessages: [],
    headers: {},
    userData: { label: 'X' },
};

function requestOf(n: number): Record<string, unknown> {
    const url = `http://127.0.0.1/products/${n}?keyword=phone`;
    return { ...FIELDS, url, uniqueKey: url };
}

function rowOf(n: number): Record<string, unknown> {
    return {
        n,
        asin: `B0${n}`,
        title: 'A product with a title of some length',
        url: `http://127.0.0.1/dp/${n}`,
        price: n / 7,
    };
}

function summary(durations: number[]): { calls: number; median: number; p99: number; longest: number } {
    const sorted = durations.toSorted((a, b) => a - b);
    const at = (share: number): number => sorted[Math.floor((sorted.length - 1) * share)] ?? 0;
    return { calls: sorted.length, median: at(0.5), p99: at(0.99), longest: at(1) };
}
