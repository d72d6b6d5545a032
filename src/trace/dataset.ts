import { Column } from './column.js';
import { PlaceOnDisk, type ReadPlace } from './place.js';
import { Shelf, type ShelfData } from './shelf.js';

/** A row of a dataset: any JSON object. */
export type DatasetItem = Record<string, unknown>;

/** A row that lies on disk. */
export class RowOnDisk extends PlaceOnDisk {
    constructor(
        offset: number,
        length: number,
        readonly isClean: boolean,
    ) {
        super(offset, length);
    }
}

/** How much there is of a dataset, at some moment. */
export interface DatasetCounts {
    readonly itemCount: number;
    /** Items with at least one field that is not hidden; names of hidden fields begin with `#`. */
    readonly cleanCount: number;
}

/** A dataset as plain data. */
export interface DatasetData {
    rows: ShelfData<DatasetItem>;
    cleanCount: number;
    pushes: Readonly<Record<'at' | 'itemCount' | 'cleanCount', Float64Array>>;
}

/** Whether a row has a field that is not hidden. */
export function isClean(item: DatasetItem): boolean {
    return Object.keys(item).some((field) => !field.startsWith('#'));
}

/** The rows that were pushed to one dataset, in order. */
export class Dataset implements DatasetCounts {
    #rows: Shelf<DatasetItem>;
    #cleanCount = 0;
    /** When each push was made, and what there was before it. */
    #pushes = { at: new Column(), itemCount: new Column(), cleanCount: new Column() };

    /** @param read Needed for rows that lie on disk. */
    constructor(private readonly read?: ReadPlace) {
        this.#rows = new Shelf(read);
    }

    /** @param data Becomes the dataset's own. */
    static of({ rows, cleanCount, pushes }: DatasetData, read?: ReadPlace): Dataset {
        const dataset = new Dataset(read);
        dataset.#rows = Shelf.of(rows, read);
        dataset.#cleanCount = cleanCount;
        const { at, itemCount, cleanCount: clean } = pushes;
        dataset.#pushes = { at: Column.of(at), itemCount: Column.of(itemCount), cleanCount: Column.of(clean) };
        return dataset;
    }

    /** All rows. Those on disk are read for it: `item` is for one, or for many in turn. */
    get items(): readonly DatasetItem[] {
        return this.#rows.all();
    }

    get itemCount(): number {
        return this.#rows.length;
    }

    get cleanCount(): number {
        return this.#cleanCount;
    }

    /** The row at this place, from 0. */
    item(index: number): DatasetItem {
        return this.#rows.get(index)!;
    }

    /** The same as JSON. */
    json(index: number): string {
        return this.#rows.json(index)!;
    }

    /** @param at Milliseconds since the epoch. */
    push(items: readonly (DatasetItem | RowOnDisk)[], at: number): void {
        this.#pushes.at.push(at);
        this.#pushes.itemCount.push(this.itemCount);
        this.#pushes.cleanCount.push(this.#cleanCount);
        for (const item of items) {
            if (item instanceof RowOnDisk ? item.isClean : isClean(item)) this.#cleanCount++;
            this.#rows.set(this.#rows.length, item);
        }
    }

    data(): DatasetData {
        const { at, itemCount, cleanCount } = this.#pushes;
        return {
            rows: this.#rows.data(),
            cleanCount: this.#cleanCount,
            pushes: { at: at.numbers(), itemCount: itemCount.numbers(), cleanCount: cleanCount.numbers() },
        };
    }

    clone(): Dataset {
        const clone = Dataset.of(this.data(), this.read);
        clone.#rows = this.#rows.clone();
        return clone;
    }

    /** What there was before the first of the last pushes that were made after a time, in milliseconds since the epoch. */
    pushedBy(time: number): DatasetCounts {
        const { at, itemCount, cleanCount } = this.#pushes;
        let hidden = at.length;
        while (hidden > 0 && at.get(hidden - 1) > time) hidden--;
        return hidden === at.length ? this : { itemCount: itemCount.get(hidden), cleanCount: cleanCount.get(hidden) };
    }
}
