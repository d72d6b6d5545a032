import { isStrike, type RunCall, type Trace } from '../../trace/trace.js';
import { addressesOf } from './addresses.js';
import { placeAt } from './steps.js';

/** A call of a run, and what it asks for in words that are the same in any run. */
interface PlacedCall {
    index: number;
    /** Undefined for one that comes by the clock: it is no difference. */
    signature: string | undefined;
}

/** A run, in parts: up to its first strike, from there to the next, and so on. */
interface Part {
    index: number;
    calls: readonly PlacedCall[];
}

/** Where one run differs from another for the first time: the index in each. */
export interface Divergence {
    index: number;
    otherIndex: number;
    why: 'strike' | 'call';
}

/** Calls that come by the clock, as often as a run takes long: looks at the queue's head, messages, Crawlee's own records. */
const BY_THE_CLOCK = ['requestQueue_head_lock_post', 'requestQueue_head_get', 'requestQueue_get', 'actorRun_put'];

/** Calls that may come so much earlier or later, since what runs at the same time has no order of its own. */
const REORDERED = 64;

/** Puts two runs side by side: by the number of their calls, counted from each strike on, and never by the clock. */
export class Alignment {
    readonly #parts: readonly Part[];
    readonly #others: readonly Part[];

    constructor(
        private readonly trace: Trace,
        private readonly other: Trace,
    ) {
        this.#parts = partsOf(trace);
        this.#others = partsOf(other);
    }

    /** The moment in the other run that corresponds to one in this run. */
    otherIndex(index: number): number {
        if (index >= this.trace.end) return this.other.end;
        const place = Math.max(0, placeAt(this.#parts, index));
        const { calls } = this.#parts[place]!;
        const made = placeAt(calls, index) + 1 + this.#skipped(place);
        const part = this.#others[Math.min(place, this.#others.length - 1)]!;
        const next = part.calls[made];
        const end = this.#others[place + 1]?.index ?? this.other.end + 1;
        return Math.max(this.other.begin, (next?.index ?? end) - 1);
    }

    /** Calls of earlier parts of this run, where the other run has no such part. */
    #skipped(place: number): number {
        const last = this.#others.length - 1;
        return this.#parts.slice(last, Math.max(last, place)).reduce((sum, { calls }) => sum + calls.length, 0);
    }

    /** Undefined when both do the same from beginning to end. */
    firstDivergence(): Divergence | undefined {
        for (const [place, part] of this.#parts.entries()) {
            const other = this.#others[place];
            if (!other) return { index: part.index, otherIndex: this.otherIndex(part.index), why: 'strike' };
            const call = firstUnmet(part.calls, other.calls);
            if (call) return { index: call.index, otherIndex: this.otherIndex(call.index), why: 'call' };
        }
        const strike = this.#others[this.#parts.length];
        return strike && { index: this.trace.end, otherIndex: strike.index, why: 'strike' };
    }
}

/** The first call that the other run does not make, at about the same place. */
function firstUnmet(calls: readonly PlacedCall[], others: readonly PlacedCall[]): PlacedCall | undefined {
    const free = new Map<string, number[]>();
    for (const [n, { signature }] of others.entries()) {
        if (signature === undefined) continue;
        const places = free.get(signature);
        if (places) places.push(n);
        else free.set(signature, [n]);
    }
    return calls.find(({ signature }, n) => {
        if (signature === undefined) return false;
        const places = free.get(signature);
        // Where one of the two parts has ended, it can't be said what it would have done.
        if (n + REORDERED > others.length && !places?.length) return n < others.length;
        const [next] = places ?? [];
        if (next === undefined || Math.abs(next - n) > REORDERED) return true;
        places!.shift();
        return false;
    });
}

function partsOf(trace: Trace): Part[] {
    const parts: { index: number; calls: PlacedCall[] }[] = [{ index: trace.begin, calls: [] }];
    const names = namesOf(trace);
    for (const [index, entry] of trace.tried()) {
        if (isStrike(entry)) parts.push({ index, calls: [] });
        if (entry.type !== 'call' || entry.runId !== trace.runId) continue;
        const call = entry as RunCall;
        parts.at(-1)!.calls.push({ index, signature: signatureOf(call, names) });
    }
    return parts;
}

/** What ids of this run stand for: its storages, and the addresses of its requests. */
function namesOf(trace: Trace): ReadonlyMap<string, string> {
    const names = new Map<string, string>();
    const addresses = Object.entries(addressesOf(trace));
    for (const [, entry] of trace.tried()) {
        if (entry.type === 'storage.created') names.set(entry.id, entry.name ?? entry.kind);
        if (entry.type === 'run.created') names.set(entry.run.id, 'run');
        if (entry.type !== 'requests.added') continue;
        for (const { id, url } of entry.requests) {
            names.set(
                id,
                addresses.reduce((text, [address, name]) => text.replaceAll(address, name), url),
            );
        }
    }
    return names;
}

function isByTheClock({ operationId, params }: RunCall): boolean {
    return BY_THE_CLOCK.includes(operationId) || params.key?.startsWith('SDK_') === true;
}

function signatureOf(call: RunCall, names: ReadonlyMap<string, string>): string | undefined {
    if (isByTheClock(call)) return undefined;
    const { operationId, params } = call;
    const values = Object.entries(params).map(([name, value]) => `${name}=${names.get(value) ?? value}`);
    return [operationId, ...values].join(' ');
}
