import type { Verdict } from './verdict.js';

/** Watches which pages a run asks for, and how long it went without a process that does. Times in milliseconds. */
export class Pages {
    readonly #urls = new Set<string>();
    readonly #downs: number[] = [];
    #requested = 0;
    #startedAt = 0;
    #endedAt: number | undefined;
    coldStartMillis: number | undefined;

    started(at: number): void {
        this.#startedAt = at;
    }

    requested(url: string, at: number): void {
        this.#requested++;
        this.#urls.add(url);
        this.coldStartMillis ??= at - this.#startedAt;
        if (this.#endedAt === undefined) return;
        this.#downs.push(at - this.#endedAt);
        this.#endedAt = undefined;
    }

    processEnded(at: number): void {
        this.#endedAt ??= at;
    }

    get counts(): Verdict['pages'] {
        return { requested: this.#requested, again: this.#requested - this.#urls.size };
    }

    /** Each time without a working process, in order; the time after the last page doesn't count. */
    get downMillis(): readonly number[] {
        return this.#downs;
    }
}
