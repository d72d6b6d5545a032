import { parseJson } from '../base/parse-json.js';
import { strikesOf } from '../faults/strikes.js';
import type { FaultPlan } from '../faults/fault-plan.js';
import { endOf, runOf } from '../mover/leftovers.js';
import { shopOffers } from '../shop/index.js';
import { Moment } from '../trace/moment.js';
import type { ShopHead } from '../trace/recorded.js';
import type { RunRecord } from '../trace/runs.js';
import { stateAt, type Trace } from '../trace/trace.js';
import { type PageFigures, pageFigures } from '../trace/page-figures.js';
import { judge, offerKey, type Verdict } from './verdict.js';

/** Records that may hold the object, in the order in which they are looked for: the result, else the last save. */
const COUNT_RECORDS = ['OUTPUT', 'ASIN_OFFERS'];
/** Lines of the log that are kept for `LeftBehind`. */
const LAST_LINES = 500;

/** What a run has left of what it has counted. */
export interface LeftBehind {
    /** JSON records of the default key-value store; those that were written last come first. */
    records: readonly (readonly [key: string, value: unknown])[];
    /** The last lines of its log. */
    lines: readonly string[];
}

/** Finds the object of counts in what a run has left. */
export type FindCounts = (left: LeftBehind) => Record<string, unknown> | undefined;

/** What a trace shows of a trial. */
export interface JudgedTrace {
    verdict: Verdict;
    run: RunRecord;
    /** The counts that the run left behind. */
    counts: Record<string, unknown> | undefined;
    truth: Readonly<Record<string, number>>;
    /** Pages of the shop, of which an undisturbed run fetches each once. */
    pagesExpected: number;
    /** Files that processes have left on their disk, which the next ones didn't find: see `actor.image`. */
    leftOnDisk: readonly string[];
    /** Strikes of the plan that found no occasion. */
    missed: FaultPlan;
    /** Calls of the run, by operation. */
    calls: Readonly<Record<string, number>>;
    /** Milliseconds from the start of the run to its end. */
    wallMillis: number;
    /** Milliseconds from the start of the run to its first page. */
    coldStartMillis: number | undefined;
    /** For each process after the first: milliseconds from the end of the one before to its first page. */
    downMillis: readonly number[];
}

/**
 * Judges a trial by its trace alone.
 *
 * @param findCounts Default: the record `OUTPUT`, else `ASIN_OFFERS`.
 * @throws Error when the trace is not that of a run in the demo shop.
 */
export function judgeTrace(trace: Trace, findCounts: FindCounts = findKnownRecord): JudgedTrace {
    const shop = trace.head.subject?.shop;
    if (!shop) throw new Error('The trace says of no shop what it sells.');
    const { moment, doneBefore, lines, writtenKeys, leftOnDisk } = walk(trace);
    const run = runOf(trace, moment);
    const figures = pageFigures(trace);
    const counts = findCounts({ records: recordsOf(trace, moment, run, writtenKeys), lines: lines.slice(-LAST_LINES) });
    const { downMillis, coldStartMillis } = figures;
    const verdict = judge({
        counts,
        rows: (moment.state.storages.datasets.get(run.datasetId)?.content.items ?? []).map(offerKey),
        offers: offersOf(shop),
        doneBefore,
        truth: shop.truth,
        ended: endOf(trace, run),
        pages: pagesOf(figures),
        boots: run.incarnation,
        downMillis: downMillis.reduce((sum, millis) => sum + millis, 0),
    });
    return {
        verdict,
        run,
        counts,
        truth: shop.truth,
        pagesExpected: shop.pages,
        leftOnDisk,
        missed: strikesOf(trace).missed,
        calls: callCounts(trace),
        wallMillis: trace.entries[trace.end]!.at - trace.entries[trace.begin]!.at,
        coldStartMillis,
        downMillis,
    };
}

/**
 * Whether something can be lost at a moment of a trial: rows are stored, and the run's result is not. Before and after
 * that even an Actor that keeps everything in its memory can't go wrong.
 */
export function isAtStake(trace: Trace, index: number): boolean {
    const moment = stateAt(trace, index);
    const run = trace.runId === undefined ? undefined : moment.state.runs.get(trace.runId);
    if (!run) return false;
    const { storages } = moment.state;
    const rows = storages.datasets.get(run.datasetId)?.content.itemCount ?? 0;
    const isDone = storages['key-value-stores'].get(run.keyValueStoreId)?.content.records.has('OUTPUT') ?? false;
    return rows > 0 && !isDone;
}

interface Walked {
    /** At the end. */
    moment: Moment;
    /** ASINs whose offers page had been marked handled when the last process booted. */
    doneBefore: string[];
    lines: string[];
    /** Keys of records in the order in which they were written. */
    writtenKeys: string[];
    leftOnDisk: string[];
}

function walk(trace: Trace): Walked {
    const moment = new Moment();
    const walked = { moment, doneBefore: [] as string[], lines: [] as string[], writtenKeys: [] as string[] };
    const leftOnDisk = new Set<string>();
    for (let index = 0; index <= trace.end; index++) {
        const entry = trace.entries[index]!;
        moment.apply(entry);
        if (index < trace.begin) continue;
        if (entry.type === 'run.boot' && entry.id === trace.runId) {
            walked.doneBefore = handledAsins(moment, runOf(trace, moment));
        }
        if (entry.type === 'line' && entry.runId === trace.runId) walked.lines.push(entry.text);
        if (entry.type === 'record.put') walked.writtenKeys.push(entry.key);
        if (entry.type === 'disk') for (const file of entry.left) leftOnDisk.add(file);
    }
    return { ...walked, leftOnDisk: [...leftOnDisk] };
}

function handledAsins({ state }: Moment, run: RunRecord): string[] {
    const asins: string[] = [];
    for (const { request } of state.storages['request-queues'].get(run.requestQueueId)?.content.listing() ?? []) {
        const { url, handledAt } = request;
        const { pathname, searchParams } = new URL(url);
        const asin = searchParams.get('asin');
        if (handledAt && pathname === '/gp/aod/ajax' && asin !== null) asins.push(asin);
    }
    return asins;
}

function offersOf({ options, truth }: ShopHead): string[] {
    const offers = shopOffers(options);
    return Object.keys(truth).flatMap((asin) => offers(asin).map((offer) => offerKey({ asin, ...offer })));
}

function pagesOf({ requested, again }: PageFigures): Verdict['pages'] {
    return { requested, again };
}

function callCounts(trace: Trace): Record<string, number> {
    const counts: Record<string, number> = {};
    for (const { operationId } of trace.calls()) counts[operationId] = (counts[operationId] ?? 0) + 1;
    return counts;
}

function recordsOf(
    trace: Trace,
    { state }: Moment,
    run: RunRecord,
    writtenKeys: readonly string[],
): LeftBehind['records'] {
    const records = state.storages['key-value-stores'].get(run.keyValueStoreId)?.content.records;
    return [...(records?.values() ?? [])]
        .filter(({ contentType }) => contentType.startsWith('application/json'))
        .sort((a, b) => writtenKeys.lastIndexOf(b.key) - writtenKeys.lastIndexOf(a.key))
        .map(({ key, value }) => [key, parseJson(trace.bytesOf(value))] as const);
}

function findKnownRecord({ records }: LeftBehind): Record<string, unknown> | undefined {
    const found = new Map(records);
    const value = COUNT_RECORDS.map((key) => found.get(key)).find((record) => record !== undefined);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
        ? (value as Record<string, unknown>)
        : undefined;
}
