import { decodeBytes, type EncodedBytes } from './codec.js';
import { PlaceOnDisk, type ReadPlace } from './place.js';
import { SortedList } from './sorted-list.js';

/** A record's bytes: in memory, or in `blobs/` under their SHA-256 when they are many. */
export type StoredValue = { bytes: Uint8Array } | { blob: string; size: number };

/** A record's bytes that lie on disk. */
export class ValueOnDisk {
    constructor(
        readonly place: PlaceOnDisk,
        readonly size: number,
        private readonly read: ReadPlace,
    ) {}

    get bytes(): Uint8Array {
        return decodeBytes(JSON.parse(this.read(this.place)) as EncodedBytes);
    }
}

export interface StoredRecord {
    readonly key: string;
    readonly contentType: string;
    readonly value: StoredValue;
}

/** Size of a stored value in bytes. */
export function sizeOf(value: StoredValue): number {
    return 'size' in value ? value.size : value.bytes.length;
}

/** A key-value store as plain data. */
export interface KeyValueStoreData {
    records: {
        key: string;
        contentType: string;
        value: StoredValue | { offset: number; length: number; size: number };
    }[];
}

const inOrder = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Records by key. Keys are listed in order of their bytes, as the API does. */
export class KeyValueStore {
    readonly #records = new Map<string, StoredRecord>();
    #keys = new SortedList(inOrder);
    #bytes = 0;

    static of({ records }: KeyValueStoreData, read: ReadPlace): KeyValueStore {
        const store = new KeyValueStore();
        for (const { key, contentType, value } of records) {
            const isPlaced = 'offset' in value;
            const placed = isPlaced
                ? new ValueOnDisk(new PlaceOnDisk(value.offset, value.length), value.size, read)
                : value;
            store.#records.set(key, { key, contentType, value: placed });
            store.#bytes += sizeOf(placed);
        }
        store.#keys = SortedList.of([...store.#records.keys()].sort(inOrder), inOrder);
        return store;
    }

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

    data(): KeyValueStoreData {
        const records = [...this.#records.values()].map(({ key, contentType, value }) => {
            if (!(value instanceof ValueOnDisk)) return { key, contentType, value };
            const { place, size } = value;
            return { key, contentType, value: { offset: place.offset, length: place.length, size } };
        });
        return { records };
    }

    clone(): KeyValueStore {
        const clone = new KeyValueStore();
        for (const [key, record] of this.#records) clone.#records.set(key, record);
        clone.#keys = SortedList.of([...this.#keys.from()], inOrder);
        clone.#bytes = this.#bytes;
        return clone;
    }
}
