import { Actor, log } from 'apify';

import { ASIN_OFFERS, LOG_INTERVAL_MILLIS } from '../../src/demo-actor/constants.js';

/** Counts the offers scraped from each ASIN, and logs its newest version every 10 seconds. */
export class AsinTracker {
    counts: Record<string, number> = {};

    private logging?: NodeJS.Timeout;

    async start(): Promise<void> {
        this.counts = (await Actor.getValue<Record<string, number>>(ASIN_OFFERS)) ?? {};
        Actor.on('persistState', async () => Actor.setValue(ASIN_OFFERS, this.counts));
        this.logging = setInterval(() => this.log(), LOG_INTERVAL_MILLIS);
    }

    stop(): void {
        clearInterval(this.logging);
        this.log();
    }

    /** Makes an ASIN known, so that one without offers counts as 0. */
    add(asin: string): void {
        this.counts[asin] ??= 0;
    }

    increment(asin: string): void {
        this.counts[asin] = (this.counts[asin] ?? 0) + 1;
    }

    private log(): void {
        log.info('Offers by ASIN', this.counts);
    }
}
