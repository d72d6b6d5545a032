import type { DatasetItem } from './dataset.js';
import { ENTRY_TYPES, type JournalEntry } from './entries.js';
import { sizeOf, type StoredValue } from './key-value-store.js';
import type { Blobs } from '../platform/journal/blobs.js';

/** Values of more bytes than this lie in `blobs/` and not in the journal's lines. */
export const INLINE_LIMIT_BYTES = 64 * 1024;

type EncodedValue = { text: string } | { base64: string } | { blob: string; size: number };

/** Moves a large record to `blobs/`. What is returned is what the state keeps. */
export function settle(entry: JournalEntry, blobs: Blobs): JournalEntry {
    if (entry.type !== 'record.put' || 'blob' in entry.value) return entry;
    const { bytes } = entry.value;
    if (bytes.length <= INLINE_LIMIT_BYTES) return entry;
    return { ...entry, value: { blob: blobs.write(bytes), size: bytes.length } };
}

/** One line of JSON, without the line break. */
export function encode(entry: JournalEntry, blobs: Blobs): string {
    if (entry.type === 'record.put') return JSON.stringify({ ...entry, value: encodeValue(entry.value) });
    const line = JSON.stringify(entry);
    if (entry.type !== 'items.pushed' || line.length <= INLINE_LIMIT_BYTES) return line;
    const bytes = Buffer.from(JSON.stringify(entry.items));
    return JSON.stringify({ ...entry, items: { blob: blobs.write(bytes), size: bytes.length } });
}

/**
 * @throws Error when the line is no entry, or a blob that it names is not there.
 */
export function decode(line: string, blobs: Blobs): JournalEntry {
    const entry = JSON.parse(line) as JournalEntry;
    if (!isEntry(entry)) throw new Error('it is no journal entry');
    if (entry.type === 'record.put') {
        const value = decodeValue(entry.value as unknown as EncodedValue);
        if ('blob' in value && blobs.sizeOf(value.blob) !== value.size) {
            throw new Error(`its value ${blobs.path(value.blob)} is missing or damaged`);
        }
        return { ...entry, value };
    }
    if (entry.type === 'items.pushed' && !Array.isArray(entry.items)) {
        const { blob } = entry.items as unknown as { blob: string };
        return { ...entry, items: JSON.parse(blobs.read(blob).toString()) as DatasetItem[] };
    }
    return entry;
}

function isEntry(entry: unknown): entry is JournalEntry {
    const { type, at } = (entry ?? {}) as Partial<JournalEntry>;
    return typeof at === 'number' && typeof type === 'string' && Object.hasOwn(ENTRY_TYPES, type);
}

function encodeValue(value: StoredValue): EncodedValue {
    if ('blob' in value) return { blob: value.blob, size: sizeOf(value) };
    const text = value.bytes.toString();
    return Buffer.from(text).equals(value.bytes) ? { text } : { base64: value.bytes.toString('base64') };
}

function decodeValue(value: EncodedValue): StoredValue {
    if ('blob' in value) return value;
    return { bytes: 'text' in value ? Buffer.from(value.text) : Buffer.from(value.base64, 'base64') };
}
