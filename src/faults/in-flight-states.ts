import { seededRandom } from '../base/random.js';
import type { Trace } from '../trace/trace.js';
import { lastingWrites } from './crash-states.js';

/** A state in which a crash can leave a run while calls are under way together, and which no prefix of it shows. */
export interface InFlightState {
    /** Of the trace's entry after which the calls are applied anew. */
    index: number;
    /** Calls to apply anew, by their numbers in the trace, in order. */
    calls: number[];
    /** What it is, for a person. */
    label: string;
}

interface WritingCall {
    call: number;
    n: number;
    operationId: string;
    /** Indices in the trace of its beginning, of its first write that lasts, and of its end. */
    begun: number;
    applied: number;
    ended: number;
}

/** Combinations of the calls in flight at one moment that are tried at most; of more, a seed draws as many. */
const MOST = 64;

/**
 * When a process dies, any of its calls in flight may have been applied or not. These are the states that come of it:
 * for each moment, each combination of the calls then in flight, without those that a crash at some moment of the trace
 * leaves anyway. Calls that had their answers have been applied in every one of them.
 */
export function inFlightStates(trace: Trace, seed: number): InFlightState[] {
    const calls = writingCalls(trace);
    const seen = new Set(calls.map((_, i) => keyOf(calls.slice(0, i + 1))));
    seen.add(keyOf([]));
    const random = seededRandom(seed);
    const states: InFlightState[] = [];
    for (const moment of calls.map(({ ended }) => ended).sort((a, b) => a - b)) {
        const inFlight = calls.filter(({ begun, ended }) => begun < moment && ended >= moment);
        const answered = calls.filter(({ ended }) => ended < moment);
        const index = Math.min(...inFlight.map(({ begun }) => begun)) - 1;
        for (const chosen of combinations(inFlight, random)) {
            const applied = [...answered, ...chosen].sort((a, b) => a.applied - b.applied);
            const key = keyOf(applied);
            if (seen.has(key)) continue;
            seen.add(key);
            const anew = applied.filter((call) => call.applied > index);
            states.push({ index, calls: anew.map(({ call }) => call), label: labelOf(inFlight, chosen) });
        }
    }
    return states;
}

/** The run's calls whose writes outlast a crash, in the order in which they were applied. */
function writingCalls(trace: Trace): WritingCall[] {
    const lasting = lastingWrites(trace);
    const begun = new Map<number, { n: number; operationId: string; index: number }>();
    const calls: WritingCall[] = [];
    for (const [index, entry] of trace.tried()) {
        if (entry.type === 'call' && entry.runId === trace.runId && entry.n !== undefined) {
            begun.set(entry.call, { n: entry.n, operationId: entry.operationId, index });
        }
        if (entry.type !== 'call.ended') continue;
        const call = begun.get(entry.call);
        const applied = lasting.get(entry.call);
        if (!call || applied === undefined) continue;
        const { n, operationId } = call;
        calls.push({ call: entry.call, n, operationId, begun: call.index, applied, ended: index });
    }
    return calls.sort((a, b) => a.applied - b.applied);
}

function combinations<T>(items: readonly T[], random: () => number): T[][] {
    const all = 2 ** items.length;
    const pick = (bits: number): T[] => items.filter((_, i) => Math.floor(bits / 2 ** i) % 2 === 1);
    if (all <= MOST) return Array.from({ length: all }, (_, bits) => pick(bits));
    return Array.from({ length: MOST }, () => pick(Math.floor(random() * all)));
}

function keyOf(calls: readonly WritingCall[]): string {
    return calls
        .map(({ call }) => call)
        .sort((a, b) => a - b)
        .join(',');
}

function labelOf(inFlight: readonly WritingCall[], applied: readonly WritingCall[]): string {
    const list = (calls: readonly WritingCall[]): string =>
        calls.map(({ n, operationId }) => `${n} ${operationId}`).join(' and ') || 'none';
    const lost = inFlight.filter((call) => !applied.includes(call));
    return `in flight: applied ${list(applied)}; not applied ${list(lost)}`;
}
