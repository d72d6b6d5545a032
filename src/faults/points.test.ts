import { describe, expect, it } from 'vitest';

import { crashPoints, randomPairs, sample, shuffle } from './points.js';

const calls = Array.from({ length: 30 }, (_, i) => ({
    operationId: `operation_${i}`,
    n: i + 1,
}));

describe('crash points', () => {
    it('are two for each call: before it is applied, and after', () => {
        const points = crashPoints(calls, 'crash');

        expect(points).toHaveLength(60);
        expect(points[1]).toEqual({
            index: 1,
            label: 'call 1 after operation_0',
            plan: [{ fault: 'crash', trigger: { kind: 'call', operation: 'any', n: 1, when: 'after' } }],
        });
    });

    it('are shuffled: all of them, in an order that the seed gives', () => {
        const points = crashPoints(calls, 'crash');
        const shuffled = shuffle(points, 3);

        expect(shuffled).not.toEqual(points);
        expect(shuffled.toSorted((a, b) => a.index - b.index)).toEqual(points);
        expect(shuffle(points, 3)).toEqual(shuffled);
    });

    it('are sampled from every stretch of the run, the same for the same seed', () => {
        const points = crashPoints(calls, 'crash');
        const drawn = sample(points, 6, 3).map(({ index }) => index);

        expect(drawn.map((index) => Math.floor(index / 10))).toEqual([0, 1, 2, 3, 4, 5]);
        expect(sample(points, 6, 3).map(({ index }) => index)).toEqual(drawn);
        expect(sample(points, 100, 3)).toEqual(points);
    });

    it('are drawn at random for several faults in a row, in the order of their calls', () => {
        const pairs = randomPairs(30, 200, 5);

        expect(pairs).toEqual(randomPairs(30, 200, 5));
        for (const { plan } of pairs) {
            const places = plan.map(({ trigger }) => (trigger as { n: number }).n);
            expect(places).toEqual([...places].sort((a, b) => a - b));
        }
        expect(new Set(pairs.map(({ plan }) => plan.length))).toEqual(new Set([2, 3, 4, 5, 6, 7]));
        expect(new Set(pairs.flatMap(({ plan }) => plan.map(({ fault }) => fault)))).toEqual(
            new Set(['crash', 'migrate', 'abort']),
        );
    });
});
