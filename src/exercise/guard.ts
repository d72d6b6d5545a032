import pidusage from 'pidusage';

import type { Witness } from './witness.js';

/** Why a guard has ended a trial. */
export type GuardReason = 'stalled' | 'log' | 'memory' | 'time';

/** What an Actor may use up in a trial. */
export interface Limits {
    /** Milliseconds without a page, a push or a new process. */
    patienceMillis: number;
    /** Milliseconds that a trial may take at all. */
    maxMillis: number;
    /** Characters that an Actor may log. */
    maxLogLength: number;
    /** Bytes of memory that an Actor's process may hold. */
    maxMemoryBytes: number;
}

export const LIMITS: Limits = {
    patienceMillis: 30_000,
    maxMillis: 120_000,
    maxLogLength: 1_000_000,
    // As much as the platform tells the Actor to have.
    maxMemoryBytes: 1024 ** 3,
};

const LOOK_EVERY_MILLIS = 250;

/** Ends a trial whose Actor hangs, floods its log or eats the machine's memory. */
export class Guard {
    readonly #controller = new AbortController();
    readonly #timer: NodeJS.Timeout;
    readonly #startedAt = Date.now();
    #isMeasuring = false;
    reason: GuardReason | undefined;

    constructor(
        private readonly witness: Witness,
        private readonly limits: Limits,
    ) {
        this.#timer = setInterval(() => this.#look(), LOOK_EVERY_MILLIS);
    }

    get signal(): AbortSignal {
        return this.#controller.signal;
    }

    stop(): void {
        clearInterval(this.#timer);
    }

    #look(): void {
        const { patienceMillis, maxMillis, maxLogLength } = this.limits;
        const now = Date.now();
        if (this.witness.logLength > maxLogLength) this.#end('log');
        else if (now - Math.max(this.#startedAt, this.witness.lastProgressAt) > patienceMillis) this.#end('stalled');
        else if (now - this.#startedAt > maxMillis) this.#end('time');
        else void this.#measure();
    }

    async #measure(): Promise<void> {
        const { pid } = this.witness;
        if (pid === undefined || this.#isMeasuring) return;
        this.#isMeasuring = true;
        try {
            const { memory } = await pidusage(pid);
            if (memory > this.limits.maxMemoryBytes) this.#end('memory');
        } catch {
            // The process ended in the meantime.
        } finally {
            this.#isMeasuring = false;
        }
    }

    #end(reason: GuardReason): void {
        this.reason ??= reason;
        this.stop();
        this.#controller.abort();
    }
}
