import type { Trace } from '../trace/trace.js';
import type { StruckCall } from './strikes.js';

/** An API fault of a run, and the calls that it has met. */
export interface ApiFaultMet {
    /** As it was written. */
    fault: string;
    calls: readonly MetCall[];
}

/** A call that met an API fault. */
export interface MetCall {
    call: StruckCall;
    /** Place of the meeting in the trace. */
    index: number;
    /** Milliseconds since the epoch. */
    at: number;
}

/** What API faults a run was tried with, in the order in which they were given, and which calls met them. */
export function apiFaultsMet(trace: Trace): ApiFaultMet[] {
    const calls = new Map<number, StruckCall>();
    const met = new Map((trace.head.subject?.apiFaults ?? []).map((fault) => [fault, [] as MetCall[]]));
    for (const [index, entry] of trace.tried()) {
        if (entry.type === 'call') calls.set(entry.call, entry);
        // Its past met others.
        if (entry.type === 'forked' && entry.struckBy) for (const found of met.values()) found.length = 0;
        if (entry.type !== 'call.fault') continue;
        const call = calls.get(entry.call);
        if (call) met.get(entry.fault)?.push({ call, index, at: entry.at });
    }
    return [...met].map(([fault, found]) => ({ fault, calls: found }));
}
