/** Longest time that Node's timers can wait, in milliseconds: almost 25 days. */
const LONGEST_MILLIS = 2 ** 31 - 1;

/** One timer that can be set anew. It keeps no process alive. */
export class Alarm {
    #timer: NodeJS.Timeout | undefined;

    constructor(private readonly ring: () => void) {}

    /** Rings once after that time, and not at the time that was set before. */
    set(millis: number): void {
        this.clear();
        this.#timer = setTimeout(this.ring, Math.min(millis, LONGEST_MILLIS)).unref();
    }

    clear(): void {
        clearTimeout(this.#timer);
        this.#timer = undefined;
    }
}
