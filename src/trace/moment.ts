import { cloneState, emptyState, fold, type State } from './fold.js';
import type { JournalEntry } from './entries.js';
import { RECORDED_TYPES, type RecordedEntry, type TraceEntry } from './recorded.js';
import type { QueueRequest } from './request-queue.js';

type Recorded<Type extends RecordedEntry['type']> = Extract<RecordedEntry, { type: Type }>;

/** Requests of a queue by what becomes of them. A page that was asked for and is not handled yet is in flight. */
export interface QueueView {
    waiting: QueueRequest[];
    locked: QueueRequest[];
    inFlight: QueueRequest[];
    handled: QueueRequest[];
}

/**
 * A run's storages and all else that is known at one moment, folded entry by entry. Storages and runs are folded by
 * the one function with which the platform folds them.
 */
export class Moment {
    readonly #calls: Map<number, Recorded<'call'>>;
    readonly #pages: Map<string, Recorded<'page'>>;
    /** Addresses that the present processes have asked for. */
    readonly #asked: Set<string>;
    readonly state: State;
    /** Milliseconds since the epoch of the newest entry. */
    at: number;

    /** @param other The moment to begin with, which stays as it is; default: before anything happened. */
    constructor(other?: Moment) {
        this.state = other ? cloneState(other.state) : emptyState();
        this.#calls = new Map(other ? other.#calls : []);
        this.#pages = new Map(other ? other.#pages : []);
        this.#asked = new Set(other ? other.#asked : []);
        this.at = other?.at ?? 0;
    }

    apply(entry: TraceEntry): void {
        this.at = entry.at;
        if (isJournalEntry(entry)) {
            fold(this.state, entry);
            if (entry.type === 'run.exit') this.#asked.clear();
            return;
        }
        switch (entry.type) {
            case 'opened':
                // What a former platform had begun has ended with it.
                this.#calls.clear();
                this.#pages.clear();
                break;
            case 'call':
                this.#calls.set(entry.call, entry);
                break;
            case 'call.ended':
                this.#calls.delete(entry.call);
                break;
            case 'page':
                this.#pages.set(entry.page, entry);
                this.#asked.add(entry.url);
                break;
            case 'page.ended':
                this.#pages.delete(entry.page);
                break;
            default:
                break;
        }
    }

    /** API calls that have been read and not answered, by their number. */
    get calls(): ReadonlyMap<number, Recorded<'call'>> {
        return this.#calls;
    }

    /** Pages of the shop that have been asked for and not been sent, by their name. */
    get pages(): ReadonlyMap<string, Recorded<'page'>> {
        return this.#pages;
    }

    /** What is in a queue; undefined when there is none of this id. */
    queue(id: string): QueueView | undefined {
        const queue = this.state.storages['request-queues'].get(id)?.content;
        if (!queue) return undefined;
        const view: QueueView = { waiting: [], locked: [], inFlight: [], handled: [] };
        for (const { request } of queue.listing()) {
            if (request.handledAt) view.handled.push(request);
            else if (this.#asked.has(request.url)) view.inFlight.push(request);
            else if (queue.lockOf(request.id, this.at)) view.locked.push(request);
            else view.waiting.push(request);
        }
        return view;
    }
}

export function isJournalEntry(entry: TraceEntry): entry is JournalEntry {
    return !Object.hasOwn(RECORDED_TYPES, entry.type);
}
