import type { Alike } from './alike.js';
import type { Leftovers, QueueLeft } from './leftovers.js';
import { type RecordContent, textRecord } from './record-content.js';

/** What a run has left, with all that the platform made up made alike: see `Alike`. */
export function madeAlike(leftovers: Leftovers, alike: Alike): Leftovers {
    const same = <T>(value: T): T => value;
    const { datasets, records, answers, requests, webhooks, started, ids } = leftovers;
    const alikeRecords = (all: Leftovers['records']): Leftovers['records'] =>
        alike.names(all, (record: RecordContent) => alikeRecord(record, alike));
    return {
        ...leftovers,
        datasets: alike.names(datasets, (rows: readonly object[]) =>
            rows.map((row) => alike.value(row) as typeof row),
        ) as Leftovers['datasets'],
        // An answer is compared as a record is.
        records: { ...alikeRecords(records), ...alikeRecords(answers) },
        answers: {},
        requests: alike.names(requests, (queue: QueueLeft) => ({
            ...queue,
            requests: new Map([...queue.requests].map(([key, isHandled]) => [alike.text(key), isHandled])),
        })),
        webhooks: summed(webhooks, alike),
        started: Object.fromEntries(
            Object.entries(started).map(([actor, runs]) => [actor, runs.map((run) => madeAlike(run, alike))]),
        ),
        ids: {
            datasets: alike.names(ids.datasets, same<string>),
            stores: alike.names(ids.stores, same<string>),
            queues: alike.names(ids.queues, same<string>),
        },
    };
}

function summed(counts: Leftovers['webhooks'], alike: Alike): Record<string, number> {
    const sums: Record<string, number> = {};
    for (const [label, count] of Object.entries(counts)) {
        const name = alike.text(label);
        sums[name] = (sums[name] ?? 0) + count;
    }
    return sums;
}

function alikeRecord(record: RecordContent, alike: Alike): RecordContent {
    const { contentType } = record;
    if ('value' in record) return { contentType, value: alike.value(record.value) };
    if (record.text === undefined) return record;
    const text = alike.text(record.text);
    return text === record.text ? record : textRecord(contentType, text);
}
