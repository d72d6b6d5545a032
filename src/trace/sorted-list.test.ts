import * as fc from 'fast-check';
import { expect, test } from 'vitest';

import { SortedList } from './sorted-list.js';

const byNumber = (a: number, b: number): number => a - b;

type Step = [kind: 'add' | 'delete', value: number];

/** Many of few values, so that they meet; runs of them, so that chunks are cut and become empty. */
const STEPS = fc.array(
    fc.oneof(
        fc.tuple(fc.constantFrom('add', 'delete'), fc.integer({ min: 0, max: 3_000 })).map((step) => [step as Step]),
        fc
            .tuple(
                fc.constantFrom('add', 'delete'),
                fc.integer({ min: 0, max: 3_000 }),
                fc.integer({ min: 1, max: 900 }),
            )
            .map(([kind, from, count]) => Array.from({ length: count }, (_, i): Step => [kind as Step[0], from + i])),
    ),
    { maxLength: 40 },
);

test('a list holds what a sorted set holds, from any value on', () => {
    fc.assert(
        fc.property(STEPS, fc.integer({ min: -1, max: 4_000 }), (steps, from) => {
            const list = new SortedList(byNumber);
            const set = new Set<number>();
            for (const [kind, value] of steps.flat()) {
                list[kind](value);
                set[kind](value);
            }
            const sorted = [...set].sort(byNumber);
            expect([...list.from()]).toEqual(sorted);
            expect([...list.from(from)]).toEqual(sorted.filter((value) => value >= from));
            expect([list.first, list.last]).toEqual([sorted[0], sorted.at(-1)]);
            const made = SortedList.of(sorted, byNumber);
            made.add(from);
            expect([...made.from()]).toEqual([...new Set([...sorted, from])].sort(byNumber));
        }),
    );
});
