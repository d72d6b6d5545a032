/** Tells whoever waits that something has changed. */
export class Bell {
    readonly #listeners = new Set<() => void>();
    #rung = 0;

    /** How often it has rung. */
    get rung(): number {
        return this.#rung;
    }

    ring(): void {
        this.#rung++;
        for (const wake of this.#listeners) wake();
    }

    /** Resolves when it has rung more often than so, or the signal ends the wait. */
    async after(rung: number, signal: AbortSignal): Promise<void> {
        if (this.#rung > rung || signal.aborted) return;
        await new Promise<void>((resolve) => {
            const wake = (): void => {
                this.#listeners.delete(wake);
                signal.removeEventListener('abort', wake);
                resolve();
            };
            this.#listeners.add(wake);
            signal.addEventListener('abort', wake, { once: true });
        });
    }
}
