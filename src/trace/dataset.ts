/** A row of a dataset: any JSON object. */
export type DatasetItem = Record<string, unknown>;

/** The rows that were pushed to one dataset, in order. */
export class Dataset {
    readonly items: DatasetItem[] = [];
    /** Items with at least one field that is not hidden; names of hidden fields begin with `#`. */
    cleanCount = 0;

    push(items: DatasetItem[]): void {
        for (const item of items) {
            this.items.push(item);
            if (Object.keys(item).some((field) => !field.startsWith('#'))) this.cleanCount++;
        }
    }

    clone(): Dataset {
        const clone = new Dataset();
        for (const item of this.items) clone.items.push(item);
        clone.cleanCount = this.cleanCount;
        return clone;
    }
}
