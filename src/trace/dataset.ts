/** A row of a dataset: any JSON object. */
export type DatasetItem = Record<string, unknown>;

/** How much there is of a dataset, at some moment. */
export interface DatasetCounts {
    readonly itemCount: number;
    /** Items with at least one field that is not hidden; names of hidden fields begin with `#`. */
    readonly cleanCount: number;
}

/** The rows that were pushed to one dataset, in order. */
export class Dataset implements DatasetCounts {
    readonly items: DatasetItem[] = [];
    cleanCount = 0;
    /** What there was before each push, and when that was made. */
    readonly #pushes: { at: number; itemCount: number; cleanCount: number }[] = [];

    get itemCount(): number {
        return this.items.length;
    }

    /** The row at this place, from 0. */
    item(index: number): DatasetItem {
        return this.items[index]!;
    }

    /** The same as JSON. */
    json(index: number): string {
        return JSON.stringify(this.items[index]);
    }

    /** @param at Milliseconds since the epoch. */
    push(items: DatasetItem[], at: number): void {
        this.#pushes.push({ at, itemCount: this.items.length, cleanCount: this.cleanCount });
        for (const item of items) {
            this.items.push(item);
            if (Object.keys(item).some((field) => !field.startsWith('#'))) this.cleanCount++;
        }
    }

    clone(): Dataset {
        const clone = new Dataset();
        for (const item of this.items) clone.items.push(item);
        for (const push of this.#pushes) clone.#pushes.push(push);
        clone.cleanCount = this.cleanCount;
        return clone;
    }

    /** What there was before the first of the last pushes that were made after a time, in milliseconds since the epoch. */
    pushedBy(time: number): DatasetCounts {
        const lastShown = this.#pushes.findLastIndex(({ at }) => at <= time);
        return this.#pushes[lastShown + 1] ?? this;
    }
}
