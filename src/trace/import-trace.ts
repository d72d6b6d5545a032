import { decodeShown } from './codec.js';
import { isEntryType } from './entry-forms.js';
import { RECORDED_TYPES, type TraceEntry } from './recorded.js';
import { Trace } from './trace.js';

/** Stands between traces that share a file: an empty line. */
export const BETWEEN_TRACES = '\n\n';

/**
 * Reads what `exportTrace` has written. Values of which only a hash is left have no bytes.
 *
 * @throws Error when a line is no entry.
 */
export function importTrace(text: string): Trace {
    return new Trace(text.split('\n').filter(Boolean).map(entryOf), () => new Uint8Array());
}

function entryOf(line: string): TraceEntry {
    const entry = JSON.parse(line) as TraceEntry;
    if (Object.hasOwn(RECORDED_TYPES, entry.type)) return entry;
    // Of a value that is elsewhere nobody asks for the bytes here.
    if (entry.type === 'record.put' && !('blob' in entry.value)) return decodeShown(line, NO_BLOBS);
    if (!isEntryType(entry.type)) throw new Error(`'${String(entry.type)}' is no type of entry.`);
    return entry;
}

const NO_BLOBS = {
    write: (): string => '',
    read: (): Uint8Array => new Uint8Array(),
    sizeOf: (): undefined => undefined,
    path: (hash: string): string => hash,
};
