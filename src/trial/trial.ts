import { join } from 'node:path';

import type { Platform, RunRecord } from '../platform/index.js';
import { openShop, type ServedPage, type Shop, type ShopOptions } from '../shop/index.js';
import { Disk } from '../mover/disk.js';
import type { Strike } from '../faults/fault-plan.js';
import { type MovedActor, MovedRun, type MovedRunOptions, type RunEvent } from '../mover/moved-run.js';
import { Pages } from './pages.js';
import { type Evidence, judge, offerKey, type Verdict } from './verdict.js';

/** Records that may hold the object, in the order in which they are looked for: the result, else the last save. */
const COUNT_RECORDS = ['OUTPUT', 'ASIN_OFFERS'];

export interface TrialOptions extends Omit<MovedRunOptions, 'actor' | 'onEvent'> {
    actor: MovedActor & {
        /**
         * Folder of which every process gets a fresh copy to work in, instead of `cwd`: as in a container, nothing
         * that a process writes to its disk reaches the next.
         */
        image?: string;
    };
    shop?: Omit<ShopOptions, 'port' | 'onRequest' | 'beforeServe'>;
    /** Merged into the Actor's input, which names the shop. */
    input?: Record<string, unknown>;
    /** Finds the object of counts in what a run has left. Default: the record `OUTPUT`, else `ASIN_OFFERS`. */
    findCounts?: (left: LeftBehind) => Record<string, unknown> | undefined;
    /** Called, and awaited, before a page is sent, after what the plan does to it. */
    beforePage?: (page: ServedPage) => void | Promise<void>;
    onEvent?: (event: TrialEvent) => void;
}

/** What a run has left of what it has counted. */
export interface LeftBehind {
    /** JSON records of the default key-value store; those that were written last come first. */
    records: readonly (readonly [key: string, value: unknown])[];
    /** The last lines of its log. */
    lines: readonly string[];
}

/** Lines of the log that are kept for `LeftBehind`. */
const LAST_LINES = 500;

/** What can be watched while a trial runs. Times are milliseconds since the epoch. */
export type TrialEvent = RunEvent | { type: 'page'; at: number; pages: Verdict['pages']; expected: number };

export interface TrialResult {
    verdict: Verdict;
    run: RunRecord;
    /** The counts that the run left behind. */
    counts: Record<string, unknown> | undefined;
    truth: Record<string, number>;
    /** Pages of the shop, of which an undisturbed run fetches each once. */
    pagesExpected: number;
    /** Files that processes have left on their disk, which the next ones didn't find: see `actor.image`. */
    leftOnDisk: readonly string[];
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
    const { image, ...actor } = options.actor;
    const disk = image === undefined ? undefined : new Disk(image, join(options.dir, 'disk'));
    const moved = new MovedRun({
        ...options,
        actor: disk ? { ...actor, cwd: disk.dir, env: { ...actor.env, ...disk.env } } : actor,
        onEvent: (event) => {
            if (event.type === 'journal' && event.entry.type === 'run.exit') {
                pages.processEnded(event.at);
                disk?.renew();
            }
            onEvent(event);
        },
    });
    const shop = await openShop({
        ...options.shop,
        onRequest: ({ url }) => {
            pages.requested(url, Date.now());
            onEvent({ type: 'page', at: Date.now(), pages: pages.counts, expected: expectedPages });
        },
        beforeServe: async (page) => {
            await moved.striker.onPage(page);
            await options.beforePage?.(page);
        },
    });
    const expectedPages = Object.values(shop.pageCounts).reduce((sum, count) => sum + count, 0);
    try {
        await moved.open(shop.baseUrl);
        const result = await runToEnd(options, moved, shop, pages);
        return { ...result, pagesExpected: expectedPages, leftOnDisk: disk?.left ?? [] };
    } finally {
        await moved.close();
        await shop.close();
    }
}

async function runToEnd(
    options: TrialOptions,
    moved: MovedRun,
    shop: Shop,
    pages: Pages,
): Promise<Omit<TrialResult, 'pagesExpected' | 'leftOnDisk'>> {
    const truth = shop.truth();
    const lines: string[] = [];
    const writtenKeys: string[] = [];
    moved.platform.on('entry', (entry) => {
        if (entry.type === 'record.put') writtenKeys.push(entry.key);
    });
    moved.platform.on('line', ({ text }) => {
        lines.push(text);
        if (lines.length > LAST_LINES) lines.shift();
    });
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
    const left = { records: recordsOf(platform, run.record, writtenKeys), lines };
    const evidence = {
        counts: (options.findCounts ?? findKnownRecord)(left),
        ...collectRows(platform, run.record, shop, truth),
    };
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

function collectRows(
    { store }: Platform,
    run: RunRecord,
    shop: Shop,
    truth: Record<string, number>,
): Pick<Evidence, 'rows' | 'offers'> {
    return {
        rows: store.find('datasets', run.datasetId).content.items.map(offerKey),
        offers: Object.keys(truth).flatMap((asin) => shop.offers(asin).map((offer) => offerKey({ asin, ...offer }))),
    };
}

function recordsOf({ store }: Platform, run: RunRecord, writtenKeys: readonly string[]): LeftBehind['records'] {
    const { records } = store.find('key-value-stores', run.keyValueStoreId).content;
    return [...records.values()]
        .filter(({ contentType }) => contentType.startsWith('application/json'))
        .sort((a, b) => writtenKeys.lastIndexOf(b.key) - writtenKeys.lastIndexOf(a.key))
        .map(({ key, value }) => [key, parseJson(store.bytesOf(value))] as const);
}

function findKnownRecord({ records }: LeftBehind): Record<string, unknown> | undefined {
    const found = new Map(records);
    const value = COUNT_RECORDS.map((key) => found.get(key)).find((record) => record !== undefined);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
        ? (value as Record<string, unknown>)
        : undefined;
}

function parseJson(bytes: Buffer): unknown {
    try {
        return JSON.parse(bytes.toString());
    } catch {
        return undefined;
    }
}
