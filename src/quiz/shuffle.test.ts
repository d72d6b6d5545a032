import fc from 'fast-check';
import { expect, it } from 'vitest';

import { FIRST, probeOf } from './fixtures/questions.js';
import { layoutOf } from './shuffle.js';

const anySeed = fc.integer({ min: 0, max: 2 ** 32 - 1 });

it.each(FIRST.probes.map((probe) => [probe.kind, probe]))('%s shows each of its parts once', (_, probe) => {
    const count = 'choices' in probe ? probe.choices.length : 'items' in probe ? probe.items.length : 0;
    fc.assert(
        fc.property(anySeed, (seed) => {
            const { order, groups } = layoutOf(probe, seed);
            expect(order.toSorted((a, b) => a - b)).toEqual([...Array.from({ length: count }).keys()]);
            expect(groups.toSorted((a, b) => a - b)).toEqual(probe.kind === 'match' ? [0, 1] : []);
        }),
    );
});

it('the same seed gives the same order, and other seeds give others', () => {
    const probe = probeOf('multiple');
    const orders = [...Array.from({ length: 50 }).keys()].map((seed) => layoutOf(probe, seed).order.join());

    expect(layoutOf(probe, 7)).toEqual(layoutOf(probe, 7));
    expect(new Set(orders).size).toBeGreaterThan(20);
});

it('items to be put in order never stand in it already', () => {
    fc.assert(
        fc.property(anySeed, (seed) => {
            expect(layoutOf(probeOf('order'), seed).order.join()).not.toBe('0,1,2,3');
        }),
    );
});

it('no place is favoured: over many seeds the right choice comes first about as often as any', () => {
    const firsts = [...Array.from({ length: 3_000 }).keys()].map((seed) => layoutOf(probeOf('single'), seed).order[0]!);
    const counts = [0, 1, 2].map((choice) => firsts.filter((first) => first === choice).length);

    expect(Math.min(...counts)).toBeGreaterThan(850);
});
