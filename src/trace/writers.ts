import { isJournalEntry } from './moment.js';
import type { RecordedEntry } from './recorded.js';
import type { Trace } from './trace.js';

/** An API call, whoever made it. */
export type TracedCall = Extract<RecordedEntry, { type: 'call' }>;

/**
 * Which API call wrote an entry, by the entry's index in the trace. What the platform wrote by itself, and what nobody
 * recorded, is not among them.
 */
export function writersOf({ entries }: Trace): ReadonlyMap<number, TracedCall> {
    const indexes: number[] = [];
    const calls = new Map<number, TracedCall>();
    const writers = new Map<number, TracedCall>();
    const wrote: { call: TracedCall; places: readonly number[] }[] = [];
    for (const [index, entry] of entries.entries()) {
        if (isJournalEntry(entry)) indexes.push(index);
        // A platform that was opened later on the same folder numbers its calls anew.
        else if (entry.type === 'call') calls.set(entry.call, entry);
        else if (entry.type === 'call.ended') wrote.push({ call: calls.get(entry.call)!, places: entry.wrote });
    }
    for (const { call, places } of wrote) for (const place of places) writers.set(indexes[place]!, call);
    return writers;
}
