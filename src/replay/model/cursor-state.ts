import { plainText } from '../../base/plain-text.js';
import type { DatasetItem } from '../../trace/dataset.js';
import type { Balance, SeenCounts, Twin } from '../../trace/ledger.js';
import { isOwnRecord } from '../../trace/own-record.js';
import { sizeOf, type StoredRecord } from '../../trace/records.js';
import type { RequestSpan } from '../../trace/request-spans.js';
import type { RunRecord } from '../../trace/runs.js';
import type { ToldEntry } from '../../trace/story.js';
import type { Lane, Load, Recording } from './recording.js';
import { holdsAt, placeAt } from './steps.js';

/** A record of the Actor's own, as it is shown. */
export interface ShownRecord {
    key: string;
    text: string;
    /** Bytes. */
    size: number;
}

/** What each place says of one ASIN; undefined where it says nothing. */
export interface AsinState {
    asin: string;
    memory: number | undefined;
    saved: number | undefined;
    rows: number | undefined;
    truth: number | undefined;
    /** Its page was handled, and the saved object or the dataset has less of it. */
    isOwed: boolean;
    /** The saved object or the dataset has more than the truth. */
    isTooMany: boolean;
}

/** All that is shown of one moment. */
export interface CursorState {
    index: number;
    told: ToldEntry;
    /** Milliseconds since the first entry. */
    afterMillis: number;
    run: RunRecord | undefined;
    /** The process at work; undefined while there is none. */
    process: number | undefined;
    logged: SeenCounts | undefined;
    saved: SeenCounts | undefined;
    balance: Balance;
    load: Load;
    asins: readonly AsinState[];
    rows: readonly DatasetItem[];
    rowCount: number;
    /** Rows that are there once more by now. */
    twins: readonly Twin[];
    requests: { waiting: number; locked: number; inFlight: readonly RequestSpan[]; handled: number };
    records: readonly ShownRecord[];
    hasEnded: boolean;
}

/** Rows of the dataset that are shown: the last ones. */
const MAX_ROWS = 12;
const MAX_RECORDS = 8;
const MAX_RECORD_LENGTH = 600;
const NOTHING: Balance = { offers: 0, rows: 0, offersTooMany: 0, rowsTooMany: 0 };

/** The state at an index of the trace. */
export function cursorState(recording: Recording, index: number): CursorState {
    const { trace, first, told, moments, logged, saved, balances, loads } = recording;
    const { state } = moments.at(index);
    const run = trace.runId === undefined ? undefined : state.runs.get(trace.runId);
    const items = state.storages.datasets.get(run?.datasetId ?? '')?.content.items ?? [];
    const queue = state.storages['request-queues'].get(run?.requestQueueId ?? '')?.content;
    const load = holdsAt(loads, index)?.value ?? { inFlight: 0, locked: 0 };
    const handled = queue?.handledCount ?? 0;
    const lane = recording.lanes.findLast(({ runId, from }) => runId === trace.runId && from <= index);
    const isUp = lane !== undefined && (index < lane.to || !lane.hasEnded);
    const records = state.storages['key-value-stores'].get(run?.keyValueStoreId ?? '')?.content.records;
    const part = {
        logged: holdsAt(logged, index)?.value,
        saved: holdsAt(saved, index)?.value,
    };
    return {
        index,
        told: told[index - first]!,
        afterMillis: trace.entries[index]!.at - trace.entries[first]!.at,
        run,
        process: isUp ? lane.incarnation : undefined,
        ...part,
        balance: holdsAt(balances, index)?.value ?? NOTHING,
        load,
        asins: recording.truth ? asinsOf(recording, items, part, index) : [],
        rows: items.slice(-MAX_ROWS),
        rowCount: items.length,
        twins: recording.twins.slice(0, placeAt(recording.twins, index) + 1),
        requests: {
            waiting: Math.max(0, (queue?.totalCount ?? 0) - handled - load.inFlight - load.locked),
            locked: load.locked,
            inFlight: lane ? flights(lane, index) : [],
            handled,
        },
        records: [...(records?.values() ?? [])]
            .filter(({ key }) => isOwnRecord(key))
            .slice(0, MAX_RECORDS)
            .map((record) => shown(recording, record)),
        hasEnded: index === recording.last || (run !== undefined && run.finishedAt !== undefined),
    };
}

function asinsOf(
    { truth = {}, given }: Recording,
    items: readonly DatasetItem[],
    { logged, saved }: Pick<CursorState, 'logged' | 'saved'>,
    index: number,
): AsinState[] {
    const rows = new Map<string, number>();
    for (const { asin } of items) if (typeof asin === 'string') rows.set(asin, (rows.get(asin) ?? 0) + 1);
    return Object.keys(truth).map((asin) => {
        const state = {
            memory: logged?.counts[asin],
            saved: saved?.counts[asin],
            rows: rows.get(asin),
            truth: truth[asin],
        };
        const page = given.get(asin);
        const wanted = page !== undefined && page.index <= index ? page.offers : 0;
        return {
            asin,
            ...state,
            isOwed: (state.saved ?? 0) < wanted || (state.rows ?? 0) < wanted,
            isTooMany: (state.saved ?? 0) > truth[asin]! || (state.rows ?? 0) > truth[asin]!,
        };
    });
}

function flights({ spans }: Lane, index: number): RequestSpan[] {
    return spans.flatMap(({ span }) => {
        const { flightFrom, to } = span;
        return flightFrom !== undefined && flightFrom <= index && (to === undefined || index < to) ? [span] : [];
    });
}

function shown({ trace }: Recording, { key, value }: StoredRecord): ShownRecord {
    const size = sizeOf(value);
    const text = new TextDecoder().decode(trace.bytesOf(value).subarray(0, MAX_RECORD_LENGTH));
    return { key, text: plainText(text), size };
}
