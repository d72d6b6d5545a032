import type { DatasetItem } from './dataset.js';
import type { JournalEntry } from './entries.js';
import { assertEntry } from './entry-forms.js';
import type { StoredValue } from './records.js';
import { assertSafeNames } from './safe-names.js';

/** Records of more bytes than this lie in `blobs/` and not in the journal's lines. */
export const INLINE_LIMIT_BYTES = 64 * 1024;

/** Where large values lie, each under its SHA-256. */
export interface BlobStore {
    /** Writes the bytes unless they are there already, and returns their SHA-256. */
    write: (bytes: Uint8Array) => string;
    read: (hash: string) => Uint8Array;
    /** Length in bytes; undefined for a blob that isn't there. */
    sizeOf: (hash: string) => number | undefined;
    path: (hash: string) => string;
}

/** Bytes as JSON has them: as text where they are UTF-8. */
export type EncodedBytes = { text: string } | { base64: string };

type EncodedValue = EncodedBytes | { blob: string; size: number };

/** Moves a large record to `blobs/`. What is returned is what the state keeps. */
export function settle(entry: JournalEntry, blobs: BlobStore): JournalEntry {
    if (entry.type !== 'record.put' || 'blob' in entry.value) return entry;
    const { bytes } = entry.value;
    if (bytes.length <= INLINE_LIMIT_BYTES) return entry;
    return { ...entry, value: { blob: blobs.write(bytes), size: bytes.length } };
}

/** One line of JSON, without the line break. */
export function encode(entry: JournalEntry): string {
    if (entry.type === 'record.put') return JSON.stringify({ ...entry, value: encodeValue(entry.value) });
    return JSON.stringify(entry);
}

/**
 * A line of a data directory.
 *
 * @throws Error when the line is no entry, has a name that leads elsewhere, or a blob that it names is not there.
 */
export function decode(line: string, blobs: BlobStore): JournalEntry {
    const entry = entryIn(line);
    assertSafeNames(entry);
    return withValues(entry, blobs);
}

/**
 * A line that is shown and nothing else: its names become no files, so they may be any.
 *
 * @throws Error when the line is no entry, or a blob that it names is not there.
 */
export function decodeShown(line: string, blobs: BlobStore): JournalEntry {
    return withValues(entryIn(line), blobs);
}

function entryIn(line: string): JournalEntry {
    const entry: unknown = JSON.parse(line);
    assertEntry(entry);
    return entry;
}

function withValues(entry: JournalEntry, blobs: BlobStore): JournalEntry {
    if (entry.type === 'record.put') {
        const value = decodeValue(entry.value as unknown as EncodedValue);
        if ('blob' in value && blobs.sizeOf(value.blob) !== value.size) {
            throw new Error(`its value ${blobs.path(value.blob)} is missing or damaged`);
        }
        return { ...entry, value };
    }
    // As rows of large pushes were written once.
    if (entry.type === 'items.pushed' && !Array.isArray(entry.items)) {
        const { blob } = entry.items as unknown as { blob: string };
        return { ...entry, items: JSON.parse(new TextDecoder().decode(blobs.read(blob))) as DatasetItem[] };
    }
    return entry;
}

const encoder = new TextEncoder();
/** Keeps a byte order mark, and throws for what is no UTF-8. */
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

function encodeValue(value: StoredValue): EncodedValue {
    if ('blob' in value) return { blob: value.blob, size: value.size };
    return encodeBytes(value.bytes);
}

export function encodeBytes(bytes: Uint8Array): EncodedBytes {
    try {
        return { text: decoder.decode(bytes) };
    } catch {
        return { base64: toBase64(bytes) };
    }
}

function decodeValue(value: EncodedValue): StoredValue {
    return 'blob' in value ? value : { bytes: decodeBytes(value) };
}

export function decodeBytes(encoded: EncodedBytes): Uint8Array {
    return 'text' in encoded ? encoder.encode(encoded.text) : fromBase64(encoded.base64);
}

function toBase64(bytes: Uint8Array): string {
    let binary = '';
    for (const byte of bytes) binary += String.fromCharCode(byte);
    return btoa(binary);
}

function fromBase64(text: string): Uint8Array {
    return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
}
