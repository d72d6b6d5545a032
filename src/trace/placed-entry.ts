import { type DatasetItem, isClean, RowOnDisk } from './dataset.js';
import type { JournalEntry } from './entries.js';
import { elementSpans, fieldSpan, fieldStart, type Span } from './json-spans.js';
import { ValueOnDisk, sizeOf } from './records.js';
import { PlaceOnDisk, type ReadPlace } from './place.js';
import { RequestOnDisk, type QueueRequest } from './request-queue.js';

type Entry<Type extends JournalEntry['type']> = Extract<JournalEntry, { type: Type }>;

/** An entry whose rows, requests or value may lie on disk. */
export type FoldedEntry =
    | Exclude<JournalEntry, { type: 'items.pushed' | 'requests.added' | 'request.updated' }>
    | (Omit<Entry<'items.pushed'>, 'items'> & { items: readonly (DatasetItem | RowOnDisk)[] })
    | (Omit<Entry<'requests.added'>, 'requests'> & { requests: readonly (QueueRequest | RequestOnDisk)[] })
    | (Omit<Entry<'request.updated'>, 'request'> & { request: QueueRequest | RequestOnDisk });

/** The line of an entry: its bytes, and where it begins in the journal. */
export interface PlacedLine {
    readonly bytes: Uint8Array;
    readonly offset: number;
}

/** The same entry for a state that keeps of rows, requests and values only where they lie. */
export function placed(entry: JournalEntry, { bytes, offset }: PlacedLine, read: ReadPlace): FoldedEntry {
    const placeOf = ([start, end]: Span): [number, number] => [offset + start, end - start];
    switch (entry.type) {
        case 'items.pushed': {
            const spans = elementSpans(bytes, fieldStart(bytes, 'items') ?? 0);
            // Rows of large pushes lay in files of their own once: these are kept in memory.
            if (spans.length !== entry.items.length) return entry;
            const items = entry.items.map((item, i) => new RowOnDisk(...placeOf(spans[i]!), isClean(item)));
            return { ...entry, items };
        }
        case 'requests.added': {
            const spans = elementSpans(bytes, fieldStart(bytes, 'requests') ?? 0);
            if (spans.length !== entry.requests.length) return entry;
            const place = ({ id, handledAt }: QueueRequest, i: number): RequestOnDisk =>
                new RequestOnDisk(...placeOf(spans[i]!), id, Boolean(handledAt));
            return { ...entry, requests: entry.requests.map(place) };
        }
        case 'request.updated': {
            const span = fieldSpan(bytes, 'request');
            if (!span) return entry;
            const { id, handledAt } = entry.request;
            return { ...entry, request: new RequestOnDisk(...placeOf(span), id, Boolean(handledAt)) };
        }
        case 'record.put': {
            const span = 'blob' in entry.value ? undefined : fieldSpan(bytes, 'value');
            if (!span) return entry;
            return { ...entry, value: new ValueOnDisk(new PlaceOnDisk(...placeOf(span)), sizeOf(entry.value), read) };
        }
        default:
            return entry;
    }
}
