import { type Counts, CountsReader, countsWithin } from '../trace/counts.js';
import { isOwnRecord } from '../trace/own-record.js';
import type { LeftBehind } from '../trial/judge-trace.js';

/**
 * Finds the object in what a run has left, whatever the learner calls it: in the record `OUTPUT`, else in the record
 * that was written last, else where it was logged last.
 */
export function findCounts({ records, lines }: LeftBehind): Counts | undefined {
    const own = records.filter(([key]) => isOwnRecord(key));
    const output = own.filter(([key]) => key === 'OUTPUT');
    for (const [, value] of [...output, ...own]) {
        const counts = countsWithin(value);
        if (counts) return counts;
    }
    const reader = new CountsReader();
    return lines.flatMap((line) => reader.read(line)).at(-1);
}
