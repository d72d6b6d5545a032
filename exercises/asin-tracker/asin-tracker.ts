/**
 * Keeps the number of offers scraped from each ASIN, such as `{"B079ZJ1BPR": 3, "B07D4R4258": 21}`, and logs its newest
 * version every 10 seconds. When the Actor moves, nothing of it may be lost.
 *
 * All of it is yours to write, and yours to change: the methods, and how main.ts and routes.ts use them.
 */
export class AsinTracker {
    counts: Record<string, number> = {};

    /** Called once, before the crawler runs. From now on the object is logged every 10 seconds. */
    async start(): Promise<void> {
        throw new Error(
            'Your task: write AsinTracker.start(), which prepares the object and logs it every 10 seconds.',
        );
    }

    /** Called once, when the crawler is done. Nothing may keep the process alive after it. */
    stop(): void {
        throw new Error('Your task: write AsinTracker.stop(), which ends the logging.');
    }

    /** Makes an ASIN known, so that one without offers counts as 0. */
    add(asin: string): void {
        throw new Error(`Your task: write AsinTracker.add(), which makes ${asin} known.`);
    }

    /** Counts one more offer of an ASIN. */
    increment(asin: string): void {
        throw new Error(`Your task: write AsinTracker.increment(), which counts one more offer of ${asin}.`);
    }
}
