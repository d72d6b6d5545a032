import type { RunEnd } from '../mover/moved-run.js';

/** What the object of ASINs and counts shows against the shop's truth. */
export type TrackerStatus = 'exact' | 'under-counted' | 'over-counted' | 'miscounted' | 'lost';

/** What the dataset shows: each offer of the shop must be in it once. */
export type DatasetStatus = 'exact' | 'duplicated' | 'missing' | 'duplicated and missing';

/** What a trial shows against the shop's truth. */
export interface Verdict {
    /** True when tracker and dataset are exact and the run succeeded. */
    exact: boolean;
    ended: RunEnd;
    tracker: {
        status: TrackerStatus;
        /** Sum of the counts, and what it should be. */
        counted: number;
        truth: number;
        /** Number of ASINs by what became of their count. */
        asins: { exact: number; under: number; over: number; missing: number };
    };
    dataset: {
        status: DatasetStatus;
        rows: number;
        truth: number;
        /** Rows beyond the first of an offer, and rows of no offer. */
        duplicates: number;
        missing: number;
    };
    /** Pages that were asked for, and how many of these had been asked for before. */
    pages: { requested: number; again: number };
    /** Processes that worked on the run. */
    boots: number;
    /** Milliseconds without a working process: from the end of each to the next one's first page. */
    downMillis: number;
}

export interface Evidence {
    ended: RunEnd;
    /** The counts that the run left behind; undefined when there are none. */
    counts: Readonly<Record<string, unknown>> | undefined;
    /** One key for each row of the dataset, see `offerKey`. */
    rows: readonly string[];
    truth: Readonly<Record<string, number>>;
    /** ASINs whose offers page had been marked handled when the last process booted: nobody fetches it again. */
    doneBefore: readonly string[];
    /** One key for each offer of the shop. */
    offers: readonly string[];
    pages: Verdict['pages'];
    boots: number;
    downMillis: number;
}

/** What makes two rows the same offer. */
export function offerKey(offer: { asin?: unknown; sellerName?: unknown; price?: unknown }): string {
    return JSON.stringify([offer.asin, offer.sellerName, offer.price]);
}

/** Judges a trial. Only storages and the shop's truth count, never what was logged. */
export function judge(evidence: Evidence): Verdict {
    const tracker = judgeTracker(evidence);
    const dataset = judgeDataset(evidence.rows, evidence.offers);
    const { ended, pages, boots, downMillis } = evidence;
    const exact = tracker.status === 'exact' && dataset.status === 'exact' && ended === 'SUCCEEDED';
    return { exact, ended, tracker, dataset, pages, boots, downMillis };
}

/**
 * `lost`: nothing is left of what was done before the last process booted. Otherwise the object survived, with counts
 * that are exact, too low (or not there), too high, or some of each.
 */
function judgeTracker(evidence: Evidence): Verdict['tracker'] {
    const { counts = {}, truth } = evidence;
    const asins = { exact: 0, under: 0, over: 0, missing: 0 };
    for (const [asin, expected] of Object.entries(truth)) {
        const count = counts[asin];
        if (typeof count !== 'number') asins.missing++;
        else if (count === expected) asins.exact++;
        else if (count < expected) asins.under++;
        else asins.over++;
    }
    asins.over += Object.keys(counts).filter((asin) => !(asin in truth)).length;
    const status = isLost(evidence) ? 'lost' : trackerStatus(asins);
    return { status, counted: sum(Object.values(counts)), truth: sum(Object.values(truth)), asins };
}

function isLost({ counts, doneBefore }: Evidence): boolean {
    if (!counts) return true;
    return doneBefore.length > 0 && doneBefore.every((asin) => !(asin in counts));
}

function trackerStatus({ under, over, missing }: Verdict['tracker']['asins']): TrackerStatus {
    const isUnder = under + missing > 0;
    if (isUnder && over > 0) return 'miscounted';
    if (isUnder) return 'under-counted';
    return over > 0 ? 'over-counted' : 'exact';
}

function judgeDataset(rows: readonly string[], offers: readonly string[]): Verdict['dataset'] {
    const left = new Set(offers);
    let duplicates = 0;
    for (const row of rows) if (!left.delete(row)) duplicates++;
    return {
        status: datasetStatus(duplicates, left.size),
        rows: rows.length,
        truth: offers.length,
        duplicates,
        missing: left.size,
    };
}

function datasetStatus(duplicates: number, missing: number): DatasetStatus {
    if (duplicates > 0 && missing > 0) return 'duplicated and missing';
    if (duplicates > 0) return 'duplicated';
    return missing > 0 ? 'missing' : 'exact';
}

function sum(values: readonly unknown[]): number {
    return values.reduce<number>((total, value) => total + (typeof value === 'number' ? value : 0), 0);
}
