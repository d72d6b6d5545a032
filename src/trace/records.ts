import { decodeBytes, type EncodedBytes } from './codec.js';
import { Column } from './column.js';
import { PlaceOnDisk, type ReadPlace } from './place.js';

/** A record's bytes: in memory, or in `blobs/` under their SHA-256 when they are many. */
export type StoredValue = { bytes: Uint8Array } | { blob: string; size: number };

export interface StoredRecord {
    readonly key: string;
    readonly contentType: string;
    readonly value: StoredValue;
}

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

/** Size of a stored value in bytes. */
export function sizeOf(value: StoredValue): number {
    return 'size' in value ? value.size : value.bytes.length;
}

/** Records as plain data. */
export interface RecordsData {
    numbers: Map<string, number>;
    /** Values that are not in the journal, by number. */
    values: Map<number, StoredValue>;
    types: string[];
    columns: Readonly<Record<'type' | 'offset' | 'length' | 'size', Float64Array>>;
    unused: number[];
}

/** Records by key, in the order in which their keys were first added. Of those on disk the places alone are kept. */
export class Records {
    #numbers = new Map<string, number>();
    #values = new Map<number, StoredValue>();
    /** Content types, which are few. */
    #types: string[] = [];
    #typeNumbers = new Map<string, number>();
    #columns = { type: new Column(), offset: new Column(), length: new Column(), size: new Column() };
    /** Numbers of records that were deleted. */
    #unused: number[] = [];

    /** @param read Needed for values that lie on disk. */
    constructor(private readonly read?: ReadPlace) {}

    /** @param data Becomes the records' own. */
    static of({ numbers, values, types, columns, unused }: RecordsData, read?: ReadPlace): Records {
        const records = new Records(read);
        records.#numbers = numbers;
        records.#values = values;
        records.#types = types;
        records.#typeNumbers = new Map(types.map((type, number) => [type, number]));
        records.#columns = {
            type: Column.of(columns.type),
            offset: Column.of(columns.offset),
            length: Column.of(columns.length),
            size: Column.of(columns.size),
        };
        records.#unused = unused;
        return records;
    }

    get size(): number {
        return this.#numbers.size;
    }

    has(key: string): boolean {
        return this.#numbers.has(key);
    }

    get(key: string): StoredRecord | undefined {
        const number = this.#numbers.get(key);
        return number === undefined ? undefined : this.#record(key, number);
    }

    keys(): IterableIterator<string> {
        return this.#numbers.keys();
    }

    *values(): Generator<StoredRecord> {
        for (const [key, number] of this.#numbers) yield this.#record(key, number);
    }

    set({ key, contentType, value }: StoredRecord): void {
        const number = this.#numbers.get(key) ?? this.#unused.pop() ?? this.#columns.type.length;
        this.#numbers.set(key, number);
        this.#columns.type.set(number, this.#typeNumber(contentType));
        if (value instanceof ValueOnDisk) {
            this.#columns.offset.set(number, value.place.offset);
            this.#columns.length.set(number, value.place.length);
            this.#columns.size.set(number, value.size);
            this.#values.delete(number);
        } else {
            this.#values.set(number, value);
        }
    }

    delete(key: string): void {
        const number = this.#numbers.get(key);
        if (number === undefined) return;
        this.#numbers.delete(key);
        this.#values.delete(number);
        this.#unused.push(number);
    }

    data(): RecordsData {
        const { type, offset, length, size } = this.#columns;
        return {
            numbers: this.#numbers,
            values: this.#values,
            types: this.#types,
            columns: {
                type: type.numbers(),
                offset: offset.numbers(),
                length: length.numbers(),
                size: size.numbers(),
            },
            unused: this.#unused,
        };
    }

    clone(): Records {
        const { numbers, values, types, columns, unused } = this.data();
        const copy = { numbers: new Map(numbers), values: new Map(values), types: [...types], unused: [...unused] };
        return Records.of({ ...copy, columns }, this.read);
    }

    #record(key: string, number: number): StoredRecord {
        const { type, offset, length, size } = this.#columns;
        const place = (): PlaceOnDisk => new PlaceOnDisk(offset.get(number), length.get(number));
        const value = this.#values.get(number) ?? new ValueOnDisk(place(), size.get(number), this.read!);
        return { key, contentType: this.#types[type.get(number)]!, value };
    }

    #typeNumber(contentType: string): number {
        const known = this.#typeNumbers.get(contentType);
        if (known !== undefined) return known;
        this.#typeNumbers.set(contentType, this.#types.length);
        return this.#types.push(contentType) - 1;
    }
}
