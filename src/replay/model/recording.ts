import { causesOf } from '../../trace/cause.js';
import type { Balance, GivenPage, Reference, SeenCounts, Twin } from '../../trace/ledger.js';
import { Moments } from '../../trace/moments.js';
import type { RequestSpan } from '../../trace/request-spans.js';
import { Story, type ToldEntry } from '../../trace/story.js';
import type { Trace } from '../../trace/trace.js';
import { addressesOf } from './addresses.js';
import { Clock } from './clock.js';
import { Tracks } from './tracks.js';
import type { ChangePoint } from './steps.js';

/** A process of a run: one line of the picture. */
export interface Lane {
    runId: string;
    incarnation: number;
    /** What it is called. */
    label: string;
    from: number;
    /** Index of its end; the last entry while it has none. */
    to: number;
    hasEnded: boolean;
    isKilled: boolean;
    /** Its requests, each on a track that no other has at that time. */
    spans: { span: RequestSpan; track: number }[];
    tracks: number;
}

/** How many requests a run has at a moment. */
export interface Load {
    inFlight: number;
    locked: number;
}

/** All that the picture of a run shows, worked out once. */
export interface Recording {
    label: string;
    trace: Trace;
    /** Indexes of the first and the last entry that are shown. */
    first: number;
    last: number;
    /** By entry, from `first` on. */
    told: readonly ToldEntry[];
    lanes: readonly Lane[];
    clock: Clock;
    moments: Moments;
    /** What the present process has logged last. */
    logged: readonly ChangePoint<SeenCounts | undefined>[];
    saved: readonly ChangePoint<SeenCounts | undefined>[];
    balances: readonly ChangePoint<Balance>[];
    loads: readonly ChangePoint<Load>[];
    twins: readonly Twin[];
    /** Pages that have given something and were handled, by ASIN. */
    given: ReadonlyMap<string, GivenPage>;
    /** ASINs of pages that were handled, and whose offers the saved object lacks at the end. */
    neverSaved: ReadonlySet<string>;
    /** Indexes of what matters most, which the keys jump to. */
    marks: readonly { index: number }[];
    truth: Readonly<Record<string, number>> | undefined;
    /** Whether there is something that rows can be held against. */
    hasTruth: boolean;
    /** Why it ended as it did, when something is wrong. */
    causes: readonly string[];
}

/** Marks have at least this weight. */
const MARK_WEIGHT = 4;

/** @param reference What the run is held against; for Actors in the demo shop the shop's truth is. */
export function recordingOf(trace: Trace, label: string, reference?: Reference): Recording {
    const [first, last] = [trace.begin, endOf(trace)];
    const story = new Story({
        bytesOf: (value) => trace.bytesOf(value),
        addresses: addressesOf(trace),
        ...(reference && { reference }),
    });
    const { ledger, spans } = story;
    const told: ToldEntry[] = [];
    const lanes: Lane[] = [];
    const [logged, saved]: [ChangePoint<SeenCounts | undefined>[], ChangePoint<SeenCounts | undefined>[]] = [[], []];
    const balances: ChangePoint<Balance>[] = [];
    const loads: ChangePoint<Load>[] = [];
    for (let index = 0; index <= last; index++) {
        const entry = trace.entries[index]!;
        // What is known of Actors and of the platform stands before the run.
        if (index < first && entry.type !== 'actor') continue;
        const one = story.add(entry, index);
        if (index < first) continue;
        told.push(one);
        if (entry.type === 'run.boot') lanes.push(laneOf(entry.id, entry.incarnation, one.of, index, last));
        if (entry.type === 'run.exit') endLane(lanes, entry, index);
        if (ledger.logged !== logged.at(-1)?.value) logged.push({ index, value: ledger.logged });
        if (ledger.saved !== saved.at(-1)?.value) saved.push({ index, value: ledger.saved });
        if (ledger.balance !== balances.at(-1)?.value && isOther(ledger.balance, balances.at(-1)?.value)) {
            balances.push({ index, value: ledger.balance });
        }
        const load = { inFlight: spans.inFlight.size, locked: spans.lockedCount };
        const before = loads.at(-1)?.value;
        if (before?.inFlight !== load.inFlight || before.locked !== load.locked) loads.push({ index, value: load });
    }
    place(spans.all, lanes, last);
    return {
        label,
        trace,
        first,
        last,
        told,
        lanes,
        clock: new Clock(trace.entries, first, last),
        moments: new Moments(trace),
        logged,
        saved,
        balances,
        loads,
        twins: ledger.twins,
        given: ledger.given,
        neverSaved: new Set(ledger.owedPages.map(({ asin }) => asin)),
        marks: told.flatMap(({ weight }, i) => (weight >= MARK_WEIGHT ? [{ index: first + i }] : [])),
        truth: ledger.truth,
        hasTruth: ledger.hasTruth,
        causes: last < first ? [] : causesOf(ledger, trace.entries[first]!.at),
    };
}

/** The last entry that tells of the run: how the platform closes behind it is no news. */
function endOf({ entries, end }: Trace): number {
    return entries[end]?.type === 'closed' ? end - 1 : end;
}

function isOther(a: Balance, b: Balance | undefined): boolean {
    return (
        a.offers !== b?.offers ||
        a.rows !== b.rows ||
        a.offersTooMany !== b.offersTooMany ||
        a.rowsTooMany !== b.rowsTooMany
    );
}

function laneOf(runId: string, incarnation: number, of: string | undefined, from: number, last: number): Lane {
    const label = of === undefined ? `process ${incarnation}` : `${of}, process ${incarnation}`;
    return { runId, incarnation, label, from, to: last, hasEnded: false, isKilled: false, spans: [], tracks: 0 };
}

function endLane(
    lanes: readonly Lane[],
    exit: { id: string; incarnation: number; signal: string | null },
    to: number,
): void {
    const lane = lanes.findLast(({ runId, incarnation }) => runId === exit.id && incarnation === exit.incarnation);
    if (lane) Object.assign(lane, { to, hasEnded: true, isKilled: exit.signal !== null });
}

function place(spans: readonly RequestSpan[], lanes: readonly Lane[], last: number): void {
    const laneOfSpan = new Map(
        lanes.map((lane) => [`${lane.runId}/${lane.incarnation}`, { lane, tracks: new Tracks() }]),
    );
    for (const span of spans) {
        const found = laneOfSpan.get(`${span.runId}/${span.incarnation}`);
        if (!found) continue;
        const track = found.tracks.take(span.from, span.to ?? last);
        found.lane.spans.push({ span, track });
        found.lane.tracks = Math.max(found.lane.tracks, track + 1);
    }
}
