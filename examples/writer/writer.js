import { setTimeout as sleep } from 'node:timers/promises';

import { Actor } from 'apify';

/** How long a read may not show rows that were pushed. Documented is only that their number lags by up to 5 seconds. */
const MAX_LAG_MILLIS = 5_000;

/**
 * Stores the rows of each page once, and what the page told, wherever the process is killed. It first saves what it is
 * going to push, then pushes, so that the next process knows what to look for. All rows of the dataset go through it.
 */
export class Writer {
    /** What each stored page told, by the page's key. */
    pages = {};
    /** Rows of the dataset that `pages` accounts for. */
    #rows = 0;
    /** A batch of which nobody knows yet whether it was pushed. */
    #pending = null;
    #waiting = new Map();
    #last = Promise.resolve();
    #next;

    static async open() {
        const writer = new Writer();
        const saved = await Actor.getValue('WRITER');
        if (saved) {
            writer.pages = saved.pages;
            writer.#rows = saved.rows;
            writer.#pending = saved.pending;
        }
        await writer.#settle();
        return writer;
    }

    /** Whether a page is stored, with all its rows. */
    has(key) {
        return Object.hasOwn(this.pages, key);
    }

    /** Returns once the page is stored. What it tells must be plain JSON. */
    async write(key, rows, tells) {
        if (this.has(key)) return;
        this.#waiting.set(key, { rows, tells });
        // Whoever comes while a batch is being stored shares the next one.
        this.#next ??= this.#last.then(async () => this.#store());
        await this.#next;
    }

    /** Says that nothing is pending, when the crawl is over. */
    async close() {
        await this.#last;
        await this.#save(null);
    }

    async #store() {
        const waiting = [...this.#waiting];
        this.#waiting.clear();
        this.#last = this.#next.catch(() => {});
        this.#next = undefined;
        await this.#settle(); // An earlier batch may have failed halfway.

        const batch = waiting.filter(([key]) => !this.has(key));
        const rows = batch.flatMap(([, page]) => page.rows);
        const pages = batch.map(([key, page]) => [key, page.tells]);
        const pending = { rows: rows.length, pages: Object.fromEntries(pages) };
        await this.#save(pending);
        this.#pending = pending;
        if (rows.length > 0) await Actor.pushData(rows);
        this.#account();
    }

    async #save(pending) {
        await Actor.setValue('WRITER', { pages: this.pages, rows: this.#rows, pending });
    }

    #account() {
        Object.assign(this.pages, this.#pending.pages);
        this.#rows += this.#pending.rows;
        this.#pending = null;
    }

    /** Finds out whether the pending batch was pushed. If not, its pages come again: their requests are not handled. */
    async #settle() {
        if (!this.#pending) return;
        const dataset = await Actor.openDataset();
        for (const end = Date.now() + MAX_LAG_MILLIS; ; await sleep(500)) {
            const { items } = await dataset.getData({ offset: this.#rows, limit: this.#pending.rows + 1 });
            if (items.length >= this.#pending.rows) return this.#account();
            if (Date.now() > end) break;
        }
        this.#pending = null;
    }
}
