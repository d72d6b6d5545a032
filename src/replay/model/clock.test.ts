import { describe, expect, it } from 'vitest';

import type { TraceEntry } from '../../trace/recorded.js';
import { Clock } from './clock.js';

function clockOf(...times: number[]): Clock {
    const entries = times.map((at): TraceEntry => ({ type: 'line', at, runId: 'run', incarnation: 1, text: '' }));
    return new Clock(entries, 0, entries.length - 1);
}

const places = (clock: Clock, count: number): number[] => Array.from({ length: count }, (_, i) => clock.placeOf(i));

describe('the line on which entries lie', () => {
    it.each([
        ['share a millisecond', [5, 5, 5, 6]],
        ['were recorded while the clock ran backwards', [100, 90, 95, 120]],
    ])('has them in the order of the trace, also where they %s', (_, times) => {
        const clock = clockOf(...times);
        const all = places(clock, times.length);

        expect(all).toEqual([...new Set(all)].sort((a, b) => a - b));
        expect(all.map((place) => clock.indexAt(place))).toEqual([...all.keys()]);
    });

    it('folds idle time, and says how long it was', () => {
        const clock = clockOf(0, 1_000, 61_000, 62_000);

        expect(clock.folds).toEqual([{ index: 2, millis: 60_000 }]);
        expect(clock.length).toBeLessThan(3_500);
        expect(clock.timeAt((clock.placeOf(1) + clock.placeOf(2)) / 2)).toBe(1_000);
    });

    it('knows the time between two entries', () => {
        expect(clockOf(0, 1_000).timeAt(400)).toBe(400);
    });

    it('finds the last entry that lies at a place or before it, and an end at its ends', () => {
        const clock = clockOf(0, 10, 20);

        expect([-5, 0, 9, 10, 19.9, 500].map((place) => clock.indexAt(place))).toEqual([0, 0, 0, 1, 1, 2]);
    });
});
