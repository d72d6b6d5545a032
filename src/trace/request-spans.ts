import type { TraceEntry } from './recorded.js';

/** How a request leaves a process: handled, given back, taken out of the queue, or cut off by the process's end. */
export type SpanEnd = 'handled' | 'returned' | 'cut';

/** The time that a process has a request: first locked, and in flight from the moment that its page is asked for. */
export interface RequestSpan {
    requestId: string;
    url: string;
    /** The run and the process that has it. */
    runId: string;
    incarnation: number;
    /** Index of the entry by which it came. */
    from: number;
    /** Index of the entry since which it is in flight. */
    flightFrom?: number;
    /** Name of the page, `offers@3`; undefined where there is no shop. */
    page?: string;
    asin?: string;
    /** Its page had been asked for before, by this process or another one. */
    isAgain: boolean;
    to?: number;
    end?: SpanEnd;
}

/**
 * Follows the requests of all runs, entry by entry. Crawlee locks 25 ahead, so a lock is no work: what is in flight
 * begins when its page is asked for. Without a shop that tells, it begins when the Actor reads the request, which
 * Crawlee does just before it works on it.
 */
export class RequestSpans {
    /** All spans in the order in which they began. */
    readonly all: RequestSpan[] = [];
    readonly #open = new Map<string, RequestSpan>();
    readonly #urls = new Map<string, string>();
    readonly #idsOfUrl = new Map<string, string>();
    readonly #incarnations = new Map<string, number>();
    readonly #asked = new Set<string>();
    readonly #inFlight = new Set<RequestSpan>();
    #hasShop = false;
    #tried: string | undefined;

    /** Spans that are in flight now. */
    get inFlight(): ReadonlySet<RequestSpan> {
        return this.#inFlight;
    }

    /** Requests that a process has locked and not begun. */
    get lockedCount(): number {
        return this.#open.size - this.#inFlight.size;
    }

    /** @returns The span that begins, changes or ends; of several, the first. */
    add(entry: TraceEntry, index: number): RequestSpan | undefined {
        switch (entry.type) {
            case 'subject':
                this.#hasShop = entry.subject.shop !== undefined;
                this.#tried = undefined;
                return undefined;
            case 'run.created':
                this.#tried ??= entry.run.id;
                return undefined;
            case 'run.boot':
                this.#incarnations.set(entry.id, entry.incarnation);
                return undefined;
            case 'requests.added':
                for (const { id, url } of entry.requests) this.#know(id, url);
                return undefined;
            case 'requests.locked':
                return entry.requestIds.map((id) => this.#lock(id, entry.runId, index))[0];
            case 'requests.unlocked':
            case 'requests.deleted':
                return entry.requestIds.map((id) => this.#end(id, index, 'returned'))[0];
            case 'request.updated': {
                const { id, url, handledAt } = entry.request;
                this.#know(id, url);
                return this.#end(id, index, handledAt ? 'handled' : 'returned');
            }
            case 'page':
                return this.#page(entry, index);
            case 'call': {
                const { requestId } = entry.params;
                if (this.#hasShop || entry.operationId !== 'requestQueue_request_get' || !requestId) return undefined;
                return this.#fly(requestId, index);
            }
            case 'run.exit':
                for (const [id, { runId }] of this.#open) if (runId === entry.id) this.#end(id, index, 'cut');
                return undefined;
            default:
                return undefined;
        }
    }

    #know(id: string, url: string): void {
        if (this.#urls.get(id) === url) return;
        this.#urls.set(id, url);
        this.#idsOfUrl.set(url, id);
    }

    #lock(id: string, runId: string | undefined, index: number): RequestSpan {
        const open = this.#open.get(id);
        return open ?? this.#begin(id, runId, index);
    }

    #begin(requestId: string, runId = this.#tried ?? '', from: number): RequestSpan {
        const url = this.#urls.get(requestId) ?? '';
        const incarnation = this.#incarnations.get(runId) ?? 1;
        const span: RequestSpan = { requestId, url, runId, incarnation, from, isAgain: false };
        this.#open.set(requestId, span);
        this.all.push(span);
        return span;
    }

    #page({ url, page, asin }: Extract<TraceEntry, { type: 'page' }>, index: number): RequestSpan | undefined {
        const id = this.#idsOfUrl.get(url);
        const span = id === undefined ? undefined : this.#fly(id, index);
        if (!span) return undefined;
        span.page = page;
        if (asin !== undefined) span.asin = asin;
        return span;
    }

    #fly(id: string, index: number): RequestSpan {
        const span = this.#open.get(id) ?? this.#begin(id, undefined, index);
        span.isAgain ||= this.#asked.has(id);
        span.flightFrom ??= index;
        this.#asked.add(id);
        this.#inFlight.add(span);
        return span;
    }

    #end(id: string, index: number, end: SpanEnd): RequestSpan | undefined {
        const span = this.#open.get(id);
        if (!span) return undefined;
        span.to = index;
        span.end = end;
        this.#open.delete(id);
        this.#inFlight.delete(span);
        return span;
    }
}
