import type { JournalEntry } from '../trace/entries.js';
import { isJournalEntry, Moment } from '../trace/moment.js';
import { isTerminal } from '../trace/runs.js';
import type { StoredValue } from '../trace/records.js';
import type { Trace } from '../trace/trace.js';
import { writersOf } from '../trace/writers.js';

/** A state in which a crash can leave a run: one for all moments between which nothing changes that lasts. */
export interface CrashState {
    /** Counted from 1, in the order of the run. */
    number: number;
    /** Of the trace's entry with which the state begins: a fork goes on from there. */
    index: number;
    /** What it stands for: API calls struck before they are applied, or after, as `call 17 before dataset_items_post`. */
    calls: string[];
    /** The operation whose write made it; undefined for what no call of the run wrote. */
    operationId: string | undefined;
    /** Another run is alive in it, so no fork can go on from it: only a real kill tries it. */
    hasOtherRun: boolean;
}

/**
 * The states in which a crash can leave the run of a trace, from its first process to its end. What a crash undoes
 * makes no state of its own, such as a lock, which it releases; nor what nobody reads, such as a status message.
 */
export function crashStates(trace: Trace): CrashState[] {
    const { releaseLocksOn } = trace.head.settings as { releaseLocksOn?: { crash?: boolean } };
    const moment = new Moment();
    const states: CrashState[] = [];
    const writers = writersOf(trace);
    const calls = new Map<number, string>();
    let hasBooted = false;
    for (let index = 0; index <= trace.end; index++) {
        const entry = trace.entries[index]!;
        const isLasting = isJournalEntry(entry) && lasts(entry, trace, moment, releaseLocksOn?.crash !== false);
        moment.apply(entry);
        if (index < trace.begin) continue;
        if (entry.type === 'run.status' && entry.id === trace.runId && isTerminal(entry.status)) break;
        const isBoot = entry.type === 'run.boot' && entry.id === trace.runId;
        if (isBoot ? !hasBooted : hasBooted && isLasting) {
            hasBooted = true;
            const hasOtherRun = [...moment.state.runs.values()].some(
                ({ id, status }) => id !== trace.runId && !isTerminal(status),
            );
            states.push({
                number: states.length + 1,
                index,
                calls: [],
                operationId: writers.get(index)?.operationId,
                hasOtherRun,
            });
        }
        const state = states.at(-1);
        if (entry.type === 'call' && entry.runId === trace.runId) {
            const label = `${entry.n} %s ${entry.operationId}`;
            calls.set(entry.call, label);
            state?.calls.push(`call ${label.replace('%s', 'before')}`);
        }
        if (entry.type === 'call.ended' && calls.has(entry.call)) {
            state?.calls.push(`call ${calls.get(entry.call)!.replace('%s', 'after')}`);
        }
    }
    return states;
}

/** For each call that wrote something that outlasts a crash, by its number: the index of the first such entry. */
export function lastingWrites(trace: Trace): Map<number, number> {
    const { releaseLocksOn } = trace.head.settings as { releaseLocksOn?: { crash?: boolean } };
    const moment = new Moment();
    const written: number[] = [];
    const lasting = new Set<number>();
    const found = new Map<number, number>();
    for (let index = 0; index <= trace.end; index++) {
        const entry = trace.entries[index]!;
        if (isJournalEntry(entry)) {
            written.push(index);
            if (lasts(entry, trace, moment, releaseLocksOn?.crash !== false)) lasting.add(index);
        }
        moment.apply(entry);
        if (entry.type !== 'call.ended' || index < trace.begin) continue;
        const first = entry.wrote.map((place) => written[place]!).find((place) => lasting.has(place));
        if (first !== undefined) found.set(entry.call, first);
    }
    return found;
}

/** Whether what is written differs, for who comes after a crash, from what was there before. */
function lasts(entry: JournalEntry, trace: Trace, { state }: Moment, areLocksReleased: boolean): boolean {
    switch (entry.type) {
        case 'run.status':
        case 'run.exit':
        case 'run.boot':
            return entry.id !== trace.runId;
        case 'run.changed':
            return Object.keys(entry.change).some((field) => !UNREAD.has(field));
        case 'run.event':
        case 'run.struck':
        case 'request-queue.client-seen':
            return false;
        case 'requests.locked':
        case 'requests.unlocked':
            return !areLocksReleased || entry.forefront !== undefined;
        case 'record.put': {
            const before = state.storages['key-value-stores'].get(entry.id)?.content.records.get(entry.key);
            return before?.contentType !== entry.contentType || !isSame(trace, before.value, entry.value);
        }
        default:
            return true;
    }
}

/** Fields of a run that no later process reads. */
const UNREAD: ReadonlySet<string> = new Set(['statusMessage', 'isStatusMessageTerminal']);

function isSame(trace: Trace, a: StoredValue, b: StoredValue): boolean {
    if ('blob' in a && 'blob' in b) return a.blob === b.blob;
    const [left, right] = [trace.bytesOf(a), trace.bytesOf(b)];
    return left.length === right.length && left.every((byte, i) => byte === right[i]);
}
