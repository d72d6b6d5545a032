import { stripVTControlCharacters } from 'node:util';

import type { TrialEvent } from '../trial/trial.js';
import { type Counts, CountsReader, countsWithin, isOwnRecord } from './counts.js';

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

/** Watches a trial from outside and remembers what tells why it went as it did. */
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
    lastProgressAt = Date.now();
    pagesRequested = 0;
    #incarnation = 0;
    #isMigrating = false;
    #isLeaving = false;
    #reader = new CountsReader();

    readonly onEvent = (event: TrialEvent): void => {
        switch (event.type) {
            case 'line':
                this.#line(event.at, stripVTControlCharacters(event.text));
                break;
            case 'journal':
                this.#journal(event.entry);
                break;
            case 'call': {
                const { operationId, params } = event.call;
                const key = params.key ?? '';
                if (operationId === 'keyValueStore_record_get' && isOwnRecord(key)) {
                    this.records.push({ use: 'read', incarnation: this.#incarnation, key });
                }
                if (operationId === 'dataset_items_post') this.pushes++;
                break;
            }
            case 'page': {
                const { requested, again } = event.pages;
                this.pagesRequested = requested - again;
                this.lastProgressAt = event.at;
                break;
            }
            case 'strike':
                this.strikes++;
                break;
            case 'opened':
                break;
            default:
                event satisfies never;
        }
    };

    #line(at: number, text: string): void {
        this.logLength += text.length + 1;
        this.lines.push(text);
        if (this.lines.length > LAST_LINES) this.lines.shift();
        for (const counts of this.#reader.read(text)) {
            this.logged.push({ at, incarnation: this.#incarnation, counts });
        }
    }

    #journal(entry: (TrialEvent & { type: 'journal' })['entry']): void {
        switch (entry.type) {
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
            case 'items.pushed':
                this.lastProgressAt = entry.at;
                break;
            case 'record.put': {
                if (!isOwnRecord(entry.key) || entry.key === 'OUTPUT') break;
                const counts = 'bytes' in entry.value ? countsWithin(parseJson(entry.value.bytes)) : undefined;
                this.records.push({
                    use: 'write',
                    incarnation: this.#incarnation,
                    key: entry.key,
                    ...(counts && { asins: Object.keys(counts).length }),
                    ...(this.#isLeaving && { isLeaving: true }),
                });
                break;
            }
            default:
                break;
        }
    }
}

const LAST_LINES = 300;

function parseJson(bytes: Buffer): unknown {
    try {
        return JSON.parse(bytes.toString());
    } catch {
        return undefined;
    }
}
