import { plainText } from '../base/plain-text.js';
import { callEndText, callText } from './call-words.js';
import { countsIn } from './counts.js';
import { isOwnRecord } from './own-record.js';
import { sizeOf } from './records.js';
import { Ledger, type LedgerOptions } from './ledger.js';
import type { TraceEntry } from './recorded.js';
import { type RequestSpan, RequestSpans } from './request-spans.js';
import { counted, countsText } from './words.js';

/** What kind of thing an entry tells: each has its sign in the pictures. */
export type ToldKind =
    | 'answer'
    | 'asked'
    | 'boot'
    | 'call'
    | 'event'
    | 'exit'
    | 'fault'
    | 'handled'
    | 'kept'
    | 'kill'
    | 'line'
    | 'object'
    | 'other'
    | 'push'
    | 'queue'
    | 'save'
    | 'sent'
    | 'status'
    | 'strike';

/** How much an entry matters, from 0: reads and answers; to 5: what strikes and ends processes. */
export type Weight = 0 | 1 | 2 | 3 | 4 | 5;

/** One entry in the course's words. */
export interface ToldEntry {
    kind: ToldKind;
    text: string;
    weight: Weight;
    /** Of a run that the one that is tried has started. */
    of?: string;
    /** The request that begins, changes or ends. */
    span?: RequestSpan;
    /** Of a page that is asked for or handled: its kind and ASIN. */
    page?: string;
    /** Of a push. */
    rows?: { count: number; again: number; asins: readonly string[] };
}

type Entry<Type extends TraceEntry['type']> = Extract<TraceEntry, { type: Type }>;

/** Tells a run entry by entry, also while it goes on: a sentence each, with what only those before it explain. */
export class Story {
    readonly ledger: Ledger;
    readonly spans = new RequestSpans();
    runId: string | undefined;
    readonly #actors = new Map<string, string>();
    /** Names of the Actors of other runs, by the run's id. */
    readonly #others = new Map<string, string>();
    readonly #calls = new Map<number, Entry<'call'>>();
    /** Addresses of the run's own shop and platform. */
    readonly #own: readonly string[];
    /** The process has been told that it must go. */
    #isLeaving = false;
    /** It has saved the object since. */
    #hasSavedToLeave = false;

    constructor(options: LedgerOptions) {
        this.ledger = new Ledger(options);
        this.#own = Object.keys(options.addresses ?? {});
    }

    /** @param index The entry's index in its trace. */
    add(entry: TraceEntry, index: number): ToldEntry {
        if (entry.type === 'actor') this.#actors.set(entry.actor.id, entry.actor.name);
        if (entry.type === 'subject') this.runId = undefined;
        if (entry.type === 'run.created') this.#created(entry);
        const twinsBefore = this.ledger.twins.length;
        const inFlight = this.spans.inFlight.size;
        this.ledger.add(entry, index);
        const span = this.spans.add(entry, index);
        const told = this.#tell(entry, { span, inFlight, twins: this.ledger.twins.length - twinsBefore });
        // Whatever of it an Actor has named, printed or stored.
        told.text = plainText(told.text);
        if (span) told.span = span;
        const of = this.#others.size === 0 ? undefined : this.#others.get(runOf(entry) ?? '');
        if (of !== undefined) {
            told.of = plainText(of);
            told.weight = Math.min(told.weight, 2) as Weight;
        }
        return told;
    }

