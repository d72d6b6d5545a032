import { describe, expect, it } from 'vitest';

import { lateRun, RunScript } from '../../trace/fixtures/run-script.js';
import { cursorState } from './cursor-state.js';
import { importantEntries } from './important.js';
import { jump } from './moves.js';
import { type Recording, recordingOf } from './recording.js';

const TRUTH = { B000000001: 2, B000000002: 3 };

/** Index of the entry whose sentence begins so. */
function indexOf({ told, first }: Recording, text: string): number {
    return first + told.findIndex((one) => one.text.startsWith(text));
}

describe('the picture of a run', () => {
    const recording = recordingOf(lateRun().trace, 'late');

    it('has a lane for each process, with the requests that it had', () => {
        expect(recording.lanes).toMatchObject([
            { label: 'process 1', hasEnded: true, isKilled: true, spans: [{ track: 0 }, { track: 0 }], tracks: 1 },
            { label: 'process 2', hasEnded: true, isKilled: false, spans: [] },
        ]);
    });

    it('puts requests that a process has at the same time on tracks of their own', () => {
        const script = new RunScript(TRUTH)
            .boot()
            .lock('offers', 'B000000001', 'B000000002')
            .ask('offers', 'B000000001');
        const [lane] = recordingOf(script.handle('offers', 'B000000001').lock('product', 'B000000001').trace, '').lanes;

        expect(lane!.spans.map(({ span, track }) => [span.requestId, track])).toEqual([
            ['offers-B000000001', 0],
            ['offers-B000000002', 1],
            ['product-B000000001', 0],
        ]);
    });

    it('shows nothing of earlier runs in the same folder', () => {
        const [earlier, later] = [new RunScript(TRUTH).boot().succeed(), lateRun()];
        const both = new RunScript();
        both.entries.splice(0, both.entries.length, ...earlier.entries, ...later.entries);
        const { first, lanes } = recordingOf(both.trace, '');

        expect(first).toBe(earlier.entries.length + 2);
        expect(lanes).toHaveLength(2);
    });

    it('knows at each moment what memory, record, dataset and queue hold, and what is owed', () => {
        const at = (text: string) => {
            const { logged, saved, rowCount, balance, load, process } = cursorState(
                recording,
                indexOf(recording, text),
            );
            return {
                memory: logged?.counts,
                saved: saved?.counts,
                rowCount,
                owed: balance.offers,
                inFlight: load.inFlight,
                process,
            };
        };
        const one = { B000000001: 2 };

        expect(at('process 1 boots')).toMatchObject({
            memory: undefined,
            saved: undefined,
            rowCount: 0,
            owed: 0,
            process: 1,
        });
        expect(at('migrate strikes')).toMatchObject({
            memory: one,
            saved: undefined,
            rowCount: 2,
            owed: 2,
            inFlight: 1,
        });
        expect(at('saved ASIN_OFFERS')).toMatchObject({ memory: one, saved: one, owed: 0, inFlight: 1 });
        expect(at('offers page B000000002 handled')).toMatchObject({
            memory: one,
            saved: one,
            rowCount: 5,
            owed: 3,
            inFlight: 0,
        });
        expect(at('process 1 killed')).toMatchObject({ memory: undefined, owed: 3, process: undefined });
    });

    it('tells ASIN by ASIN what is owed', () => {
        const { asins } = cursorState(recording, recording.last);

        expect(asins).toMatchObject([
            { asin: 'B000000001', saved: 2, rows: 2, truth: 2, isOwed: false },
            { asin: 'B000000002', saved: undefined, rows: 3, truth: 3, isOwed: true },
        ]);
    });

    it('is moved through entry by entry, mark by mark, and from change to change of what is owed', () => {
        const strike = indexOf(recording, 'migrate strikes');
        const late = indexOf(recording, 'offers page B000000002 handled');
        const { first, last } = recording;

        expect(jump(recording, first, 'previous')).toBe(first);
        expect(jump(recording, last, 'next')).toBe(last);
        expect(jump(recording, first, 'next')).toBe(first + 1);
        expect([jump(recording, 50, 'first'), jump(recording, 0, 'last')]).toEqual([first, last]);
        expect(jump(recording, strike - 1, 'next-mark')).toBe(strike);
        expect(jump(recording, strike, 'next-mark')).toBe(strike + 1);
        expect(jump(recording, strike + 1, 'previous-mark')).toBe(strike);
        expect(jump(recording, last, 'previous-owed')).toBe(late);
        expect(jump(recording, late, 'previous-owed')).toBe(indexOf(recording, 'saved ASIN_OFFERS'));
        expect(jump(recording, late, 'next-owed')).toBe(late);
    });

    it('is told in short by what matters most', () => {
        const { indexes, leftOut } = importantEntries(recording, 3);

        expect(indexes.map((index) => recording.told[index - recording.first]!.text)).toEqual([
            'process 1 boots',
            'migrate strikes at offers@2, with 1 request in flight',
            expect.stringMatching('process 1 killed'),
        ]);
        expect(leftOut).toBe(recording.told.length - 3);
    });

    it('can be drawn of a trace in which no run has begun', () => {
        const { trace } = new RunScript();
        expect(recordingOf(trace, '').lanes).toEqual([]);
    });
});
