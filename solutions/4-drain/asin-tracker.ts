import { setTimeout as sleep } from 'node:timers/promises';

import { Actor, log } from 'apify';
import { type CheerioCrawler, CriticalError } from '@crawlee/cheerio';

import { ASIN_OFFERS, LOG_INTERVAL_MILLIS } from '../../src/demo-actor/constants.js';

/** How long handlers in flight are waited for at most, in ms, when the platform doesn't say how much time there is. */
const MAX_DRAIN_MILLIS = 15_000;

/** Keeps the number of offers scraped from each ASIN, and logs its newest version every 10 seconds. */
export class AsinTracker {
    counts: Record<string, number> = {};

    private logging?: NodeJS.Timeout;
    private countInFlight = (): number => 0;

    async start(): Promise<void> {
        this.counts = await Actor.useState<Record<string, number>>(ASIN_OFFERS, {});
        this.logging = setInterval(() => this.log(), LOG_INTERVAL_MILLIS);
    }

    /** From now on, what handlers in flight still count is saved before the process goes. */
    saveBeforeMoving(crawler: CheerioCrawler): void {
        this.countInFlight = () => crawler.autoscaledPool?.currentConcurrency ?? 0;
        const drain = async (event?: { timeRemainingSecs?: number }): Promise<void> => {
            const millis = Math.min(MAX_DRAIN_MILLIS, ((event?.timeRemainingSecs ?? Infinity) - 1) * 1_000);
            const deadline = Date.now() + millis;
            while (this.countInFlight() > 0 && Date.now() < deadline) await sleep(20);
            await Actor.setValue(ASIN_OFFERS, this.counts);
        };
        Actor.on('migrating', drain);
        Actor.on('aborting', drain);
    }

    stop(): void {
        clearInterval(this.logging);
        this.log();
    }

    /** Sets the count of an ASIN: the same however often it is done. */
    set(asin: string, offers: number): void {
        // The handler that calls this is in flight. Where it can't be seen, the drain would wait for nothing.
        if (this.countInFlight() === 0) throw new CriticalError('The crawler shows none of its handlers in flight.');
        this.counts[asin] = offers;
    }

    private log(): void {
        log.info('Offers by ASIN', this.counts);
    }
}
