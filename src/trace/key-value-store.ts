import type { ReadPlace } from './place.js';
import { Records, type RecordsData, sizeOf, type StoredRecord } from './records.js';
import { SortedList } from './sorted-list.js';

/** A key-value store as plain data. */
export interface KeyValueStoreData {
    records: RecordsData;
    bytes: number;
}

const inOrder = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Records by key. Keys are listed in order of their bytes, as the API does. */
export class KeyValueStore {
    #records: Records;
    #keys = new SortedList(inOrder);
    #bytes = 0;

    /** @param read Needed for values that lie on disk. */
    constructor(read?: ReadPlace) {
        this.#records = new Records(read);
    }

    /** @param data Becomes the store's own. */
    static of({ records, bytes }: KeyValueStoreData, read?: ReadPlace): KeyValueStore {
        const store = new KeyValueStore(read);
        store.#records = Records.of(records, read);
        store.#keys = SortedList.of([...store.#records.keys()].sort(), inOrder);
        store.#bytes = bytes;
        return store;
    }

    get records(): Omit<Records, 'set' | 'delete'> {
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
        this.#records.set(record);
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
        return { records: this.#records.data(), bytes: this.#bytes };
    }

    clone(): KeyValueStore {
        const clone = new KeyValueStore();
        clone.#records = this.#records.clone();
        clone.#keys = SortedList.of([...this.#keys.from()], inOrder);
        clone.#bytes = this.#bytes;
        return clone;
    }
}