    #created({ run: { id, actorId } }: Entry<'run.created'>): void {
        this.runId ??= id;
        if (id !== this.runId) this.#others.set(id, this.#actors.get(actorId) ?? actorId);
    }

    #tell(entry: TraceEntry, seen: { span: RequestSpan | undefined; inFlight: number; twins: number }): ToldEntry {
        switch (entry.type) {
            case 'opened':
                return { kind: 'other', text: 'the platform opens', weight: 1 };
            case 'actor':
                return { kind: 'other', text: `Actor ${entry.actor.name} is defined`, weight: 0 };
            case 'subject': {
                const { plan } = entry.subject;
                const struck = plan === '' ? 'undisturbed' : `struck by ${plan}`;
                return { kind: 'other', text: `a run is tried, ${struck}`, weight: 1 };
            }
            case 'call':
                this.#calls.set(entry.call, entry);
                return { kind: 'call', text: callText(entry), weight: 0 };
            case 'call.ended': {
                const call = this.#calls.get(entry.call);
                this.#calls.delete(entry.call);
                const isWell = entry.end.how === 'answered' && entry.end.status < 400;
                const text = `API call ${call?.n ?? entry.call} ${callEndText(entry.end)}`;
                const weight = entry.end.how === 'answered' ? 0 : 4;
                return { kind: isWell || entry.end.how === 'answered' ? 'answer' : 'fault', text, weight };
            }
            case 'call.fault': {
                const n = this.#calls.get(entry.call)?.n ?? entry.call;
                return { kind: 'fault', text: `API fault ${entry.fault} meets API call ${n}`, weight: 5 };
            }
            case 'line':
                return this.#line(entry);
            case 'strike':
                return {
                    kind: 'strike',
                    text: `${entry.fault} strikes at ${entry.trigger}, with ${this.#flightText(seen.inFlight)}`,
                    weight: 5,
                };
            case 'forked':
                return { kind: 'strike', text: 'crash: the run goes on from a copy of this state', weight: 5 };
            case 'closed':
                return { kind: 'other', text: 'the platform closes', weight: 0 };
            case 'strike.failed':
                return { kind: 'strike', text: 'a strike finds no run that could be struck', weight: 4 };
            case 'held':
            case 'released': {
                const what = 'page' in entry ? entry.page : `API call ${this.#calls.get(entry.call)?.n ?? entry.call}`;
                const held = entry.type === 'held' ? 'is held, so that it is in flight for sure' : 'goes on';
                return { kind: 'other', text: `${what} ${held}`, weight: 1 };
            }
            case 'page':
                return this.#page(entry, seen.span);
            case 'page.ended':
                return { kind: 'sent', text: `${entry.page} is ${entry.isSent ? 'sent' : 'cut off'}`, weight: 1 };
            case 'request.sent':
                return { kind: 'asked', text: `request ${entry.n} to the Actor: ${entry.request}`, weight: 2 };
            case 'request.answered': {
                const text = entry.lack === undefined ? `status ${entry.status}` : `none, since ${entry.lack}`;
                return { kind: 'sent', text: `its answer to request ${entry.n}: ${text}`, weight: 2 };
            }
            case 'disk.made':
                return { kind: 'other', text: 'the run gets a disk of its own', weight: 0 };
            case 'disk':
                return {
                    kind: 'other',
                    text: `the process leaves ${counted(entry.left.length, 'file')} on its disk, which the next does not find`,
                    weight: entry.left.length > 0 ? 4 : 0,
                };
            case 'note':
                return { kind: 'other', text: entry.text, weight: 4 };
            case 'stopped':
                return { kind: 'status', text: `the run is ended from outside: ${entry.why}`, weight: 5 };
            case 'run.created':
                return { kind: 'other', text: 'the run is made', weight: 1 };
            case 'run.boot':
                this.#isLeaving = false;
                this.#hasSavedToLeave = false;
                return { kind: 'boot', text: `process ${entry.incarnation} boots`, weight: 5 };
            case 'run.exit':
                return this.#exit(entry, seen.inFlight);
            case 'run.status': {
                const exit = entry.exitCode === undefined ? '' : `, exit code ${entry.exitCode}`;
                return {
                    kind: 'status',
                    text: `run ${entry.status}${exit}`,
                    weight: entry.status === 'RUNNING' ? 1 : 5,
                };
            }
            case 'run.event':
                return this.#event(entry, seen.inFlight);
            case 'run.struck':
                return { kind: 'strike', text: `the run is struck: ${entry.fault}`, weight: 1 };
            case 'run.charged':
                return {
                    kind: 'other',
                    text: `${entry.eventName} is charged ${counted(entry.count, 'time')}`,
                    weight: 3,
                };
            case 'run.changed': {
                const { statusMessage, actorId } = entry.change;
                if (actorId !== undefined) return { kind: 'event', text: 'the Actor becomes another one', weight: 4 };
                const text = statusMessage === undefined ? 'the run is changed' : `status: ${statusMessage}`;
                return { kind: 'other', text, weight: 1 };
            }
            case 'items.pushed': {
                const again = seen.twins === 0 ? '' : `; ${seen.twins} of them had been there before`;
                const asins = asinsOf(entry);
                const text = `${counted(entry.items.length, 'row')} pushed${asinsText(asins)}${again}`;
                const rows = { count: entry.items.length, again: seen.twins, asins };
                return { kind: 'push', text, weight: seen.twins > 0 ? 4 : 3, rows };
            }
            case 'record.put':
                return this.#record(entry);
            case 'record.deleted':
                return { kind: 'save', text: `record ${entry.key} deleted`, weight: 3 };
            case 'requests.added':
                return { kind: 'queue', text: `${counted(entry.requests.length, 'request')} added`, weight: 1 };
            case 'request.updated':
                return this.#updated(entry, seen.span);
            case 'requests.deleted':
                return { kind: 'queue', text: `${counted(entry.requestIds.length, 'request')} deleted`, weight: 1 };
            case 'requests.locked':
                return { kind: 'queue', text: `${counted(entry.requestIds.length, 'request')} locked`, weight: 0 };
            case 'requests.unlocked':
                return { kind: 'queue', text: `${counted(entry.requestIds.length, 'request')} unlocked`, weight: 0 };
            case 'request-queue.client-seen':
                return { kind: 'queue', text: 'a new client reads the queue', weight: 0 };
            case 'storage.created':
                return { kind: 'other', text: `${storageText(entry)} is made`, weight: 0 };
            case 'storage.renamed':
            case 'storage.deleted':
                return { kind: 'other', text: `a storage is ${entry.type.slice('storage.'.length)}`, weight: 1 };
            case 'actor.changed':
                return { kind: 'other', text: "the Actor's settings are changed", weight: 1 };
            case 'webhook.created':
            case 'webhook.deleted':
                return { kind: 'other', text: `a webhook is ${entry.type.slice('webhook.'.length)}`, weight: 1 };
            default:
                return entry satisfies never;
        }
    }

    #line({ text: raw, runId }: Entry<'line'>): ToldEntry {
        const text = plainText(raw);
        const [counts] = this.#others.has(runId) ? [] : countsIn(text).filter((one) => Object.keys(one).length > 0);
        if (!counts) return { kind: 'line', text, weight: 1 };
        return { kind: 'object', text: `object logged: ${countsText(counts)}`, weight: 3 };
    }

    #page({ page, asin, url }: Entry<'page'>, span: RequestSpan | undefined): ToldEntry {
        const isAgain = span?.isAgain ?? false;
        const name = asin ?? plainText(url.slice(url.indexOf('?') + 1));
        return {
            kind: 'asked',
            page: `${kindOf(page)} ${name}`,
            text: `${kindOf(page)} page ${name} ${isAgain ? 'fetched again' : 'asked for'}`,
            weight: isAgain ? 4 : 2,
        };
    }

    #updated({ request }: Entry<'request.updated'>, span: RequestSpan | undefined): ToldEntry {
        const name =
            span?.page === undefined
                ? this.#addressText(request.url)
                : `${kindOf(span.page)} page ${span.asin ?? ''}`.trim();
        if (!request.handledAt) return { kind: 'queue', text: `${name} given back, to be tried again`, weight: 3 };
        const isOwed = this.ledger.isOwed(span?.asin ?? '');
        const page = span?.page === undefined ? name : `${kindOf(span.page)} ${span.asin ?? ''}`.trim();
        const isLate = isOwed && this.#hasSavedToLeave;
        const note = isLate ? ', after the save' : isOwed ? ', not saved yet' : '';
        return { kind: 'handled', text: `${name} handled${note}`, weight: isLate ? 4 : 2, page };
    }

    #record({ key, value, contentType }: Entry<'record.put'>): ToldEntry {
        if (!isOwnRecord(key)) {
            const whose = key === 'INPUT' ? 'input is stored' : `Crawlee keeps ${key} for itself`;
            return { kind: 'kept', text: whose, weight: 1 };
        }
        const { saved } = this.ledger;
        const isObject = saved?.key === key && contentType.startsWith('application/json');
        const what = isObject ? countsText(saved.counts) : counted(sizeOf(value), 'byte');
        const flight = this.spans.inFlight.size;
        this.#hasSavedToLeave ||= isObject && this.#isLeaving;
        return {
            kind: 'save',
            text: `saved ${key}: ${what}${flight > 0 ? `, ${this.#flightText(flight)}` : ''}`,
            weight: 4,
        };
    }

    #event({ name, data }: Entry<'run.event'>, inFlight: number): ToldEntry {
        if (name === 'migrating' || name === 'aborting') this.#isLeaving = true;
        if (name === 'reboot') return { kind: 'event', text: 'the Actor asks for its reboot', weight: 4 };
        const remaining = (data as { timeRemainingSecs?: number } | undefined)?.timeRemainingSecs;
        const time = remaining === undefined ? '' : `, ${remaining} s remain`;
        return { kind: 'event', text: `event '${name}' sent${time}, ${this.#flightText(inFlight)}`, weight: 4 };
    }

    #exit({ incarnation, signal, exitCode }: Entry<'run.exit'>, inFlight: number): ToldEntry {
        const how = signal ? `killed (${signal})` : `exited with code ${exitCode}`;
        const flight = inFlight === 0 ? '' : `, with ${this.#flightText(inFlight)}`;
        const { offers } = this.ledger.balance;
        const owed =
            offers === 0 || !this.ledger.truth
                ? ''
                : `; ${counted(this.ledger.owedPages.length, 'page')} handled, and nobody saves ` +
                  `${this.ledger.owedPages.length === 1 ? 'it' : 'them'} any more`;
        const kind = signal || exitCode !== 0 ? 'kill' : 'exit';
        return { kind, text: `process ${incarnation} ${how}${flight}${owed}`, weight: 5 };
    }

    /** An address of the run's own shop or platform by its path: where it was says nothing, and nobody is there any more. */
    #addressText(url: string): string {
        const own = this.#own.find((address) => url.startsWith(`${address}/`));
        return own === undefined ? url : url.slice(own.length);
    }

    #flightText(count: number): string {
        return count === 0 ? 'nothing in flight' : `${counted(count, 'request')} in flight`;
    }
}

function kindOf(page: string): string {
    return page.slice(0, page.indexOf('@'));
}

function asinsOf({ items }: Entry<'items.pushed'>): string[] {
    return [...new Set(items.flatMap(({ asin }) => (typeof asin === 'string' ? [plainText(asin)] : [])))];
}

function asinsText(asins: readonly string[]): string {
    if (asins.length === 0) return '';
    return `, of ${asins.length > 3 ? `${asins.length} ASINs` : asins.join(', ')}`;
}

function storageText({ kind, name }: Entry<'storage.created'>): string {
    const what = { datasets: 'a dataset', 'key-value-stores': 'a key-value store', 'request-queues': 'a queue' }[kind];
    return name === undefined ? what : `${what}, '${name}',`;
}

/** The run that an entry is about. */
function runOf(entry: TraceEntry): string | undefined {
    if ('runId' in entry && typeof entry.runId === 'string') return entry.runId;
    return entry.type.startsWith('run.') && 'id' in entry ? entry.id : undefined;
}
