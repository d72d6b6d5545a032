import { Moment } from './moment.js';
import type { Trace } from './trace.js';

/** Entries between two moments that are kept. */
const SPACING = 1_000;

/**
 * The states of a trace at any of its indexes, for somebody who goes to and fro: the last one that was asked for is gone
 * on from, and some are kept on the way, so that a step back needs no more than a thousand entries.
 */
export class Moments {
    readonly #kept: Moment[] = [new Moment()];
    #current = new Moment();
    /** Entries that have been applied to the current one. */
    #count = 0;

    constructor(private readonly trace: Trace) {}

    /** As `stateAt`. What is returned is changed by the next call. */
    at(index: number): Moment {
        const count = index + 1;
        const place = Math.min(Math.floor(count / SPACING), this.#kept.length - 1);
        if (count < this.#count || place * SPACING > this.#count) {
            this.#current = new Moment(this.#kept[place]);
            this.#count = place * SPACING;
        }
        while (this.#count < count) {
            this.#current.apply(this.trace.entries[this.#count]!);
            this.#count++;
            if (this.#count === this.#kept.length * SPACING) this.#kept.push(new Moment(this.#current));
        }
        return this.#current;
    }
}
