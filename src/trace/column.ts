/** Of a chunk's numbers there are 2 to the power of this. */
const CHUNK_BITS = 10;
const CHUNK = 1 << CHUNK_BITS;

/** A growing list of numbers, in eight bytes each and without a copy when it grows. What was never set is 0. */
export class Column {
    readonly #chunks: Float64Array[] = [];
    #length = 0;

    /** @param numbers Become the column's own. */
    static of(numbers: Float64Array): Column {
        const column = new Column();
        const whole = numbers.length - (numbers.length % CHUNK);
        for (let i = 0; i < whole; i += CHUNK) column.#chunks.push(numbers.subarray(i, i + CHUNK));
        if (whole < numbers.length) {
            const last = new Float64Array(CHUNK);
            last.set(numbers.subarray(whole));
            column.#chunks.push(last);
        }
        column.#length = numbers.length;
        return column;
    }

    get length(): number {
        return this.#length;
    }

    get(index: number): number {
        return this.#chunks[index >> CHUNK_BITS]?.[index & (CHUNK - 1)] ?? 0;
    }

    set(index: number, number: number): void {
        while (this.#chunks.length * CHUNK <= index) this.#chunks.push(new Float64Array(CHUNK));
        this.#chunks[index >> CHUNK_BITS]![index & (CHUNK - 1)] = number;
        this.#length = Math.max(this.#length, index + 1);
    }

    push(number: number): void {
        this.set(this.#length, number);
    }

    /** All numbers, as `of` takes them. */
    numbers(): Float64Array {
        const numbers = new Float64Array(this.#chunks.length * CHUNK);
        for (const [i, chunk] of this.#chunks.entries()) numbers.set(chunk, i * CHUNK);
        return numbers.subarray(0, this.#length);
    }
}
