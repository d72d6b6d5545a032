import { Actor, log } from 'apify';

import { ASIN_OFFERS, LOG_INTERVAL_MILLIS } from '../../src/demo-actor/constants.js';

/** Keeps the number of offers scraped from each ASIN, and logs its newest version every 10 seconds. */
export class AsinTracker {
    counts: Record<string, number> = {};

    private logging?: NodeJS.Timeout;

    async start(): Promise<void> {
        this.counts = await Actor.useState<Record<string, number>>(ASIN_OFFERS, {});
        this.logging = setInterval(() => this.log(), LOG_INTERVAL_MILLIS);
    }

    stop(): void {
        clearInterval(this.logging);
        this.log();
    }

    /** Sets the count of an ASIN: the same however often it is done. */
    set(asin: string, offers: number): void {
        this.counts[asin] = offers;
    }

    private log(): void {
        log.info('Offers by ASIN', this.counts);
    }
}
