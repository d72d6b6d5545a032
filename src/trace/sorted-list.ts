/** A chunk that grows beyond this is cut in two. */
const MAX_CHUNK = 512;

/**
 * Different values in order, kept as a list of short sorted lists: to add, take out or find one costs about the same,
 * however many there are. What a value is compared by must not change while it is in the list.
 */
export class SortedList<T> {
    readonly #chunks: T[][] = [];

    /** @param compare As for `Array.sort`; 0 for the same value and for nothing else. */
    constructor(private readonly compare: (a: T, b: T) => number) {}

    /** A list of what is sorted already. */
    static of<T>(sorted: readonly T[], compare: (a: T, b: T) => number): SortedList<T> {
        const list = new SortedList(compare);
        for (let i = 0; i < sorted.length; i += MAX_CHUNK) list.#chunks.push(sorted.slice(i, i + MAX_CHUNK));
        return list;
    }

    get first(): T | undefined {
        return this.#chunks[0]?.[0];
    }

    get last(): T | undefined {
        return this.#chunks.at(-1)?.at(-1);
    }

    /** Adds a value, unless it is there. */
    add(value: T): void {
        const { last } = this;
        if (last === undefined || this.compare(last, value) < 0) {
            this.#append(value);
            return;
        }
        const at = this.#chunkOf(value);
        const chunk = this.#chunks[at]!;
        const place = this.#placeIn(chunk, value);
        if (this.compare(chunk[place]!, value) === 0) return;
        chunk.splice(place, 0, value);
        if (chunk.length > MAX_CHUNK) this.#chunks.splice(at + 1, 0, chunk.splice(MAX_CHUNK / 2));
    }

    /** Takes a value out. False when it is not there. */
    delete(value: T): boolean {
        const at = this.#chunkOf(value);
        const chunk = this.#chunks[at];
        if (!chunk) return false;
        const place = this.#placeIn(chunk, value);
        if (this.compare(chunk[place]!, value) !== 0) return false;
        chunk.splice(place, 1);
        if (chunk.length === 0) this.#chunks.splice(at, 1);
        return true;
    }

    /** Values in order, from this one or the next larger one on; all without one. The list must not change meanwhile. */
    *from(value?: T): Generator<T> {
        const first = value === undefined ? 0 : this.#chunkOf(value);
        for (let at = first; at < this.#chunks.length; at++) {
            const chunk = this.#chunks[at]!;
            const start = at === first && value !== undefined ? this.#placeIn(chunk, value) : 0;
            for (let place = start; place < chunk.length; place++) yield chunk[place]!;
        }
    }

    /** Index of the first chunk that ends with this value or a larger one; behind the last one when none does. */
    #chunkOf(value: T): number {
        return firstIndex(this.#chunks.length, (i) => this.compare(this.#chunks[i]!.at(-1)!, value) >= 0);
    }

    #placeIn(chunk: readonly T[], value: T): number {
        return firstIndex(chunk.length, (i) => this.compare(chunk[i]!, value) >= 0);
    }

    #append(value: T): void {
        const chunk = this.#chunks.at(-1);
        if (chunk && chunk.length < MAX_CHUNK) chunk.push(value);
        else this.#chunks.push([value]);
    }
}

/** The first of so many indexes for which something holds that then holds for all that follow. */
function firstIndex(count: number, holds: (index: number) => boolean): number {
    let [low, high] = [0, count];
    while (low < high) {
        const middle = (low + high) >>> 1;
        if (holds(middle)) high = middle;
        else low = middle + 1;
    }
    return low;
}
