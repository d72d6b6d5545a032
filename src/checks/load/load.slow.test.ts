import { expect, test } from 'vitest';

import { BOUNDS, brokenBounds, type LoadFigures, measureLoad } from './load.js';

const MB = 1024 * 1024;
/** A few seconds' work, of which another test's processes may take most. */
const BUSY_MACHINE_MILLIS = 180_000;

test(
    'a fifth of the full load passes, with 200 calls under way, in less memory than the whole may take and at little cost',
    async () => {
        const figures = await measureLoad({ requests: 10_000, rows: 20_000, recordBytes: 9_000_000, inFlight: 200 });
        expect(figures.map(({ part }) => part)).toEqual(['request queue', 'dataset', 'record', 'all at once']);
        expect(figures[0]!.calls).toBeGreaterThan(10_800);
        // How long a call takes depends on the other tests that run at the same moment; what it costs does much less.
        expect(brokenBounds(figures, { memoryBytes: 250 * MB, callMillis: Infinity })).toEqual([]);
        expect(figures.reduce((sum, { cpuSeconds }) => sum + cpuSeconds, 0)).toBeLessThan(10);
    },
    BUSY_MACHINE_MILLIS,
);

test('what takes too much memory or time is named', () => {
    const fine: LoadFigures = {
        part: 'dataset',
        calls: 1,
        seconds: 1,
        median: 1,
        p99: 1,
        longest: 1_000,
        cpuSeconds: 1,
        memoryBytes: 300 * MB,
    };
    expect(brokenBounds([fine], BOUNDS)).toEqual([]);
    expect(brokenBounds([fine, { ...fine, memoryBytes: 301 * MB, longest: 1_001 }], BOUNDS)).toEqual([
        'dataset: 301 MB of memory, and not under 300 MB.',
        'dataset: a call took 1001 ms, and not under 1000 ms.',
    ]);
});
