import { join } from 'node:path';

import {
    type ApiCall,
    type JournalEntry,
    type LogLine,
    openPlatform,
    type Platform,
    type RunRecord,
} from '../platform/index.js';
import { openShop, type ServedPage, type Shop, type ShopOptions } from '../shop/index.js';
import { Disk } from './disk.js';
import type { FaultPlan, Strike } from './fault-plan.js';
import { Pages } from './pages.js';
import { Striker } from './striker.js';
import { type Evidence, judge, offerKey, type TrialEnd, type Verdict } from './verdict.js';

/** Records that may hold the object, in the order in which they are looked for: the result, else the last save. */
const COUNT_RECORDS = ['OUTPUT', 'ASIN_OFFERS'];

export interface TrialOptions {
    actor: {
        name: string;
        command: [string, ...string[]];
        cwd: string;
        /**
         * Folder of which every process gets a fresh copy to work in, instead of `cwd`: as in a container, nothing
         * that a process writes to its disk reaches the next.
         */
        image?: string;
    };
    plan: FaultPlan;
    /** Data directory of the platform; journal, storages and logs stay there. */
    dir: string;
    shop?: Omit<ShopOptions, 'port' | 'onRequest' | 'beforeServe'>;
    /** Merged into the Actor's input, which names the shop. */
    input?: Record<string, unknown>;
    /** Milliseconds between `migrating` or `aborting` and the SIGKILL. Default 10,000, for an abort 30,000. */
    graceMillis?: number;
    /** False when the platform ignores the reboot that the SDK asks for during a migration. Default true. */
    rebootEndsMigration?: boolean;
    /** Seconds between two `persistState` events. Default: the SDK's 60. */
    persistIntervalSecs?: number;
    /** Milliseconds that work is held at most while a graceful fault strikes at a page or a call. Default 1,000. */
    holdMillis?: number;
    /** Milliseconds after which a trial that does not end is ended. Default 180,000. */
    timeoutMillis?: number;
    /** Finds the object of counts in what a run has left. Default: the record `OUTPUT`, else `ASIN_OFFERS`. */
    findCounts?: (left: LeftBehind) => Record<string, unknown> | undefined;
    /** Called, and awaited, before a page is sent, after what the plan does to it. */
    beforePage?: (page: ServedPage) => void | Promise<void>;
    /** Ends the trial early. */
    signal?: AbortSignal;
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
export type TrialEvent =
    | { type: 'opened'; at: number; shopUrl: string; platformUrl: string; dir: string }
    | { type: 'journal'; at: number; entry: JournalEntry }
    | ({ type: 'line' } & LogLine)
    | { type: 'call'; at: number; call: ApiCall }
    | { type: 'strike'; at: number; strike: Strike }
    | { type: 'page'; at: number; pages: Verdict['pages']; expected: number };

export interface TrialResult {
    verdict: Verdict;
    run: RunRecord;
    /** The counts that the run left behind. */
    counts: Record<string, unknown> | undefined;
    truth: Record<string, number>;
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
    const { graceMillis = 10_000, rebootEndsMigration = true, holdMillis = 1_000, onEvent = () => {} } = options;
    const pages = new Pages();
    const striker = new Striker({
        plan: options.plan,
        graceMillis,
        rebootEndsMigration,
        holdMillis,
        onStrike: (strike) => onEvent({ type: 'strike', at: Date.now(), strike }),
    });
    const shop = await openShop({
        ...options.shop,
        onRequest: ({ url }) => {
            pages.requested(url, Date.now());
            onEvent({ type: 'page', at: Date.now(), pages: pages.counts, expected: expectedPages });
        },
        beforeServe: async (page) => {
            await striker.onPage(page);
            await options.beforePage?.(page);
        },
    });
    const truth = shop.truth();
    const expectedPages = Object.values(shop.pageCounts).reduce((sum, count) => sum + count, 0);
    let platform: Platform | undefined;
    try {
        const abortGraceMillis = options.graceMillis ?? 30_000;
        const settings = { migrationGraceMillis: graceMillis, abortGraceMillis, rebootEndsMigration };
        platform = await openPlatform({ dir: options.dir, settings });
        watch(platform, pages, onEvent);
        platform.onApiCall((call) => {
            onEvent({ type: 'call', at: Date.now(), call });
            return striker.onApiCall(call);
        });
        const { baseUrl, dir } = platform;
        onEvent({ type: 'opened', at: Date.now(), shopUrl: shop.baseUrl, platformUrl: baseUrl, dir });
        return await runToEnd(options, platform, shop, striker, pages, truth);
    } finally {
        striker.stop();
        await platform?.close();
        await shop.close();
    }
}

function watch(platform: Platform, pages: Pages, onEvent: (event: TrialEvent) => void): void {
    platform.on('entry', (entry) => {
        if (entry.type === 'run.exit') pages.processEnded(entry.at);
        onEvent({ type: 'journal', at: entry.at, entry });
    });
    platform.on('line', (line) => onEvent({ type: 'line', ...line }));
}

async function runToEnd(
    options: TrialOptions,
    platform: Platform,
    shop: Shop,
    striker: Striker,
    pages: Pages,
    truth: Record<string, number>,
): Promise<TrialResult> {
    const { actor, plan, persistIntervalSecs } = options;
    const disk = actor.image === undefined ? undefined : new Disk(actor.image, join(options.dir, 'disk'));
    const env: Record<string, string> = { ...disk?.env };
    if (persistIntervalSecs !== undefined) {
        env.APIFY_PERSIST_STATE_INTERVAL_MILLIS = String(persistIntervalSecs * 1_000);
    }
    const startedAt = Date.now();
    pages.started(startedAt);
    const lines: string[] = [];
    const writtenKeys: string[] = [];
    platform.on('entry', (entry) => {
        if (entry.type === 'run.exit') disk?.renew();
        if (entry.type === 'record.put') writtenKeys.push(entry.key);
    });
    platform.on('line', ({ text }) => {
        lines.push(text);
        if (lines.length > LAST_LINES) lines.shift();
    });
    const { name, command } = actor;
    const run = await platform.start(platform.define({ name, command, cwd: disk?.dir ?? actor.cwd, env }), {
        input: { keyword: shop.keyword, baseUrl: shop.baseUrl, ...options.input },
        restartOnError: plan.some(({ fault }) => fault === 'restart'),
    });
    striker.start(run);
    let doneBefore: string[] = [];
    platform.on('entry', ({ type }) => {
        if (type === 'run.boot') doneBefore = handledAsins(platform, run.record);
    });
    const ended = await endOf(options, async () => {
        do {
            await run.finished();
            await striker.settled();
        } while (run.record.status === 'RUNNING');
    });
    const wallMillis = Date.now() - startedAt;
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
        ended: ended ?? run.record.status,
        pages: pages.counts,
        boots: run.record.incarnation,
        downMillis: downMillis.reduce((sum, millis) => sum + millis, 0),
    });
    return {
        verdict,
        run: { ...run.record },
        counts: evidence.counts,
        truth,
        leftOnDisk: disk?.left ?? [],
        missed: striker.missed,
        calls: platform.callCounts(run.id),
        wallMillis,
        coldStartMillis: pages.coldStartMillis,
        downMillis,
        dir: platform.dir,
    };
}

/** Waits for the trial, its time limit or its signal; undefined when the run ended by itself. */
async function endOf(options: TrialOptions, finish: () => Promise<void>): Promise<TrialEnd | undefined> {
    const { timeoutMillis = 180_000, signal } = options;
    return new Promise((resolve, reject) => {
        const timer = setTimeout(() => resolve('TIMED OUT BY THE TRIAL'), timeoutMillis);
        const stop = (): void => resolve('STOPPED');
        if (signal?.aborted) stop();
        signal?.addEventListener('abort', stop, { once: true });
        finish()
            .then(() => resolve(undefined), reject)
            .finally(() => {
                clearTimeout(timer);
                signal?.removeEventListener('abort', stop);
            });
    });
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
