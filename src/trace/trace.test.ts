import { describe, expect, it } from 'vitest';

import type { JournalEntry } from './entries.js';
import { decodeRecorded, encodeRecorded, type PlacedEntry, type RecordedEntry } from './recorded.js';
import { readTrace, stateAt, type Trace } from './trace.js';

const written = (n: number): JournalEntry => ({ type: 'run.event', at: n, id: 'run', name: `written ${n}` });
const line = (text: string): RecordedEntry => ({ type: 'line', at: 0, runId: 'run', incarnation: 1, text });

const KILLED = 'The platform was killed, or is still at work: the recording may lack what came last.';

function traceOf(journal: JournalEntry[], recorded: PlacedEntry[]): Trace {
    return readTrace({ journal, recorded, readBlob: () => new Uint8Array() });
}

/** What each entry is about, in order. */
function order({ entries }: Trace): (string | undefined)[] {
    return entries.map((entry) => {
        if (entry.type === 'line') return entry.text;
        return entry.type === 'run.event' ? entry.name : entry.type;
    });
}

describe('a trace', () => {
    it('has what was recorded where it happened, between what was written', () => {
        const trace = traceOf(
            [written(1), written(2)],
            [
                { journal: 0, entry: line('first') },
                { journal: 1, entry: line('between') },
                { journal: 1, entry: line('still between') },
                { journal: 2, entry: line('last') },
            ],
        );

        expect(order(trace)).toEqual(['first', 'written 1', 'between', 'still between', 'written 2', 'last']);
        // Nothing says that the platform came to its end.
        expect(trace.lacks).toEqual([KILLED]);
    });

    it('is completed from the journal where the recording lags behind', () => {
        const trace = traceOf([written(1), written(2)], [{ journal: 1, entry: line('the last that was recorded') }]);

        expect(order(trace)).toEqual(['written 1', 'the last that was recorded', 'written 2']);
        expect(trace.lacks).toEqual([KILLED, 'The last 1 entries are from the journal alone.']);
    });

    it('ends where the journal ends: what was recorded after more of it is left out', () => {
        const trace = traceOf(
            [written(1)],
            [
                { journal: 1, entry: line('kept') },
                { journal: 2, entry: line('ahead') },
            ],
        );

        expect(order(trace)).toEqual(['written 1', 'kept']);
    });

    it('without a recording, as of a folder from before, has what was written, and says what it lacks', () => {
        const trace = traceOf([written(1)], []);

        expect(order(trace)).toEqual(['written 1']);
        expect(trace.lacks).toEqual([expect.stringContaining('only what was written')]);
    });

    it('of a platform that came to its end lacks nothing; calls of a former one ended with that', () => {
        const call = (number: number): RecordedEntry => {
            return { type: 'call', at: 0, call: number, operationId: 'dataset_get', params: {} };
        };
        const opened: RecordedEntry = { type: 'opened', at: 0, platformUrl: 'http://127.0.0.1:1', settings: {} };
        const recorded = [call(1), opened, call(1), call(2)].map((entry) => ({ journal: 0, entry }));

        const trace = traceOf([], recorded);

        expect(trace.lacks).toEqual([KILLED]);
        const closed: PlacedEntry = { journal: 0, entry: { type: 'closed', at: 0 } };
        expect(traceOf([], [...recorded, closed]).lacks).toEqual([]);
        expect([...stateAt(trace, 3).calls.keys()]).toEqual([1, 2]);
    });

    it('ends for a judge where the run was ended from outside', () => {
        const stopped: RecordedEntry = { type: 'stopped', at: 0, runId: 'run', why: 'STOPPED' };
        const trace = traceOf(
            [written(1)],
            [line('before'), stopped, line('after')].map((entry) => ({ journal: 0, entry })),
        );

        expect([...trace.tried()].map(([index]) => index)).toEqual([0, 1]);
    });
});

describe('a recorded entry', () => {
    it('is read as it was written', () => {
        const entry = line('a\n"b" ü');

        expect(encodeRecorded(entry, 7)).not.toContain('\n');
        expect(decodeRecorded(encodeRecorded(entry, 7))).toEqual({ journal: 7, entry });
    });

    it.each(['', '[', '[]', 'null', '[1,null]', '[1,{"at":1,"type":"no such"}]', '{"at":1,"type":"line"}'])(
        'is not %j',
        (text) => {
            expect(decodeRecorded(text)).toBeUndefined();
        },
    );
});
