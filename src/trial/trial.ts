import {
    type ApiCall,
    type JournalEntry,
    type LogLine,
    openPlatform,
    type Platform,
    type RunRecord,
} from '../platform/index.js';
import { openShop, type Shop, type ShopOptions } from '../shop/index.js';
import type { FaultPlan, Strike } from './fault-plan.js';
import { Pages } from './pages.js';
import { Striker } from './striker.js';
import { type Evidence, judge, offerKey, type TrialEnd, type Verdict } from './verdict.js';

/** Records that may hold the object, in the order in which they are looked for: the result, else the last save. */
const COUNT_RECORDS = ['OUTPUT', 'ASIN_OFFERS'];

export interface TrialOptions {
    actor: { name: string; command: [string, ...string[]]; cwd: string };
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
    /**
     * Milliseconds that work is held at most while a graceful fault strikes at a page or a call; before a reboot up to
     * three times as long. Default 1,000.
     */
    holdMillis?: number;
    /** Milliseconds after which a trial that does not end is ended. Default 180,000. */
    timeoutMillis?: number;
    /** Ends the trial early. */
    signal?: AbortSignal;
    onEvent?: (event: TrialEvent) => void;
}

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
        beforeServe: striker.onPage,
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
        if (entry.type.startsWith('run.')) onEvent({ type: 'journal', at: entry.at, entry });
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
    const env: Record<string, string> = {};
    if (persistIntervalSecs !== undefined) {
        env.APIFY_PERSIST_STATE_INTERVAL_MILLIS = String(persistIntervalSecs * 1_000);
    }
    const startedAt = Date.now();
    pages.started(startedAt);
    const run = await platform.start(platform.define({ ...actor, env }), {
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
    const evidence = collect(platform, run.record, shop, truth);
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
