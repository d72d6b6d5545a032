/** Gives each of some spans the lowest track that is free for all of its time. They are taken in order of their begin. */
export class Tracks {
    /** Where the last span of each track ends. */
    readonly #ends: number[] = [];

    take(from: number, to: number): number {
        const free = this.#ends.findIndex((end) => end <= from);
        const track = free === -1 ? this.#ends.length : free;
        this.#ends[track] = to;
        return track;
    }
}
