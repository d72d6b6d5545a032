import { Column } from './column.js';
import { PlaceOnDisk, type ReadPlace } from './place.js';

/** What a shelf holds, as plain data. */
export interface ShelfData<T> {
    /** Those in memory, by number. */
    values: (T | undefined)[];
    offsets: Float64Array;
    lengths: Float64Array;
}

/** Values by number, each in memory, or where it lies on disk: of that its place alone is kept. */
export class Shelf<T extends object> {
    #values: (T | undefined)[] = [];
    #offsets = new Column();
    #lengths = new Column();

    /** @param read Needed for what lies on disk. */
    constructor(private readonly read?: ReadPlace) {}

    /** @param data Becomes the shelf's own. */
    static of<T extends object>({ values, offsets, lengths }: ShelfData<T>, read?: ReadPlace): Shelf<T> {
        const shelf = new Shelf<T>(read);
        shelf.#values = values;
        shelf.#offsets = Column.of(offsets);
        shelf.#lengths = Column.of(lengths);
        return shelf;
    }

    /** One more than the highest number that was ever set. */
    get length(): number {
        return Math.max(this.#values.length, this.#lengths.length);
    }

    get(number: number): T | undefined {
        const value = this.#values[number];
        if (value) return value;
        const place = this.#placeOf(number);
        return place && (JSON.parse(this.read!(place)) as T);
    }

    /** The JSON of a value, which need not be read where it lies on disk. */
    json(number: number): string | undefined {
        const place = this.#placeOf(number);
        return place ? this.read!(place) : JSON.stringify(this.#values[number]);
    }

    set(number: number, value: T | PlaceOnDisk | undefined): void {
        const isPlace = value instanceof PlaceOnDisk;
        if (!isPlace || number < this.#values.length) this.#values[number] = isPlace ? undefined : value;
        if (isPlace) this.#offsets.set(number, value.offset);
        if (isPlace || number < this.#lengths.length) this.#lengths.set(number, isPlace ? value.length : 0);
    }

    /** All values, in order: those that are in memory alone are the list itself. */
    all(): readonly T[] {
        if (this.#lengths.length === 0) return this.#values as T[];
        return Array.from({ length: this.length }, (_, number) => this.get(number)!);
    }

    data(): ShelfData<T> {
        return { values: this.#values, offsets: this.#offsets.numbers(), lengths: this.#lengths.numbers() };
    }

    clone(): Shelf<T> {
        const { values, ...places } = this.data();
        return Shelf.of({ values: [...values], ...places }, this.read);
    }

    #placeOf(number: number): PlaceOnDisk | undefined {
        const length = this.#lengths.get(number);
        return length === 0 ? undefined : new PlaceOnDisk(this.#offsets.get(number), length);
    }
}
