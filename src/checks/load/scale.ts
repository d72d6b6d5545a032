import { rmSync, statSync } from 'node:fs';
import { join } from 'node:path';

import { compiled } from '../../base/paths.js';
import { inTemporaryFolder } from '../../base/temporary-folder.js';
import { compareRuns } from '../../mover/comparison.js';
import { openSecondPlatform, type SecondPlatform } from '../../platform/fixtures/second-platform.js';
import { requestId } from '../../platform/ids.js';
import { SNAPSHOT } from '../../platform/journal/snapshot.js';
import { Store } from '../../platform/store.js';
import { ApiCaller } from './api-caller.js';
import { type AddFigure, type MeasuredFigure, MeasuredFigures, median } from './measured-figure.js';
import { ProcessWatch } from './process-watch.js';

/** How large the storages are that a platform is asked about. */
export interface ScaleSize {
    /** Rows of a dataset, beside half as many requests; and, by themselves, keys of a key-value store. */
    sizes: readonly number[];
    /** Rows of each run that is compared with another. */
    comparedRows: number;
}

export const FULL_SCALE: ScaleSize = { sizes: [10_000, 100_000, 1_000_000], comparedRows: 400_000 };

/** Calls of which the median is taken. */
const CALLS = 21;
const PAGE = 100;
const MB = 1024 * 1024;

/**
 * Measures what must not depend on how much a platform holds: pages, what a large read does to others, memory, opening;
 * and how long it takes to compare runs that leave many rows.
 */
export async function measureScale(
    { sizes, comparedRows }: ScaleSize,
    onFigure: (figure: MeasuredFigure) => void,
): Promise<MeasuredFigure[]> {
    const figures = new MeasuredFigures(onFigure);
    for (const size of sizes) {
        await inTemporaryFolder(async (dir) => measureSize(dir, size, figures.of(size)));
        await inTemporaryFolder(async (dir) => measureKeys(dir, size, figures.of(size)));
    }
    await inTemporaryFolder(async (dir) => {
        const startedAt = performance.now();
        const command: [string, string, string] = [
            process.execPath,
            compiled('src/checks/load/rows-actor.js'),
            String(comparedRows),
        ];
        await compareRuns({ actor: { name: 'rows', command, cwd: dir }, dir: join(dir, 'data'), planOf: () => [] });
        figures.of(comparedRows)('three runs, and to compare them', (performance.now() - startedAt) / 1_000, 's');
    });
    return figures.all;
}

async function measureSize(dir: string, size: number, add: AddFigure): Promise<void> {
    const { datasetId, queueId } = fill(dir, size);
    add('journal', statSync(join(dir, 'journal.jsonl')).size / MB, 'MB');
    rmSync(join(dir, SNAPSHOT), { force: true });
    await opened(dir, async (_platform, seconds) => {
        add('to open it', seconds, 's');
    });
    await opened(dir, async (platform, seconds) => {
        add('to open it from its snapshot', seconds, 's');
        const watch = new ProcessWatch(platform.process.pid!);
        const api = new ApiCaller(platform.baseUrl, platform.token, 4);
        try {
            add('memory', (await watch.peakBytes()) / MB, 'MB');
            const measure = async (name: string, call: (n: number) => Promise<unknown>): Promise<void> =>
                add(name, await medianOf(call), 'ms');
            const items = `/datasets/${datasetId}/items`;
            const head = `/request-queues/${queueId}/head`;
            await measure('a page of rows', async (n) =>
                api.call('GET', `${items}?limit=${PAGE}&offset=${Math.floor((size * n) / CALLS)}`),
            );
            await measure('the head, half of the queue locked', async () => api.call('GET', `${head}?limit=${PAGE}`));
            await measure('head/lock', async () => api.call('POST', `${head}/lock?limit=25&lockSecs=600`));
            for (const format of ['json', 'csv']) {
                const startedAt = performance.now();
                let isDone = false;
                const reading = api.drain(`${items}?format=${format}`).finally(() => {
                    isDone = true;
                });
                let longest = 0;
                while (!isDone) {
                    const before = performance.now();
                    await api.call('GET', `/datasets/${datasetId}`);
                    longest = Math.max(longest, performance.now() - before);
                }
                await reading;
                add(`all rows as ${format}`, (performance.now() - startedAt) / 1_000, 's');
                add(`longest wait of other calls meanwhile, ${format}`, longest, 'ms');
            }
            add('memory after that', (await watch.peakBytes()) / MB, 'MB');
        } finally {
            api.close();
            watch.stop();
        }
    });
}

async function measureKeys(dir: string, size: number, add: AddFigure): Promise<void> {
    const store = new Store(dir);
    const id = store.create('key-value-stores', {});
    const record = { contentType: 'application/json', value: { bytes: Buffer.from('{}') } };
    for (let n = 0; n < size; n++) store.commit({ type: 'record.put', id, key: `KEY-${n}`, ...record });
    store.close();
    await opened(dir, async (platform) => {
        const api = new ApiCaller(platform.baseUrl, platform.token, 1);
        try {
            const path = `/key-value-stores/${id}`;
            const put = async (n: number): Promise<unknown> => api.call('PUT', `${path}/records/NEW-${n}`, n);
            const page = async (n: number): Promise<unknown> =>
                api.call('GET', `${path}/keys?limit=${PAGE}&exclusiveStartKey=KEY-${n}`);
            add('a page of keys, after a put', await medianOf(page, put), 'ms');
        } finally {
            api.close();
        }
    });
}

async function opened(dir: string, work: (platform: SecondPlatform, seconds: number) => Promise<void>): Promise<void> {
    const startedAt = performance.now();
    const platform = await openSecondPlatform(dir);
    try {
        await work(platform, (performance.now() - startedAt) / 1_000);
    } finally {
        await platform.close();
    }
}

/** Writes storages as calls would, and locks half of the requests. */
function fill(dir: string, size: number): { datasetId: string; queueId: string } {
    const store = new Store(dir);
    const datasetId = store.create('datasets', {});
    const queueId = store.create('request-queues', {});
    for (let begin = 0; begin < size; begin += 500) {
        const numbers = Array.from({ length: Math.min(500, size - begin) }, (_, i) => begin + i);
        const title = 'A product with a title of some length';
        const items = numbers.map((n) => ({ n, asin: `B0${n}`, title, price: n / 7 }));
        store.commit({ type: 'items.pushed', id: datasetId, items });
    }
    const lockedUntil = Date.now() + 3_600_000;
    for (let begin = 0; begin < size / 2; begin += 25) {
        const requests = Array.from({ length: 25 }, (_, i) => {
            const url = `http://127.0.0.1/products/${begin + i}?keyword=phone`;
            return { url, uniqueKey: url, id: requestId(url), userData: { label: 'X' } };
        });
        store.commit({ type: 'requests.added', id: queueId, requests, forefront: false });
        if (begin >= size / 4) continue;
        const requestIds = requests.map(({ id }) => id);
        store.commit({ type: 'requests.locked', id: queueId, requestIds, lockedUntil, clientKey: 'other' });
    }
    store.close();
    return { datasetId, queueId };
}

/** @param before Called before each call, and not measured. */
async function medianOf(
    call: (n: number) => Promise<unknown>,
    before: (n: number) => Promise<unknown> = async () => undefined,
): Promise<number> {
    const durations: number[] = [];
    for (let n = 0; n < CALLS; n++) {
        await before(n);
        const startedAt = performance.now();
        await call(n);
        durations.push(performance.now() - startedAt);
    }
    return median(durations);
}
