import type { EncodedBytes } from './codec.js';
import type { JournalEntry } from './entries.js';

/** Who made an API call: a run's process, or nobody's but the platform's user. */
export interface CallOrigin {
    runId?: string;
    /** The run's process, counted from 1. */
    incarnation?: number;
}

/** What was asked in an API call: enough to apply it anew. */
export interface RecordedRequest {
    method: string;
    /** Path and query. */
    target: string;
    contentType?: string;
    /** The body, decompressed. */
    body?: EncodedBytes;
}

/**
 * How an API call ended: with its answer; with the answer of an API fault, and then it was not applied; with a cut
 * connection, before it was applied or after (then it may have written); with an answer that was cut off halfway.
 */
export type CallEnd = { how: 'answered' | 'refused' | 'torn'; status: number } | { how: 'dropped' };

/** A shop that a run scraped: what a judge must know of it. */
export interface ShopHead {
    url: string;
    /** What it was opened with: `seed`, `products` and so on. */
    options: Readonly<Record<string, number>>;
    /** Every ASIN with its number of offers. */
    truth: Readonly<Record<string, number>>;
    /** Pages that an undisturbed run fetches, each once. */
    pages: number;
}

/** What the run that is tried was tried with. Plan and API faults are written as on the command line. */
export interface Subject {
    plan: string;
    apiFaults: readonly string[];
    /** What is struck, where it is not the run itself: the n-th run, from 1, of an Actor that it starts. */
    on?: { actor: string; n: number };
    shop?: ShopHead;
}

/** An Actor as a trace keeps it: the names of its environment variables, and never their values. */
export interface ActorHead {
    id: string;
    name: string;
    command: readonly string[];
    cwd: string;
    env: readonly string[];
}

/** A page or a call that is held back. */
export type Held = { page: string } | { call: number };

/** What happens to a run and is not in the journal, which holds what was written. Times are milliseconds since the epoch. */
export type RecordedEntry = { at: number } & (
    | { type: 'opened'; platformUrl: string; settings: Readonly<Record<string, unknown>> }
    /** The platform has come to its end by itself. */
    | { type: 'closed' }
    | { type: 'actor'; actor: ActorHead }
    /** The next run that begins is the one that is tried. */
    | { type: 'subject'; subject: Subject }
    | ({
          type: 'call';
          /** Counted from 1 since the platform was opened. */
          call: number;
          /** As in the API's public description. */
          operationId: string;
          /** Parameters of the path, such as a record's `key`. */
          params: Readonly<Record<string, string>>;
          /** The run's n-th call, and its n-th of this operation, counted from 1 over all its processes. */
          n?: number;
          nOfOperation?: number;
          /** Only where calls are to be applied anew. */
          request?: RecordedRequest;
      } & CallOrigin)
    /** `wrote`: places of what it wrote in the journal, counted from 0. */
    | { type: 'call.ended'; call: number; end: CallEnd; wrote: readonly number[] }
    /** An API fault meets a call. */
    | { type: 'call.fault'; call: number; fault: string }
    | { type: 'line'; runId: string; incarnation: number; text: string }
    /** A strike of the plan, by its place there: it strikes, at a call or otherwise. */
    | { type: 'strike'; runId: string; strike: number; fault: string; trigger: string; call?: number }
    /** It found a run that could not be struck any more. */
    | { type: 'strike.failed'; runId: string; strike: number }
    /** What a graceful strike holds back for a while, so that what is in flight is in flight for sure. */
    | ({ type: 'held' } & Held)
    | ({ type: 'released' } & Held)
    /** A page of the shop is asked for, and has been sent or cut off. It is named `offers@3`, as triggers name it. */
    | { type: 'page'; page: string; kind: string; url: string; asin?: string }
    | { type: 'page.ended'; page: string; isSent: boolean }
    /** Somebody asks a run that serves: `GET /items`; requests count from 1. */
    | { type: 'request.sent'; runId: string; n: number; request: string }
    /** The answer, its body in Base64. `lack` says why there is none. */
    | {
          type: 'request.answered';
          runId: string;
          n: number;
          request: string;
          status: number;
          contentType: string;
          body: string;
          lack?: string;
      }
    /**
     * Up to here a fork's past; here its process was killed, and the run goes on. `index`: in the trace it is from.
     * `struckBy`: with what it is tried from here on, instead of what its past was tried with.
     */
    | { type: 'forked'; runId: string; index: number; struckBy?: Pick<Subject, 'plan' | 'apiFaults'> }
    /** Processes of a run work on a disk below this folder. */
    | { type: 'disk.made'; runId: string; root: string }
    /** Files that a process left on its disk, which the next one does not find. */
    | { type: 'disk'; left: readonly string[] }
    /** What could not be as a run on Apify would have it, a sentence. */
    | { type: 'note'; text: string }
    /** The run was ended from outside: its time was up, or nobody wanted to wait any longer. */
    | { type: 'stopped'; runId: string; why: 'TIMED OUT BY THE TRIAL' | 'STOPPED' }
);

/** Every type of recorded entry that there is. */
export const RECORDED_TYPES: Readonly<Record<RecordedEntry['type'], true>> = {
    opened: true,
    closed: true,
    actor: true,
    subject: true,
    call: true,
    'call.ended': true,
    'call.fault': true,
    line: true,
    strike: true,
    'strike.failed': true,
    held: true,
    released: true,
    page: true,
    'page.ended': true,
    'request.sent': true,
    'request.answered': true,
    forked: true,
    'disk.made': true,
    disk: true,
    note: true,
    stopped: true,
};

/** One entry of a trace: what was written, or what else happened. */
export type TraceEntry = JournalEntry | RecordedEntry;

/** A recorded entry and its place: how many entries the journal had at that moment. */
export interface PlacedEntry {
    journal: number;
    entry: RecordedEntry;
}

/** One line of JSON, without the line break: the place, and the entry. */
export function encodeRecorded(entry: RecordedEntry, journal: number): string {
    return `[${journal},${JSON.stringify(entry)}]`;
}

/** What a line holds; undefined for one that is torn or no entry. */
export function decodeRecorded(line: string): PlacedEntry | undefined {
    try {
        const [journal, entry] = JSON.parse(line) as [number, RecordedEntry];
        const isEntry =
            Number.isInteger(journal) && typeof entry.at === 'number' && Object.hasOwn(RECORDED_TYPES, entry.type);
        return isEntry ? { journal, entry } : undefined;
    } catch {
        return undefined;
    }
}
