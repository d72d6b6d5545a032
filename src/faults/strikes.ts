import type { RecordedEntry } from '../trace/recorded.js';
import type { Trace } from '../trace/trace.js';
import { type FaultPlan, parsePlan, type Strike } from './fault-plan.js';

type StrikeEntry = Extract<RecordedEntry, { type: 'strike' }>;
/** The API call at which something struck. */
export type StruckCall = Extract<RecordedEntry, { type: 'call' }>;

/** A strike that struck. */
export interface Struck {
    strike: Strike;
    /** Its place in the trace. */
    index: number;
    /** Milliseconds since the epoch. */
    at: number;
    call: StruckCall | undefined;
    /** What the Actor is called whose run it struck, where that is not the one that is tried. */
    of?: string;
}

/** What struck a run, in order, and which strikes of its plan found no occasion or no run that could be struck. */
export function strikesOf(trace: Trace): { struck: Struck[]; missed: FaultPlan } {
    const plan = planOf(trace);
    const struck: Struck[] = [];
    let left = new Set(plan.keys());
    const calls = new Map<number, StruckCall>();
    for (const [index, entry] of trace.tried()) {
        if (entry.type === 'call') calls.set(entry.call, entry);
        if (entry.type === 'strike') {
            const call = entry.call === undefined ? undefined : calls.get(entry.call);
            const of = entry.runId === trace.runId ? undefined : trace.head.subject?.on?.actor;
            struck.push({ strike: strikeOf(entry), index, at: entry.at, call, ...(of !== undefined && { of }) });
            left.delete(entry.strike);
        }
        // Its past was struck by another plan.
        if (entry.type === 'forked' && entry.struckBy) left = new Set(plan.keys());
        // One that strikes again and again has struck before.
        if (entry.type === 'strike.failed') {
            const planned = plan[entry.strike];
            if (planned && planned.trigger.kind !== 'every') left.add(entry.strike);
        }
    }
    return { struck, missed: [...left].sort((a, b) => a - b).map((place) => plan[place]!) };
}

/** The plan under which a run was tried. */
export function planOf({ head: { subject } }: Trace): FaultPlan {
    return subject ? parseFormatted(subject.plan) : [];
}

function strikeOf({ fault, trigger }: StrikeEntry): Strike {
    return parseFormatted(`${fault}:${trigger}`)[0]!;
}

/** What `formatPlan` has written says of a call when it strikes, and of a page nothing. */
function parseFormatted(text: string): FaultPlan {
    const pages = [...text.matchAll(/:([a-z]+)@\d+(?![:\d])/g)].map(([, page]) => page!);
    return parsePlan(text, pages);
}
