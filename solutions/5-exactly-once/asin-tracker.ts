import { type Dataset, type KeyValueStore, log } from 'apify';

import { ASIN_OFFERS, LOG_INTERVAL_MILLIS } from '../../src/demo-actor/constants.js';

/** A row of the dataset: the ASIN that it belongs to, and what was scraped. */
export interface Row {
    asin: string;
    [field: string]: unknown;
}

/**
 * Stores the offers of each ASIN exactly once, counts them, and logs the counts every 10 seconds.
 *
 * One writer stores what all handlers hand in, batch by batch: first the rows, then the counts together with the
 * number of rows that they stand for. Only then the handlers return, and their requests are marked handled. So
 * whenever the process is killed, the record is right about the dataset's first `offset` rows, and the rows behind
 * them say what the record doesn't know yet.
 */
export class AsinTracker {
    counts: Record<string, number> = {};

    private offset = 0;
    /** Whether the saved record stands for every row that this process knows of. */
    private isSaved = false;
    private waiting = new Map<string, Row[]>();
    private lastBatch: Promise<void> = Promise.resolve();
    private nextBatch?: Promise<void>;
    private logging?: NodeJS.Timeout;

    constructor(
        private readonly dataset: Pick<Dataset, 'getData' | 'pushData'>,
        private readonly store: Pick<KeyValueStore, 'getValue' | 'setValue'>,
    ) {}

    async start(): Promise<void> {
        const saved = await this.store.getValue<{ counts: Record<string, number>; offset: number }>(ASIN_OFFERS);
        this.counts = saved?.counts ?? {};
        this.offset = saved?.offset ?? 0;
        await this.replay();
        this.logging = setInterval(() => this.log(), LOG_INTERVAL_MILLIS);
    }

    stop(): void {
        clearInterval(this.logging);
        this.log();
    }

    /** Stores a page, unless it is stored already. Returns once its rows and its count are durable. */
    async record(asin: string, rows: Row[]): Promise<void> {
        if (this.isSaved && asin in this.counts) return;
        this.waiting.set(asin, rows);
        // Whoever comes while a batch is being stored shares the next one.
        this.nextBatch ??= this.lastBatch.then(async () => this.storeBatch());
        await this.nextBatch;
    }

    private async storeBatch(): Promise<void> {
        const batch = this.waiting;
        this.waiting = new Map();
        this.lastBatch = this.nextBatch!.catch(() => {});
        this.nextBatch = undefined;

        // Where an earlier batch failed, nobody knows how far it came: the dataset does.
        if (!this.isSaved) await this.replay();
        const pages = [...batch].filter(([asin]) => !(asin in this.counts));
        const rows = pages.flatMap(([, pageRows]) => pageRows);

        this.isSaved = false;
        if (rows.length > 0) await this.dataset.pushData(rows);
        for (const [asin, pageRows] of pages) this.counts[asin] = pageRows.length;
        this.offset += rows.length;
        await this.store.setValue(ASIN_OFFERS, { counts: this.counts, offset: this.offset });
        this.isSaved = true;
    }

    /** Counts the rows that were pushed after the record was saved. */
    private async replay(): Promise<void> {
        const { items } = await this.dataset.getData({ offset: this.offset });
        for (const { asin } of items as Row[]) this.counts[asin] = (this.counts[asin] ?? 0) + 1;
        this.offset += items.length;
        this.isSaved = true;
    }

    private log(): void {
        log.info('Offers by ASIN', this.counts);
    }
}
