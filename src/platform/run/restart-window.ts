/** The limit of restarts on error: so many within a time, which moves on. */
export class RestartWindow {
    #restarts: number[];

    /** @param restarts Earlier ones, in milliseconds since the epoch. */
    constructor(
        private readonly limit: number,
        private readonly millis: number,
        restarts: readonly number[] = [],
    ) {
        this.#restarts = [...restarts];
    }

    /** Whether one more restart is within the limit. */
    hasRoom(now: number): boolean {
        this.#restarts = this.#restarts.filter((at) => at > now - this.millis);
        return this.#restarts.length < this.limit;
    }

    add(now: number): void {
        this.#restarts.push(now);
    }

    clear(): void {
        this.#restarts = [];
    }
}
