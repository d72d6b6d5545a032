import { describe, expect, it } from 'vitest';

import type { JournalEntry } from '../trace/entries.js';
import { isJournalEntry } from '../trace/moment.js';
import type { TraceEntry } from '../trace/recorded.js';
import { Trace } from '../trace/trace.js';
import { crashStates } from './crash-states.js';
import { inFlightStates } from './in-flight-states.js';

const RUN = 'run';
const put = (key: string, text: string): JournalEntry => ({
    type: 'record.put',
    at: 0,
    id: 'store',
    key,
    contentType: 'text/plain',
    value: { bytes: new TextEncoder().encode(text) },
});
const push = (n: number): JournalEntry => ({ type: 'items.pushed', at: 0, id: 'dataset', items: [{ n }] });

/** A trace of a run that has booted, in which these things happen. */
function traceOf(...happens: TraceEntry[]): Trace {
    const run = { id: RUN, status: 'RUNNING', datasetId: 'dataset', keyValueStoreId: 'store', requestQueueId: 'queue' };
    const before: JournalEntry[] = [
        { type: 'storage.created', at: 0, kind: 'datasets', id: 'dataset' },
        { type: 'storage.created', at: 0, kind: 'key-value-stores', id: 'store' },
        { type: 'run.created', at: 0, run: run as never },
        { type: 'run.boot', at: 0, id: RUN, incarnation: 1, pid: 1 },
    ];
    return new Trace([...before, ...happens], () => new Uint8Array());
}

/** The beginning and the end of a call. */
function call(number: number, operationId: string): { begin: TraceEntry; end: (...wrote: number[]) => TraceEntry } {
    const places = { n: number, nOfOperation: 1 };
    return {
        begin: { type: 'call', at: 0, call: number, operationId, params: {}, runId: RUN, incarnation: 1, ...places },
        end: (...wrote) => ({ type: 'call.ended', at: 0, call: number, end: { how: 'answered', status: 200 }, wrote }),
    };
}

/** Place in the journal of the first entry after those with which every trace begins. */
const FIRST = 4;

describe('crash states', () => {
    it('are one for all calls between two writes that last', () => {
        const [get, save, read] = [call(1, 'get'), call(2, 'save'), call(3, 'read')];
        const trace = traceOf(get.begin, get.end(), save.begin, put('A', '1'), save.end(FIRST), read.begin, read.end());

        expect(crashStates(trace)).toEqual([
            {
                number: 1,
                index: 3,
                calls: ['call 1 before get', 'call 1 after get', 'call 2 before save'],
                operationId: undefined,
                hasOtherRun: false,
            },
            {
                number: 2,
                index: 7,
                calls: ['call 2 after save', 'call 3 before read', 'call 3 after read'],
                operationId: 'save',
                hasOtherRun: false,
            },
        ]);
    });

    it.each<[string, JournalEntry]>([
        [
            'a lock, which the crash releases',
            { type: 'requests.locked', at: 0, id: 'queue', requestIds: ['a'], lockedUntil: 9 },
        ],
        ['a client that was seen', { type: 'request-queue.client-seen', at: 0, id: 'queue' }],
        ['a status message', { type: 'run.changed', at: 0, id: RUN, change: { statusMessage: 'works' } }],
        ['an event', { type: 'run.event', at: 0, id: RUN, name: 'persistState' }],
        ['the same bytes once more', put('A', 'same')],
    ])('are not made by %s', (_, entry) => {
        expect(crashStates(traceOf(put('A', 'same'), entry))).toHaveLength(2);
    });

    it.each<[string, JournalEntry]>([
        ['rows', push(1)],
        ['a record with other bytes', put('A', 'other')],
        ['a charge', { type: 'run.charged', at: 0, id: RUN, eventName: 'page', count: 1 }],
        [
            'a request that moves to the head',
            { type: 'requests.unlocked', at: 0, id: 'queue', requestIds: ['a'], forefront: true },
        ],
        ['another Actor that the run becomes', { type: 'run.changed', at: 0, id: RUN, change: { actorId: 'b' } }],
    ])('are made by %s', (_, entry) => {
        expect(crashStates(traceOf(put('A', 'same'), entry))).toHaveLength(3);
    });

    it('say in which of them another run is alive, and end with the run', () => {
        const child = { id: 'child', status: 'RUNNING' } as never;
        const trace = traceOf(
            { type: 'run.created', at: 0, run: child },
            { type: 'run.status', at: 0, id: 'child', status: 'SUCCEEDED' },
            { type: 'run.status', at: 0, id: RUN, status: 'SUCCEEDED' },
            put('AFTER', 'the end'),
        );

        expect(crashStates(trace).map(({ hasOtherRun }) => hasOtherRun)).toEqual([false, true, false]);
    });
});

describe('states of calls in flight together', () => {
    it('are the combinations that no moment of the trace shows', () => {
        const [save, add] = [call(1, 'save'), call(2, 'push')];
        // Both are under way; the save is applied first.
        const trace = traceOf(save.begin, add.begin, put('A', '1'), push(1), save.end(FIRST), add.end(FIRST + 1));

        expect(inFlightStates(trace, 1)).toEqual([
            { index: 3, calls: [2], label: 'in flight: applied 2 push; not applied 1 save' },
        ]);
    });

    it('have every call applied that had its answer, also one that came after another that is still in flight', () => {
        const [slow, quick] = [call(1, 'save'), call(2, 'push')];
        const trace = traceOf(slow.begin, put('A', '1'), quick.begin, push(1), quick.end(FIRST + 1), slow.end(FIRST));

        expect(inFlightStates(trace, 1).map(({ calls }) => calls)).toEqual([[2]]);
    });

    it('are none where calls come one after the other', () => {
        const [first, second] = [call(1, 'save'), call(2, 'push')];
        const trace = traceOf(
            first.begin,
            put('A', '1'),
            first.end(FIRST),
            second.begin,
            push(1),
            second.end(FIRST + 1),
        );

        expect(inFlightStates(trace, 1)).toEqual([]);
    });

    it('are drawn by a seed where there are more than 64: the same for the same seed', () => {
        const calls = Array.from({ length: 8 }, (_, i) => call(i + 1, 'push'));
        const trace = traceOf(
            ...calls.map(({ begin }) => begin),
            ...calls.map((_, i) => push(i)),
            ...calls.map(({ end }, i) => end(FIRST + i)),
        );
        const drawn = inFlightStates(trace, 7);

        expect(drawn).toEqual(inFlightStates(trace, 7));
        expect(drawn).not.toEqual(inFlightStates(trace, 8));
        expect(new Set(drawn.map((state) => state.calls.join())).size).toBe(drawn.length);
        expect(trace.entries.filter(isJournalEntry)).toHaveLength(FIRST + 8);
    });
});
