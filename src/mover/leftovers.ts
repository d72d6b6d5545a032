import { chargesOf } from '../trace/charges.js';
import type { DatasetItem } from '../trace/dataset.js';
import type { Moment } from '../trace/moment.js';
import { isOwnRecord } from '../trace/own-record.js';
import type { RequestQueue } from '../trace/request-queue.js';
import type { RunRecord } from '../trace/runs.js';
import { stateAt, type Trace } from '../trace/trace.js';
import { recordLabel } from './labels.js';
import { answersOf } from './answers.js';
import type { RunEnd } from './moved-run.js';
import { type RecordContent, recordContent } from './record-content.js';
import { storagesByRun, type StoragesOfRun } from './storages-by-run.js';

/** A row of a dataset. */
export type Row = DatasetItem;

/** Requests of a queue. */
export interface QueueLeft {
    total: number;
    handled: number;
    /** Whether it is handled, by a request's unique key. */
    requests: ReadonlyMap<string, boolean>;
}

/**
 * What a run leaves behind: what two runs of the same Actor can be compared by. Storages go by their names, the run's
 * own by `(default)`, and others that it made without a name by `(unnamed 1)` and so on, in order of creation.
 */
export interface Leftovers {
    runId: string;
    ended: RunEnd;
    /** As a shell gives it; undefined for a run that did not end by itself. */
    exitCode: number | undefined;
    /** Rows in order. */
    datasets: Readonly<Record<string, readonly Row[]>>;
    /** `KEY` in its own key-value store, `name/KEY` in others. Without its input, and Crawlee's own (`SDK_…`). */
    records: Readonly<Record<string, RecordContent>>;
    requests: Readonly<Record<string, QueueLeft>>;
    /** How often each event was charged, by the Actor and by the platform. */
    charges: Readonly<Record<string, number>>;
    /** What a run that serves has answered, by `answer 2 (GET /items)`: status, type and body. */
    answers: Readonly<Record<string, RecordContent>>;
    /** How many webhooks there are, by `EVENT, EVENT to address`. */
    webhooks: Readonly<Record<string, number>>;
    /** What the runs have left that it started, by Actor, in order. Their input is among their records. */
    started: Readonly<Record<string, readonly Leftovers[]>>;
    /** Records that are left out above. */
    leftOut: { crawlee: number; input: number };
    /** Ids of its storages. */
    ids: Readonly<Record<'datasets' | 'stores' | 'queues', Readonly<Record<string, string>>>>;
}

/**
 * Reads what the run that was tried has left.
 *
 * @throws Error when no run has begun.
 */
export function leftoversOf(trace: Trace): Leftovers {
    const moment = stateAt(trace, trace.end);
    const run = runOf(trace, moment);
    const storages = storagesByRun(trace, moment, run.id);
    const left = leftByRun({ trace, moment, storages, triedId: run.id }, run);
    return { ...left, webhooks: webhooksOf(moment), answers: answersOf(trace) };
}

/**
 * The run that was tried, as it was at a moment.
 *
 * @throws Error when it had not begun by then.
 */
export function runOf(trace: Trace, { state }: Moment): RunRecord {
    const run = trace.runId === undefined ? undefined : state.runs.get(trace.runId);
    if (!run) throw new Error('The trace holds no run.');
    return run;
}

/** How a run ended, or why it was ended before that. */
export function endOf(trace: Trace, run: RunRecord): RunEnd {
    const last = trace.entries[trace.end];
    return last?.type === 'stopped' ? last.why : run.status;
}

/** What a webhook is counted by. */
export function webhookLabel({
    eventTypes,
    requestUrl,
}: {
    eventTypes: readonly string[];
    requestUrl: string;
}): string {
    return `${eventTypes.toSorted().join(', ')} to ${requestUrl}`;
}

interface Left {
    trace: Trace;
    moment: Moment;
    storages: ReadonlyMap<string, StoragesOfRun>;
    triedId: string;
}

function leftByRun(left: Left, run: RunRecord): Leftovers {
    const { trace, moment, storages, triedId } = left;
    const isTried = run.id === triedId;
    const { datasets, stores, queues, started } = storages.get(run.id)!;
    const rows = Object.fromEntries([...datasets].map(([label, { content }]) => [label, content.items]));
    const runs: Record<string, Leftovers[]> = {};
    for (const child of started) (runs[trace.nameOfActor(child.actorId)] ??= []).push(leftByRun(left, child));
    // What strikes resurrects the run that is tried, and not the Actor.
    const charges = chargesOf(
        run,
        moment.state.storages.datasets.get(run.datasetId)?.content.itemCount ?? 0,
        isTried ? 1 : undefined,
    );
    return {
        runId: run.id,
        ended: isTried ? endOf(trace, run) : run.status,
        exitCode: run.exitCode,
        datasets: rows,
        ...recordsOf(trace, stores, isTried ? run : undefined),
        requests: Object.fromEntries([...queues].map(([label, { content }]) => [label, queueLeft(content)])),
        charges,
        answers: {},
        webhooks: {},
        started: runs,
        ids: { datasets: idsOf(datasets), stores: idsOf(stores), queues: idsOf(queues) },
    };
}

function idsOf(storages: ReadonlyMap<string, { id: string }>): Record<string, string> {
    return Object.fromEntries([...storages].map(([label, { id }]) => [label, id]));
}

/** @param tried The run that is tried, whose input is nothing that it leaves. */
function recordsOf(
    trace: Trace,
    stores: StoragesOfRun['stores'],
    tried: RunRecord | undefined,
): Pick<Leftovers, 'records' | 'leftOut'> {
    const records: Record<string, RecordContent> = {};
    const leftOut = { crawlee: 0, input: 0 };
    for (const [store, { id, content }] of stores) {
        for (const { key, contentType, value } of content.records.values()) {
            const isInput = tried?.keyValueStoreId === id && key === 'INPUT';
            if (isInput) leftOut.input++;
            else if (!isOwnRecord(key) && key !== 'INPUT') leftOut.crawlee++;
            else records[recordLabel(store, key)] = recordContent(contentType, trace.bytesOf(value));
        }
    }
    return { records, leftOut };
}

function queueLeft(queue: RequestQueue): QueueLeft {
    const requests = new Map<string, boolean>();
    for (const { request } of queue.listing()) requests.set(request.uniqueKey, Boolean(request.handledAt));
    return { total: queue.totalCount, handled: queue.handledCount, requests };
}

function webhooksOf({ state }: Moment): Record<string, number> {
    const counts: Record<string, number> = {};
    for (const webhook of state.webhooks.values()) {
        const label = webhookLabel(webhook);
        counts[label] = (counts[label] ?? 0) + 1;
    }
    return counts;
}
