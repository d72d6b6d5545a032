import { setTimeout as sleep } from 'node:timers/promises';

import { type Dataset, type KeyValueStore, log } from 'apify';

import { ASIN_OFFERS, LOG_INTERVAL_MILLIS } from '../../src/demo-actor/constants.js';

/** How long, in ms, rows that were pushed may take to show in a read of the dataset. An assumption: see the README. */
const READ_LAG_MILLIS = 5_000;
const LOOK_INTERVAL_MILLIS = 250;

type Row = Record<string, unknown>;
type Counts = Record<string, number>;

/**
 * Stores the offers of each ASIN exactly once, counts them, and logs the counts every 10 seconds.
 * One writer saves what it is going to push, and then pushes it. Only then the handlers return. So wherever the process
 * is killed, the next one knows which rows to look for; where they are not there, the handlers run again.
 */
export class AsinTracker {
    /** The record: it is saved before each push. */
    private saved = {
        counts: {} as Counts,
        /** Rows of the dataset that the counts stand for. */
        offset: 0,
        /** Counts of the batch that is pushed next. Whether it was, the dataset can tell. */
        pending: {} as Counts,
    };
    private waiting = new Map<string, Row[]>();
    private lastTurn: Promise<void> = Promise.resolve();
    private logging?: NodeJS.Timeout;

    constructor(
        private readonly dataset: Pick<Dataset<Row>, 'getData' | 'pushData'>,
        private readonly store: Pick<KeyValueStore, 'getValue' | 'setValue'>,
    ) {}

    get counts(): Counts {
        return this.saved.counts;
    }

    async start(): Promise<void> {
        this.saved = (await this.store.getValue<typeof this.saved>(ASIN_OFFERS)) ?? this.saved;
        this.settle(await this.isPushed());
        this.logging = setInterval(() => this.log(), LOG_INTERVAL_MILLIS);
    }

    async stop(): Promise<void> {
        await this.lastTurn.catch(() => {});
        // Without a page: it saves that nothing is pending.
        await this.storeBatch();
        clearInterval(this.logging);
        this.log();
    }

    /** Stores a page, unless it is stored already. Returns once neither its rows nor its count can be lost. */
    async record(asin: string, rows: Row[]): Promise<void> {
        if (asin in this.counts) return;
        this.waiting.set(asin, rows);
        // One batch at a time, of all pages that wait by then: most find that an earlier turn has stored them.
        const turn = async (): Promise<void> => (this.waiting.size > 0 ? this.storeBatch() : undefined);
        this.lastTurn = this.lastTurn.catch(() => {}).then(turn);
        await this.lastTurn;
    }

    private async storeBatch(): Promise<void> {
        // Where the push before this one failed, its rows may be there all the same.
        this.settle(await this.isPushed());
        const rows = [...this.waiting.values()].flat();
        for (const [asin, pageRows] of this.waiting) this.saved.pending[asin] = pageRows.length;
        await this.store.setValue(ASIN_OFFERS, this.saved);
        if (rows.length > 0) await this.dataset.pushData(rows);
        this.settle(true);
    }

    private async isPushed(): Promise<boolean> {
        const { offset, pending } = this.saved;
        let isPushed = Object.values(pending).every((offers) => offers === 0);
        for (let waited = 0; !isPushed && waited <= READ_LAG_MILLIS; waited += LOOK_INTERVAL_MILLIS) {
            if (waited > 0) await sleep(LOOK_INTERVAL_MILLIS);
            const { items } = await this.dataset.getData({ offset });
            isPushed = items.some(({ asin }) => (asin as string) in pending);
        }
        return isPushed;
    }

    /** Counts the pending batch, or forgets it. */
    private settle(isPushed: boolean): void {
        const { counts, pending } = this.saved;
        for (const [asin, offers] of isPushed ? Object.entries(pending) : []) {
            counts[asin] = offers;
            this.saved.offset += offers;
            this.waiting.delete(asin);
        }
        this.saved.pending = {};
    }

    private log(): void {
        log.info('Offers by ASIN', this.counts);
    }
}
