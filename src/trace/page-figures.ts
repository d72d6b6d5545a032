import type { TraceEntry } from './recorded.js';
import type { Trace } from './trace.js';

/** Which pages a run has asked for, and how long it went without a process that does. Times in milliseconds. */
export interface PageFigures {
    requested: number;
    /** Of these, pages that had been asked for before. */
    again: number;
    /** From the start of the run to its first page. */
    coldStartMillis: number | undefined;
    /** Each time without a working process, in order; the time after the last page doesn't count. */
    downMillis: readonly number[];
}

export function pageFigures(trace: Trace): PageFigures {
    const counter = new PageCounter();
    for (const [, entry] of trace.tried()) counter.add(entry, trace.runId);
    return counter.figures;
}

/** Counts pages as they come into a trace. */
export class PageCounter {
    readonly #urls = new Set<string>();
    readonly #downs: number[] = [];
    #requested = 0;
    #startedAt = 0;
    #endedAt: number | undefined;
    #coldStartMillis: number | undefined;

    /** @param runId Of the run that is tried; default: any. */
    add(entry: TraceEntry, runId?: string): void {
        if (entry.type === 'subject') this.#startedAt = entry.at;
        if (entry.type === 'run.exit' && (runId ?? entry.id) === entry.id) this.#endedAt ??= entry.at;
        if (entry.type === 'page') this.#addPage(entry.url, entry.at);
    }

    get figures(): PageFigures {
        return {
            requested: this.#requested,
            again: this.#requested - this.#urls.size,
            coldStartMillis: this.#coldStartMillis,
            downMillis: this.#downs,
        };
    }

    #addPage(url: string, at: number): void {
        this.#requested++;
        this.#urls.add(url);
        this.#coldStartMillis ??= at - this.#startedAt;
        if (this.#endedAt === undefined) return;
        this.#downs.push(at - this.#endedAt);
        this.#endedAt = undefined;
    }
}
