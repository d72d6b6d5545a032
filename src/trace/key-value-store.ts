import { SortedList } from './sorted-list.js';

/** A record's bytes: in memory, or in `blobs/` under their SHA-256 when they are many. */
export type StoredValue = { bytes: Uint8Array } | { blob: string; size: number };

export interface StoredRecord {
    readonly key: string;
    readonly contentType: string;
    readonly value: StoredValue;
}

/** Size of a stored value in bytes. */
export function sizeOf(value: StoredValue): number {
    return 'size' in value ? value.size : value.bytes.length;
}

const inOrder = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Records by key. Keys are listed in order of their bytes, as the API does. */
export class KeyValueStore {
    readonly #records = new Map<string, StoredRecord>();
    #keys = new SortedList(inOrder);
    #bytes = 0;

    get records(): ReadonlyMap<string, StoredRecord> {
        return this.#records;
    }

    /** Bytes of all records. */
    get bytes(): number {
        return this.#bytes;
    }

    put(record: StoredRecord): void {
        const before = this.#records.get(record.key);
        if (!before) this.#keys.add(record.key);
        this.#bytes += sizeOf(record.value) - (before ? sizeOf(before.value) : 0);
        this.#records.set(record.key, record);
    }

    delete(key: string): void {
        const before = this.#records.get(key);
        if (!before) return;
        this.#records.delete(key);
        this.#keys.delete(key);
        this.#bytes -= sizeOf(before.value);
    }

    /** Keys in order that begin with `prefix` and come after a key, whether that is there or not. */
    *keys({ prefix = '', after }: { prefix?: string; after?: string | undefined } = {}): Generator<string> {
        const from = after !== undefined && after > prefix ? after : prefix;
        for (const key of this.#keys.from(from)) {
            if (!key.startsWith(prefix)) return;
            if (after === undefined || key > after) yield key;
        }
    }

    clone(): KeyValueStore {
        const clone = new KeyValueStore();
        for (const [key, record] of this.#records) clone.#records.set(key, record);
        clone.#keys = SortedList.of([...this.#keys.from()], inOrder);
        clone.#bytes = this.#bytes;
        return clone;
    }
}
