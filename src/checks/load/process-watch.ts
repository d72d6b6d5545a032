import pidusage from 'pidusage';

const MEMORY_INTERVAL_MILLIS = 100;

/** Looks at a process's resident memory now and then, and keeps the largest. */
export class ProcessWatch {
    #peak = 0;
    readonly #timer: NodeJS.Timeout;

    constructor(private readonly pid: number) {
        this.#timer = setInterval(() => {
            this.#look().catch(() => undefined);
        }, MEMORY_INTERVAL_MILLIS);
        this.#timer.unref();
    }

    async peakBytes(): Promise<number> {
        await this.#look();
        return this.#peak;
    }

    /** Processor time since the process began. */
    async cpuSeconds(): Promise<number> {
        const { ctime } = await pidusage(this.pid);
        return ctime / 1_000;
    }

    stop(): void {
        clearInterval(this.#timer);
    }

    async #look(): Promise<void> {
        const { memory } = await pidusage(this.pid);
        this.#peak = Math.max(this.#peak, memory);
    }
}
