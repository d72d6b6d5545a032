import type { TraceEntry } from '../../trace/recorded.js';

/** Without any entry for so long, time is folded, and this much of it is drawn. Milliseconds. */
const IDLE_MILLIS = 3_000;
const FOLDED_MILLIS = 700;
/** What an entry is moved on from the one before it, when they share a millisecond. */
const STEP_MILLIS = 0.05;

/** Idle time that is not drawn in full. */
export interface Fold {
    /** Index of the entry that ends it. */
    index: number;
    millis: number;
}

/**
 * Where entries lie on a line from left to right. Their order is that of the trace, also where the clock ran backwards;
 * idle time is folded.
 */
export class Clock {
    /** By entry, from `first` on: strictly increasing. */
    readonly #places: Float64Array;
    readonly folds: readonly Fold[];

    constructor(
        private readonly entries: readonly TraceEntry[],
        private readonly first: number,
        private readonly last: number,
    ) {
        const places = new Float64Array(Math.max(1, last - first + 1));
        const folds: Fold[] = [];
        let newest = entries[first]?.at ?? 0;
        for (let i = first + 1; i <= last; i++) {
            const { at } = entries[i]!;
            const gap = Math.max(0, at - newest);
            newest = Math.max(newest, at);
            if (gap > IDLE_MILLIS) folds.push({ index: i, millis: gap });
            const drawn = gap > IDLE_MILLIS ? FOLDED_MILLIS : gap;
            places[i - first] = places[i - first - 1]! + Math.max(STEP_MILLIS, drawn);
        }
        this.#places = places;
        this.folds = folds;
    }

    /** Length of the line. */
    get length(): number {
        return Math.max(1, this.#places.at(-1)!);
    }

    placeOf(index: number): number {
        return this.#places[Math.min(Math.max(index, this.first), this.last) - this.first] ?? 0;
    }

    /** The time at a place (milliseconds since the epoch): within a fold, that of the entry before it. */
    timeAt(place: number): number {
        const index = this.indexAt(place);
        const { at } = this.entries[index]!;
        const next = this.entries[Math.min(index + 1, this.last)]!.at;
        const passed = Math.max(0, place - this.placeOf(index));
        return next - at > IDLE_MILLIS ? at : Math.min(Math.max(at, next), at + passed);
    }

    /** Index of the last entry that lies at a place or before it. */
    indexAt(place: number): number {
        let [low, high] = [0, this.#places.length - 1];
        while (low < high) {
            const middle = Math.ceil((low + high) / 2);
            if (this.#places[middle]! <= place) low = middle;
            else high = middle - 1;
        }
        return this.first + low;
    }
}
