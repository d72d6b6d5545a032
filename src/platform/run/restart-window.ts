/** The limit of restarts on error: so many within a time, which moves on. */
export class RestartWindow {
    #restarts: number[] = [];

    constructor(
        private readonly limit: number,
        private readonly millis: number,
    ) {}

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
