import { type Counts, CountsReader, countsWithin } from './counts.js';
import { isOwnRecord } from './own-record.js';
import type { DatasetItem } from './dataset.js';
import { parseJson } from '../base/parse-json.js';
import { plainText } from '../base/plain-text.js';
import type { StoredValue } from './records.js';
import type { TraceEntry } from './recorded.js';
import { rowKey } from './row-key.js';

/** Pages of the shop that give rows: as many as the shop's truth says of their ASIN. */
const GIVING_PAGE = 'offers';

/** What is wrong at one moment. All zero: every page that was handled is stored, once. */
export interface Balance {
    /** Offers of handled pages that the saved object lacks. */
    offers: number;
    /** Rows of handled pages that the dataset lacks. */
    rows: number;
    /** Offers that the saved object has beyond the truth. */
    offersTooMany: number;
    /** Rows beyond the first of each. */
    rowsTooMany: number;
}

/** A page that was handled, and what it gave. */
export interface GivenPage {
    asin: string;
    offers: number;
    /** Index and time (milliseconds since the epoch) of the moment when it was marked handled, and the process. */
    index: number;
    at: number;
    incarnation: number;
}

/** A row that is there once more. */
export interface Twin {
    /** Places in the dataset. */
    row: number;
    first: number;
    /** Indexes of the entries by which they were pushed. */
    index: number;
    firstIndex: number;
}

/** The object, as it was logged or saved. */
export interface SeenCounts {
    index: number;
    at: number;
    incarnation: number;
    counts: Counts;
    /** The record's key; undefined for one that was logged. */
    key?: string;
}

/** What is expected of a run when it has ended: the rows of an undisturbed run. */
export interface Reference {
    rows: readonly DatasetItem[];
    /** Fields that are not compared. */
    ignore?: readonly string[];
    /** Addresses of the undisturbed run, each with a name that stays. */
    addresses?: Readonly<Record<string, string>>;
}

export interface LedgerOptions {
    bytesOf: (value: StoredValue) => Uint8Array;
    reference?: Reference;
    /** Addresses of this run, each with a name that stays. */
    addresses?: Readonly<Record<string, string>>;
}

/**
 * Keeps account of the run that is tried, entry by entry: what its handled pages have given, and what of that is stored.
 * For Actors in the demo shop it is held against the shop's truth, for others against the rows of an undisturbed run.
 */
export class Ledger {
    truth: Readonly<Record<string, number>> | undefined;
    /** By ASIN, in the order in which they were handled. */
    readonly given = new Map<string, GivenPage>();
    /** The object as the present process has logged it last. */
    logged: SeenCounts | undefined;
    /** The object as it was saved last. */
    saved: SeenCounts | undefined;
    /** The last save of each process. */
    readonly saves = new Map<number, SeenCounts>();
    /** ASINs that a save once held. */
    readonly everSaved = new Set<string>();
    readonly twins: Twin[] = [];
    rowCount = 0;
    incarnation = 0;
    /** False while no process is at work. */
    isUp = false;
    readonly #pushedRows = new Map<string, { row: number; index: number; count: number }>();
    readonly #rowsOf = new Map<string, number>();
    readonly #asins = new Map<string, string>();
    readonly #expected: Map<string, number> | undefined;
    #reader = new CountsReader();
    #runId: string | undefined;
    #datasetId: string | undefined;
    #storeId: string | undefined;
    #rowsMatched = 0;
    /** Sums over ASINs, kept up with each change: there may be thousands of them. */
    #offersOwed = 0;
    #offersTooMany = 0;
    #rowsOwed = 0;
    #balance: Balance | undefined;

    constructor(private readonly options: LedgerOptions) {
        const { reference } = options;
        if (!reference) return;
        this.#expected = new Map();
        for (const row of reference.rows) {
            const key = rowKey(row, reference);
            this.#expected.set(key, (this.#expected.get(key) ?? 0) + 1);
        }
    }

    /** Whether there is something that the run can be held against. */
    get hasTruth(): boolean {
        return this.truth !== undefined || this.#expected !== undefined;
    }

    get balance(): Balance {
        this.#balance ??= this.#count();
        return this.#balance;
    }

    /** Pages that were handled and whose offers the saved object lacks, wholly or in part. */
    get owedPages(): GivenPage[] {
        return [...this.given.values()].filter(({ asin }) => this.isOwed(asin));
    }

    /** Whether an ASIN's page was handled, and the saved object lacks offers of it. */
    isOwed(asin: string): boolean {
        return (this.given.get(asin)?.offers ?? 0) > (this.saved?.counts[asin] ?? 0);
    }

