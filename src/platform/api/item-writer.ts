import type { DatasetItem } from '../../trace/dataset.js';

/** Writes items one by one, so that a whole dataset need not be in memory. */
export interface ItemWriter {
    /** Of a table, whose columns must be known: looks at each item before anything is written. */
    look?: (item: DatasetItem) => void;
    begin: () => string;
    /** @param n Counted from 0. */
    item: (item: DatasetItem, n: number) => string;
    /** An item whose JSON is there already; not where the format is another. */
    json?: (json: string, n: number) => string;
    end: string;
}

/** The dataset that items come from, as an RSS feed names it. */
export interface ExportSource {
    id: string;
    name?: string;
}
