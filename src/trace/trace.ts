import type { JournalEntry } from './entries.js';
import type { StoredValue } from './records.js';
import { isJournalEntry, Moment } from './moment.js';
import type { ActorHead, PlacedEntry, RecordedEntry, Subject, TraceEntry } from './recorded.js';
import { TriedRun } from './tried-run.js';

/** What a trace is read from. */
export interface TraceSource {
    journal: Iterable<JournalEntry>;
    /** In the order in which they were recorded. */
    recorded: Iterable<PlacedEntry>;
    /** The bytes of a value that lies in a file of its own. */
    readBlob: (hash: string) => Uint8Array;
}

/** What a trace says of itself before anything happens. */
export interface TraceHead {
    /** Where the platform was when this was recorded: addresses in rows and requests begin with it. */
    platformUrl?: string;
    settings: Readonly<Record<string, unknown>>;
    actors: readonly ActorHead[];
    subject?: Subject;
}

/** Whether an entry is a strike: one by a fault, or the crash from whose state a fork goes on. */
export function isStrike({ type }: TraceEntry): boolean {
    return type === 'strike' || type === 'forked';
}

/** An API call that a run made. */
export type RunCall = Extract<RecordedEntry, { type: 'call' }> & { runId: string; n: number; nOfOperation: number };

/**
 * The whole recording of one run: what was written, and what else happened, in one order. An entry's place in it, the
 * index, is the only order there is: entries share milliseconds, and clocks run backwards.
 */
export class Trace {
    /** What should be there and is not, a sentence each. */
    readonly lacks: readonly string[];
    readonly head: TraceHead;
    /** Index from which on the run is tried; 0 where nothing says so. */
    readonly begin: number;
    /** Index of the last entry that counts: where the run was ended from outside, else of the last one. */
    readonly end: number;
    /** The run that is tried, or the first one; undefined when none has begun. */
    readonly runId: string | undefined;
    /** The run that strikes hit: that one, or one that it has started; undefined when that has not begun. */
    readonly struckRunId: string | undefined;

    constructor(
        readonly entries: readonly TraceEntry[],
        private readonly readBlob: TraceSource['readBlob'],
    ) {
        this.head = headOf(entries);
        const begin = entries.findLastIndex(({ type }) => type === 'subject');
        this.begin = Math.max(0, begin);
        const stopped = entries.findIndex((entry, i) => entry.type === 'stopped' && i >= this.begin);
        this.end = stopped === -1 ? entries.length - 1 : stopped;
        const tried = new TriedRun();
        for (let index = 0; index <= this.end; index++) tried.add(entries[index]!);
        this.runId = tried.id;
        this.struckRunId = tried.struckId;
        this.lacks = lacksOf(entries);
    }

    /** What happened while the run was tried, with its index: not earlier runs in the same folder, nor the platform's end. */
    *tried(): Generator<[index: number, entry: TraceEntry]> {
        for (let index = this.begin; index <= this.end; index++) yield [index, this.entries[index]!];
    }

    /** Index at which the run that is tried was struck for the first time; undefined when it never was. */
    get firstStrike(): number | undefined {
        for (const [index, entry] of this.tried()) if (isStrike(entry)) return index;
        return undefined;
    }

    /** API calls of the run that is tried, in order, over all its processes. */
    calls(runId = this.runId): RunCall[] {
        return [...this.tried()].flatMap(([, entry]) =>
            entry.type === 'call' && entry.runId === runId ? [entry as RunCall] : [],
        );
    }

    /** What an Actor is called; its id where nobody said. */
    nameOfActor(id: string): string {
        return this.head.actors.find((actor) => actor.id === id)?.name ?? id;
    }

    bytesOf(value: StoredValue): Uint8Array {
        return 'bytes' in value ? value.bytes : this.readBlob(value.blob);
    }
}

/**
 * Puts journal and recorded entries into one order. After a kill the recording may lag behind the journal: then what
 * the journal alone holds comes last. What it is ahead of, as after a power cut, is left out.
 */
export function readTrace({ journal, recorded, readBlob }: TraceSource): Trace {
    const entries: TraceEntry[] = [];
    const written = journal[Symbol.iterator]();
    let count = 0;
    for (const { journal: place, entry } of recorded) {
        while (count < place) {
            const { value, done } = written.next();
            if (done) return new Trace(entries, readBlob);
            entries.push(value);
            count++;
        }
        entries.push(entry);
    }
    for (let next = written.next(); !next.done; next = written.next()) entries.push(next.value);
    return new Trace(entries, readBlob);
}

/**
 * Storages, runs and all else after the entry with this index; before the first entry for -1.
 *
 * To look at one moment after the other, apply entries to one `Moment` instead.
 */
export function stateAt({ entries }: Trace, index: number): Moment {
    const moment = new Moment();
    for (let i = 0; i <= index; i++) moment.apply(entries[i]!);
    return moment;
}

function headOf(entries: readonly TraceEntry[]): TraceHead {
    const last = <Type extends RecordedEntry['type']>(type: Type): Extract<RecordedEntry, { type: Type }> | undefined =>
        entries.findLast((entry) => entry.type === type) as Extract<RecordedEntry, { type: Type }> | undefined;
    const opened = last('opened');
    const subject = last('subject')?.subject;
    // Only a fork's past comes before this.
    const struckBy = last('forked')?.struckBy;
    const actors = new Map<string, ActorHead>();
    for (const entry of entries) if (entry.type === 'actor') actors.set(entry.actor.id, entry.actor);
    return {
        ...(opened && { platformUrl: opened.platformUrl }),
        settings: opened?.settings ?? {},
        actors: [...actors.values()],
        ...(subject && { subject: { ...subject, ...struckBy } }),
    };
}

const ENDINGS: readonly TraceEntry['type'][] = ['run.exit', 'run.status', 'run.changed'];

function lacksOf(entries: readonly TraceEntry[]): string[] {
    if (entries.length > 0 && entries.every(isJournalEntry)) {
        return ['Calls, log lines, strikes and pages were not recorded: there is only what was written.'];
    }
    const lastOpened = entries.findLastIndex(({ type }) => type === 'opened');
    if (entries.some(({ type }, i) => type === 'closed' && i > lastOpened)) return [];
    const lastRecorded = entries.findLastIndex((entry) => !isJournalEntry(entry));
    // How a run ends is the platform's own doing, after the last call.
    const unexplained = entries.slice(lastRecorded + 1).filter(({ type }) => !ENDINGS.includes(type)).length;
    return [
        'The platform was killed, or is still at work: the recording may lack what came last.',
        ...(unexplained > 0 ? [`The last ${unexplained} entries are from the journal alone.`] : []),
    ];
}
