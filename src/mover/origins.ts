import { isJournalEntry } from '../trace/moment.js';
import type { JournalEntry } from '../trace/entries.js';
import type { Trace } from '../trace/trace.js';
import { type Alike } from './alike.js';
import { answerLabel } from './answers.js';
import { webhookLabel } from './leftovers.js';

/** Where in a run's trace things came about: each answer is the index of the entry, undefined for what never did. */
export class Origins {
    readonly #rows = new Map<string, number[]>();
    readonly #records = new Map<string, number>();
    readonly #answers = new Map<string, number>();
    readonly #charges = new Map<string, number[]>();
    readonly #webhooks = new Map<string, number[]>();
    readonly #requests = new Map<string, number[]>();
    readonly #runs = new Map<string, { start: number; end: number | undefined }>();

    /** @param alike Makes labels of webhooks alike. */
    constructor(
        readonly trace: Trace,
        private readonly alike: Alike,
    ) {
        for (const [index, entry] of trace.tried()) {
            if (isJournalEntry(entry)) this.#add(index, entry);
            else if (entry.type === 'request.answered') this.#answers.set(alike.text(answerLabel(entry)), index);
        }
    }

    /** When a row was pushed, from 0; for one beyond the last the end of the run. */
    row(datasetId: string | undefined, index: number): number {
        return this.#rows.get(datasetId ?? '')?.[index] ?? this.trace.end;
    }

    /** When an answer came. */
    answer(label: string): number {
        return this.#answers.get(label) ?? this.trace.end;
    }

    /** When a record was last written or deleted. */
    record(storeId: string | undefined, key: string): number {
        return this.#records.get(`${storeId}/${key}`) ?? this.trace.end;
    }

    /** When an event was charged for the n-th time, from 1. */
    charge(runId: string, event: string, n: number): number {
        return this.#charges.get(`${runId}/${event}`)?.[n - 1] ?? this.trace.end;
    }

    /** When the n-th webhook of this label was added, from 1. */
    webhook(label: string, n: number): number {
        return this.#webhooks.get(label)?.[n - 1] ?? this.trace.end;
    }

    /** When the n-th request of a queue was added or handled, from 1. */
    request(queueId: string | undefined, what: 'total' | 'handled', n: number): number {
        return this.#requests.get(`${queueId}/${what}`)?.[n - 1] ?? this.trace.end;
    }

    start(runId: string | undefined): number {
        return this.#runs.get(runId ?? '')?.start ?? this.trace.end;
    }

    end(runId: string): number {
        return this.#runs.get(runId)?.end ?? this.trace.end;
    }

    #add(index: number, entry: JournalEntry): void {
        switch (entry.type) {
            case 'items.pushed':
                append(this.#rows, entry.id, index, entry.items.length);
                break;
            case 'record.put':
            case 'record.deleted':
                this.#records.set(`${entry.id}/${entry.key}`, index);
                break;
            case 'run.charged':
                append(this.#charges, `${entry.id}/${entry.eventName}`, index, entry.count);
                break;
            case 'webhook.created':
                append(this.#webhooks, this.alike.text(webhookLabel(entry.webhook)), index);
                break;
            case 'requests.added':
                append(this.#requests, `${entry.id}/total`, index, entry.requests.length);
                break;
            case 'request.updated':
                if (entry.request.handledAt) append(this.#requests, `${entry.id}/handled`, index);
                break;
            case 'run.created':
                this.#runs.set(entry.run.id, { start: index, end: undefined });
                break;
            case 'run.status': {
                const run = this.#runs.get(entry.id);
                if (run) run.end = index;
                break;
            }
            default:
                break;
        }
    }
}

/** Notes that something came about so often at once. */
function append(map: Map<string, number[]>, key: string, index: number, times = 1): void {
    const indexes = map.get(key) ?? [];
    map.set(key, indexes);
    for (let n = 0; n < times; n++) indexes.push(index);
}
