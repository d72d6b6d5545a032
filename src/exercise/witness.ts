import { stripVTControlCharacters } from 'node:util';

import { parseJson } from '../base/parse-json.js';
import { type Counts, CountsReader, countsWithin } from '../trace/counts.js';
import type { TraceEntry } from '../trace/recorded.js';
import type { Trace } from '../trace/trace.js';
import { isOwnRecord } from '../trace/own-record.js';
import { PageCounter } from '../trace/page-figures.js';

/** The object, as it was logged or saved. `at` is in milliseconds since the epoch. */
export interface Sighting {
    at: number;
    incarnation: number;
    counts: Counts;
}

/** A record of the Actor's own that was read or written. */
export interface RecordUse {
    use: 'read' | 'write';
    incarnation: number;
    key: string;
    /** ASINs in what was written; undefined when no object of counts is in it. */
    asins?: number;
    /** The process had been told that it must go. */
    isLeaving?: true;
}

/** What a trace tells of why a run went as it did, entry by entry: also while it is still running. */
export class Witness {
    /** Each time that the object was logged. */
    readonly logged: Sighting[] = [];
    readonly records: RecordUse[] = [];
    /** Processes that ended by themselves while a migration was under way. */
    exitsWhileMigrating = 0;
    strikes = 0;
    pushes = 0;
    /** The last lines of the log. */
    readonly lines: string[] = [];
    logLength = 0;
    pid: number | undefined;
    /** Milliseconds since the epoch of the newest page, push, process or process's end. */
    lastProgressAt = 0;
    readonly #pages = new PageCounter();
    #incarnation = 0;
    #isMigrating = false;
    #isLeaving = false;
    #reader = new CountsReader();

    /** Different pages that were asked for. */
    get pagesRequested(): number {
        const { requested, again } = this.#pages.figures;
        return requested - again;
    }

    add(entry: TraceEntry): void {
        this.#pages.add(entry);
        switch (entry.type) {
            case 'line':
                this.#line(entry.at, stripVTControlCharacters(entry.text));
                break;
            case 'call': {
                const { operationId, params } = entry;
                const key = params.key ?? '';
                if (operationId === 'keyValueStore_record_get' && isOwnRecord(key)) {
                    this.records.push({ use: 'read', incarnation: this.#incarnation, key });
                }
                if (operationId === 'dataset_items_post') this.pushes++;
                break;
            }
            case 'page':
            case 'items.pushed':
                this.lastProgressAt = entry.at;
                break;
            case 'strike':
                this.strikes++;
                break;
            case 'run.boot':
                this.#incarnation = entry.incarnation;
                this.#isMigrating = false;
                this.#isLeaving = false;
                this.#reader = new CountsReader();
                this.pid = entry.pid;
                this.lastProgressAt = entry.at;
                break;
            case 'run.event':
                if (entry.name === 'migrating') this.#isMigrating = true;
                if (entry.name === 'migrating' || entry.name === 'aborting') this.#isLeaving = true;
                break;
            case 'run.exit':
                if (this.#isMigrating && entry.exitCode === 0) this.exitsWhileMigrating++;
                this.pid = undefined;
                this.lastProgressAt = entry.at;
                break;
            case 'record.put':
                this.#record(entry);
                break;
            default:
                break;
        }
    }

    #line(at: number, text: string): void {
        this.logLength += text.length + 1;
        this.lines.push(text);
        if (this.lines.length > LAST_LINES) this.lines.shift();
        for (const counts of this.#reader.read(text)) {
            this.logged.push({ at, incarnation: this.#incarnation, counts });
        }
    }

    #record({ key, value }: Extract<TraceEntry, { type: 'record.put' }>): void {
        if (!isOwnRecord(key) || key === 'OUTPUT') return;
        const counts = 'bytes' in value ? countsWithin(parseJson(value.bytes)) : undefined;
        this.records.push({
            use: 'write',
            incarnation: this.#incarnation,
            key,
            ...(counts && { asins: Object.keys(counts).length }),
            ...(this.#isLeaving && { isLeaving: true }),
        });
    }
}

/** What a whole trace tells. */
export function witnessOf(trace: Trace): Witness {
    const witness = new Witness();
    for (const [, entry] of trace.tried()) witness.add(entry);
    return witness;
}

const LAST_LINES = 300;
