/** A record's bytes: in memory, or in `blobs/` under their SHA-256 when they are many. */
export type StoredValue = { bytes: Uint8Array } | { blob: string; size: number };

export interface StoredRecord {
    readonly key: string;
    readonly contentType: string;
    readonly value: StoredValue;
}

/** Size of a stored value in bytes. */
export function sizeOf(value: StoredValue): number {
    return 'bytes' in value ? value.bytes.length : value.size;
}

/** Records by key. Keys are listed in order of their bytes, as the API does. */
export class KeyValueStore {
    readonly records = new Map<string, StoredRecord>();
    #sortedKeys: string[] | undefined;

    put(record: StoredRecord): void {
        if (!this.records.has(record.key)) this.#sortedKeys = undefined;
        this.records.set(record.key, record);
    }

    delete(key: string): void {
        if (this.records.delete(key)) this.#sortedKeys = undefined;
    }

    sortedKeys(): string[] {
        this.#sortedKeys ??= [...this.records.keys()].sort((a, b) => (a < b ? -1 : 1));
        return this.#sortedKeys;
    }

    clone(): KeyValueStore {
        const clone = new KeyValueStore();
        for (const [key, record] of this.records) clone.records.set(key, record);
        return clone;
    }
}
