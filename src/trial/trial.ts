import type { Platform, RunRecord } from '../platform/index.js';
import { openShop, type Shop, type ShopOptions } from '../shop/index.js';
import type { Strike } from './fault-plan.js';
import { MovedRun, type MovedRunOptions, type RunEvent } from './moved-run.js';
import { Pages } from './pages.js';
import { type Evidence, judge, offerKey, type Verdict } from './verdict.js';

/** Records that may hold the object, in the order in which they are looked for: the result, else the last save. */
const COUNT_RECORDS = ['OUTPUT', 'ASIN_OFFERS'];

export interface TrialOptions extends Omit<MovedRunOptions, 'onEvent'> {
    shop?: Omit<ShopOptions, 'port' | 'onRequest' | 'beforeServe'>;
    /** Merged into the Actor's input, which names the shop. */
    input?: Record<string, unknown>;
    onEvent?: (event: TrialEvent) => void;
}

/** What can be watched while a trial runs. Times are milliseconds since the epoch. */
export type TrialEvent = RunEvent | { type: 'page'; at: number; pages: Verdict['pages']; expected: number };

export interface TrialResult {
    verdict: Verdict;
    run: RunRecord;
    /** The counts that the run left behind. */
    counts: Record<string, unknown> | undefined;
    truth: Record<string, number>;
    /** Strikes of the plan that found no occasion. */
    missed: readonly Strike[];
    /** Calls of the run, by operation. */
    calls: Record<string, number>;
    /** Milliseconds from the start of the run to its end. */
    wallMillis: number;
    /** Milliseconds from the start of the run to its first page. */
    coldStartMillis: number | undefined;
    /** For each process after the first: milliseconds from the end of the one before to its first page. */
    downMillis: readonly number[];
    dir: string;
}

/**
 * Runs one Actor against one shop under one fault plan, to its end, and judges what it left behind.
 *
 * @throws Error when the platform or the shop can't be opened.
 */
export async function runTrial(options: TrialOptions): Promise<TrialResult> {
    const { onEvent = () => {} } = options;
    const pages = new Pages();
    const moved = new MovedRun({
        ...options,
        onEvent: (event) => {
            if (event.type === 'journal' && event.entry.type === 'run.exit') pages.processEnded(event.at);
            onEvent(event);
        },
    });
    const shop = await openShop({
        ...options.shop,
        onRequest: ({ url }) => {
            pages.requested(url, Date.now());
            onEvent({ type: 'page', at: Date.now(), pages: pages.counts, expected: expectedPages });
        },
        beforeServe: moved.striker.onPage,
    });
    const expectedPages = Object.values(shop.pageCounts).reduce((sum, count) => sum + count, 0);
    try {
        await moved.open(shop.baseUrl);
        return await runToEnd(options, moved, shop, pages);
    } finally {
        await moved.close();
        await shop.close();
    }
}

async function runToEnd(options: TrialOptions, moved: MovedRun, shop: Shop, pages: Pages): Promise<TrialResult> {
    const truth = shop.truth();
    pages.started(Date.now());
    await moved.start({ input: { keyword: shop.keyword, baseUrl: shop.baseUrl, ...options.input } });
    const { platform, run, striker } = moved;
    let doneBefore: string[] = [];
    platform.on('entry', ({ type }) => {
        if (type === 'run.boot') doneBefore = handledAsins(platform, run.record);
    });
    const ended = await moved.finished();
    const wallMillis = Date.now() - moved.startedAt;
    striker.stop();
    const evidence = collect(platform, run.record, shop, truth);
    const { downMillis } = pages;
    const verdict = judge({
        ...evidence,
        doneBefore,
        truth,
        ended,
        pages: pages.counts,
        boots: run.record.incarnation,
        downMillis: downMillis.reduce((sum, millis) => sum + millis, 0),
    });
    return {
        verdict,
        run: { ...run.record },
        counts: evidence.counts,
        truth,
        missed: striker.missed,
        calls: platform.callCounts(run.id),
        wallMillis,
        coldStartMillis: pages.coldStartMillis,
        downMillis,
        dir: platform.dir,
    };
}

type Storages = Pick<Evidence, 'rows' | 'offers'> & { counts: Record<string, unknown> | undefined };

/** ASINs whose offers page the run has marked handled. */
function handledAsins({ store }: Platform, run: RunRecord): string[] {
    const asins: string[] = [];
    for (const { request } of store.find('request-queues', run.requestQueueId).content.listing()) {
        const { url, handledAt } = request;
        const { pathname, searchParams } = new URL(url);
        const asin = searchParams.get('asin');
        if (handledAt && pathname === '/gp/aod/ajax' && asin !== null) asins.push(asin);
    }
    return asins;
}

function collect({ store }: Platform, run: RunRecord, shop: Shop, truth: Record<string, number>): Storages {
    const { records } = store.find('key-value-stores', run.keyValueStoreId).content;
    const record = COUNT_RECORDS.map((key) => records.get(key)).find((found) => found !== undefined);
    return {
        counts: record && parseObject(store.bytesOf(record.value)),
        rows: store.find('datasets', run.datasetId).content.items.map(offerKey),
        offers: Object.keys(truth).flatMap((asin) => shop.offers(asin).map((offer) => offerKey({ asin, ...offer }))),
    };
}

function parseObject(bytes: Buffer): Record<string, unknown> | undefined {
    try {
        const value: unknown = JSON.parse(bytes.toString());
        return typeof value === 'object' && value !== null && !Array.isArray(value)
            ? (value as Record<string, unknown>)
            : undefined;
    } catch {
        return undefined;
    }
}
