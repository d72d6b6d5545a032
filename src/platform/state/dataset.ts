/** A row of a dataset: any JSON object. */
export type DatasetItem = Record<string, unknown>;

/** The rows that were pushed to one dataset, in order. */
export class Dataset {
    readonly items: DatasetItem[] = [];

    push(items: DatasetItem[]): void {
        for (const item of items) this.items.push(item);
    }
}
