import { stripVTControlCharacters } from 'node:util';

import { parseJson } from '../../base/parse-json.js';
import { isOwnRecord } from '../../trace/own-record.js';
import type { TraceEntry } from '../../trace/recorded.js';
import type { Trace } from '../../trace/trace.js';
import type { SiteKind } from './site.js';

/** Something that a process did: its place in the trace, and which process it was, counted from 1. */
interface Done {
    index: number;
    incarnation: number;
}

/** A request to the site. */
export interface SeenRequest extends Done {
    kind: SiteKind;
    url: URL;
    /** Of a page: `/pages/3` is 3. */
    number: number;
}

/** A record of the Actor's own that was read or saved, and in which store; its name is undefined for the run's own. */
export interface SeenRecord extends Done {
    key: string;
    store: string;
    storeName: string | undefined;
    /** What was saved; undefined for a read, and for what is no JSON. */
    value: unknown;
    /** The process had been told that it must go. */
    isLeaving: boolean;
}

/** What the trace of a small exercise tells, entry by entry: also while the run is at work. */
export class Seen {
    incarnation = 0;
    readonly requests: SeenRequest[] = [];
    readonly saves: SeenRecord[] = [];
    readonly reads: SeenRecord[] = [];
    readonly removals: SeenRecord[] = [];
    /** Looks at what is in the dataset. */
    readonly looks: Done[] = [];
    readonly rows: Record<string, unknown>[] = [];
    readonly pushes: (Done & { items: readonly Record<string, unknown>[] })[] = [];
    /** How each process ended. */
    readonly exits: (Done & { exitCode: number | null; isLeaving: boolean })[] = [];
    status: string | undefined;
    exitCode: number | undefined;
    readonly lines: string[] = [];
    /** The present process has been told that it must go. */
    isLeaving = false;
    /** It has asked for its reboot. */
    isRebooting = false;
    readonly #opened = new Set<number>();
    readonly #stores = new Map<string, string | undefined>();
    readonly #flying = new Set<string>();
    #index = -1;
    #runId: string | undefined;
    #ownStore = '';

    add(entry: TraceEntry): void {
        const index = ++this.#index;
        const done = { index, incarnation: this.incarnation };
        switch (entry.type) {
            case 'subject':
                this.#begin();
                break;
            case 'storage.created':
                this.#stores.set(entry.id, entry.name);
                break;
            case 'run.created':
                this.#runId ??= entry.run.id;
                this.#ownStore ||= entry.run.keyValueStoreId;
                break;
            case 'run.boot':
                this.incarnation = entry.incarnation;
                this.isLeaving = false;
                this.isRebooting = false;
                break;
            case 'run.event':
                if (entry.name === 'migrating' || entry.name === 'aborting') this.isLeaving = true;
                break;
            case 'run.exit':
                this.#flying.clear();
                this.exits.push({ ...done, exitCode: entry.exitCode, isLeaving: this.isLeaving });
                break;
            case 'run.status':
                this.status = entry.status;
                this.exitCode = entry.exitCode;
                break;
            case 'line':
                this.lines.push(stripVTControlCharacters(entry.text));
                break;
            case 'page': {
                const url = new URL(entry.url);
                const number = Number(/\d+$/.exec(url.pathname)?.[0]);
                this.requests.push({ ...done, kind: entry.kind as SiteKind, url, number });
                if (entry.kind === 'product') this.#flying.add(entry.url);
                break;
            }
            case 'request.updated':
                if (entry.request.handledAt) this.#flying.delete(entry.request.url);
                break;
            case 'call':
                if (entry.runId === this.#runId) this.#call(done, entry);
                break;
            case 'record.put':
                if (isOwnRecord(entry.key)) this.saves.push(this.#record(done, entry));
                break;
            case 'record.deleted':
                if (isOwnRecord(entry.key)) this.removals.push(this.#record(done, entry));
                break;
            case 'items.pushed':
                this.pushes.push({ ...done, items: entry.items });
                this.rows.push(...entry.items);
                break;
            default:
                break;
        }
    }

    /** Pages that the present process has asked for, and whose requests are not marked handled. */
    get inFlight(): number {
        return this.#flying.size;
    }

    /** What is in the record `OUTPUT`. */
    get output(): unknown {
        return this.saves.findLast(({ key, storeName }) => key === 'OUTPUT' && storeName === undefined)?.value;
    }

    /** Saves of what is no result. */
    get stateSaves(): SeenRecord[] {
        return this.saves.filter(({ key }) => key !== 'OUTPUT');
    }

    /** The page that a process asked for first. */
    firstPageOf(incarnation: number): SeenRequest | undefined {
        return this.requests.find((request) => request.kind === 'product' && request.incarnation === incarnation);
    }

    /** The first request for a page with this number. */
    requestOfPage(number: number): SeenRequest | undefined {
        return this.requests.find((request) => request.kind === 'product' && request.number === number);
    }

    #begin(): void {
        this.#runId = undefined;
        this.#ownStore = '';
        this.status = undefined;
        this.incarnation = 0;
        this.isLeaving = false;
        this.isRebooting = false;
        this.#opened.clear();
        const { requests, saves, reads, removals, looks, rows, pushes, exits, lines } = this;
        for (const list of [requests, saves, reads, removals, looks, rows, pushes, exits, lines]) list.length = 0;
    }

    #call(done: Done, { operationId, params }: Extract<TraceEntry, { type: 'call' }>): void {
        const { id = '', key = '' } = params;
        if (operationId === 'keyValueStore_record_get' && isOwnRecord(key)) {
            this.reads.push(this.#record(done, { id, key }));
        }
        if (operationId === 'dataset_items_get') this.looks.push(done);
        // The SDK asks once by itself, when it opens the dataset.
        if (operationId === 'dataset_get' && this.#opened.has(done.incarnation)) this.looks.push(done);
        if (operationId === 'dataset_get') this.#opened.add(done.incarnation);
        if (operationId === 'actorRun_reboot_post') this.isRebooting = true;
    }

    #record(
        done: Done,
        { id, key, value }: { id: string; key: string; value?: { bytes: Uint8Array } | object },
    ): SeenRecord {
        return {
            ...done,
            key,
            store: id,
            storeName: id === this.#ownStore ? undefined : this.#stores.get(id),
            value: value && 'bytes' in value ? parseJson(value.bytes) : undefined,
            isLeaving: this.isLeaving,
        };
    }
}

/** What a whole trace tells. */
export function seenIn(trace: Trace): Seen {
    const seen = new Seen();
    for (let index = 0; index <= trace.end; index++) seen.add(trace.entries[index]!);
    return seen;
}