    add(entry: TraceEntry, index: number): void {
        switch (entry.type) {
            case 'subject':
                this.truth = entry.subject.shop?.truth;
                break;
            case 'run.created':
                if (this.#runId !== undefined) break;
                this.#runId = entry.run.id;
                this.#datasetId = entry.run.datasetId;
                this.#storeId = entry.run.keyValueStoreId;
                break;
            case 'page':
                if (entry.kind === GIVING_PAGE && entry.asin !== undefined) this.#asins.set(entry.url, entry.asin);
                break;
            case 'request.updated': {
                const asin = entry.request.handledAt ? this.#asins.get(entry.request.url) : undefined;
                if (asin === undefined || this.given.has(asin)) break;
                const { at } = entry;
                const offers = this.truth?.[asin] ?? 0;
                this.given.set(asin, { asin, offers, index, at, incarnation: this.incarnation });
                this.#offersOwed += Math.max(0, offers - (this.saved?.counts[asin] ?? 0));
                this.#rowsOwed += Math.max(0, offers - (this.#rowsOf.get(asin) ?? 0));
                this.#balance = undefined;
                break;
            }
            case 'items.pushed':
                if (entry.id === this.#datasetId) for (const item of entry.items) this.#row(item, index);
                break;
            case 'record.put':
                if (entry.id === this.#storeId && isOwnRecord(entry.key)) this.#save(entry, index);
                break;
            case 'record.deleted':
                if (entry.id !== this.#storeId || entry.key !== this.saved?.key) break;
                this.saved = undefined;
                this.#weighSaved();
                break;
            case 'line':
                if (entry.runId === this.#runId) this.#line(entry.text, entry.at, index);
                break;
            case 'run.boot':
            case 'run.exit':
                if (entry.id !== this.#runId) break;
                this.isUp = entry.type === 'run.boot';
                this.incarnation = entry.incarnation;
                this.logged = undefined;
                this.#reader = new CountsReader();
                break;
            default:
                break;
        }
    }

    #line(text: string, at: number, index: number): void {
        const counts = this.#reader.read(plainText(text)).at(-1);
        if (counts) this.logged = { index, at, incarnation: this.incarnation, counts };
    }

    #save({ key, contentType, value, at }: Extract<TraceEntry, { type: 'record.put' }>, index: number): void {
        if (!contentType.startsWith('application/json')) return;
        const counts = countsWithin(this.#valueOf(value));
        const isEmpty = counts === undefined || Object.keys(counts).length === 0;
        // Elsewhere than in the shop any object may be empty, and counts nothing.
        if (!counts || (isEmpty && !this.truth && this.saved?.key !== key)) return;
        this.saved = { index, at, incarnation: this.incarnation, counts, key };
        this.saves.set(this.incarnation, this.saved);
        for (const asin of Object.keys(counts)) this.everSaved.add(asin);
        this.#weighSaved();
    }

    /** Undefined for what is no JSON, or is there no more. */
    #valueOf(value: StoredValue): unknown {
        try {
            return parseJson(this.options.bytesOf(value));
        } catch {
            return undefined;
        }
    }

    #row(item: DatasetItem, index: number): void {
        const row = this.rowCount++;
        const { reference, addresses } = this.options;
        const key = rowKey(item, {
            ...(reference?.ignore && { ignore: reference.ignore }),
            ...(addresses && { addresses }),
        });
        const pushed = this.#pushedRows.get(key);
        const expected = this.#expected?.get(key) ?? 0;
        this.#balance = undefined;
        if (pushed) {
            pushed.count++;
            // A row that an undisturbed run also pushes twice is no mistake.
            if (pushed.count > expected) {
                this.twins.push({ row, first: pushed.row, index, firstIndex: pushed.index });
                return;
            }
        } else {
            this.#pushedRows.set(key, { row, index, count: 1 });
        }
        if (expected > 0) this.#rowsMatched++;
        if (typeof item.asin !== 'string') return;
        const rows = this.#rowsOf.get(item.asin) ?? 0;
        this.#rowsOf.set(item.asin, rows + 1);
        if (rows < (this.given.get(item.asin)?.offers ?? 0)) this.#rowsOwed--;
    }

    #weighSaved(): void {
        const saved = this.saved?.counts ?? {};
        this.#balance = undefined;
        this.#offersOwed = 0;
        this.#offersTooMany = 0;
        if (!this.truth) return;
        for (const { asin, offers } of this.given.values())
            this.#offersOwed += Math.max(0, offers - (saved[asin] ?? 0));
        for (const [asin, count] of Object.entries(saved)) {
            this.#offersTooMany += Math.max(0, count - (this.truth[asin] ?? 0));
        }
    }

    #count(): Balance {
        const { reference } = this.options;
        const rows = this.truth ? this.#rowsOwed : reference ? reference.rows.length - this.#rowsMatched : 0;
        const [offers, offersTooMany] = [this.#offersOwed, this.#offersTooMany];
        return { offers, rows, offersTooMany, rowsTooMany: this.twins.length };
    }
}
