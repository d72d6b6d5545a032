import * as fc from 'fast-check';
import { expect, test } from 'vitest';

import { areSame, canonical } from './canonical.js';
import { compareRows } from './compare-rows.js';

const JSON_VALUE = fc.jsonValue({ maxDepth: 3 });

test('two values are the same when, in one order of fields, their JSON is', () => {
    const shuffled = (value: unknown): unknown =>
        typeof value === 'object' && value !== null && !Array.isArray(value)
            ? Object.fromEntries(
                  Object.entries(value)
                      .map(([name, field]) => [name, shuffled(field)] as const)
                      .reverse(),
              )
            : value;
    fc.assert(
        fc.property(JSON_VALUE, JSON_VALUE, (a, b) => {
            expect(areSame(a, b)).toBe(canonical(a) === canonical(b));
            expect(areSame(a, shuffled(a))).toBe(true);
            expect(canonical(shuffled(a))).toBe(canonical(a));
        }),
    );
});

/** Few different rows, so that many are there twice. */
const ROWS = fc.array(fc.record({ n: fc.integer({ min: 0, max: 3 }), at: fc.integer({ min: 0, max: 1 }) }), {
    maxLength: 8,
});
const RULES = fc.record({ unique: fc.constant(['n']), ignore: fc.constant(['at']) }, { requiredKeys: [] });

test('each row of both sides is found once, as the same, missing, duplicated, extra or differing', () => {
    fc.assert(
        fc.property(ROWS, ROWS, RULES, (expected, actual, rules) => {
            const { missing, duplicated, extra, differing, same } = compareRows(expected, actual, rules);
            const pairs = [...differing, ...same];
            const indexes = (rows: readonly { index: number }[]): number[] => rows.map(({ index }) => index);
            const sorted = (numbers: number[]): number[] => numbers.sort((a, b) => a - b);
            const before = [...indexes(missing), ...pairs.map((pair) => pair.expected.index)];
            const after = [...indexes([...duplicated, ...extra]), ...pairs.map((pair) => pair.actual.index)];
            expect(sorted(before)).toEqual([...expected.keys()]);
            expect(sorted(after)).toEqual([...actual.keys()]);
            const compared = ({ n, at }: Record<string, unknown>): unknown => (rules.ignore ? { n } : { n, at });
            for (const pair of same) expect(compared(pair.actual.row)).toEqual(compared(pair.expected.row));
        }),
    );
});

test('rows in the same order are the same one by one', () => {
    const rows = [{ n: 1 }, { n: 1 }, { n: 2 }];
    expect(compareRows(rows, structuredClone(rows), {})).toEqual({
        missing: [],
        duplicated: [],
        extra: [],
        differing: [],
        same: rows.map((row, index) => ({ expected: { row, index }, actual: { row, index } })),
    });
});
