import { describe, expect, it } from 'vitest';

import { differencesBetween, type Difference, judgementOf } from './differences.js';
import { compareRows } from './compare-rows.js';
import { describeAll } from './difference-text.js';
import type { Leftovers } from './leftovers.js';
import type { Row } from './leftovers.js';

const outcome = (change: Partial<Leftovers> = {}): Leftovers => ({
    ended: 'SUCCEEDED',
    exitCode: 0,
    datasets: { default: [] },
    records: {},
    requests: { default: { total: 3, handled: 3 } },
    charges: {},
    started: {},
    ...change,
});
const rows = (...items: Row[]): Partial<Leftovers> => ({ datasets: { default: items } });
const json = (value: unknown): Leftovers['records'][string] => ({ contentType: 'application/json', value });

describe('two outcomes', () => {
    it.each<[string, Partial<Leftovers>, Partial<Leftovers>]>([
        ['rows come in another order', rows({ a: 1 }, { a: 2 }), rows({ a: 2 }, { a: 1 })],
        ['fields come in another order', rows({ a: 1, b: { c: 1, d: 2 } }), rows({ b: { d: 2, c: 1 }, a: 1 })],
        ['a row is there twice on both sides', rows({ a: 1 }, { a: 1 }), rows({ a: 1 }, { a: 1 })],
        ['only an ignored field differs, deep inside', rows({ a: { time: 1, b: 2 } }), rows({ a: { time: 5, b: 2 } })],
        [
            'only an ignored field of a record differs',
            { records: { O: json({ time: 1 }) } },
            { records: { O: json({ time: 2 }) } },
        ],
    ])('are the same when %s', (_what, expected, actual) => {
        expect(differencesBetween(outcome(expected), outcome(actual), { ignore: ['time'] })).toEqual([]);
    });

    it.each<[Difference['kind'], Partial<Leftovers>, Partial<Leftovers>, string]>([
        ['missing-rows', rows({ a: 1 }, { a: 2 }), rows({ a: 1 }), '1 row missing from the dataset: {"a":2}.'],
        [
            'duplicated-rows',
            rows({ a: 1 }),
            rows({ a: 1 }, { a: 1 }, { a: 1 }),
            '2 rows too many in the dataset, pushed again before any strike: {"a":1}, {"a":1}.',
        ],
        [
            'extra-rows',
            rows({ a: 1 }),
            rows({ a: 1 }, { b: 1 }),
            '1 row in the dataset that is not there undisturbed, pushed before any strike: {"b":1}.',
        ],
        ['missing-record', { records: { OUTPUT: json(1) } }, {}, 'Record OUTPUT is missing.'],
        ['extra-record', {}, { records: { OUTPUT: json(1) } }, 'Record OUTPUT is there, undisturbed it is not.'],
        [
            'differing-record',
            { records: { OUTPUT: json({ n: [1, { m: 2 }] }) } },
            { records: { OUTPUT: json({ n: [1, { m: 3 }] }) } },
            'Record OUTPUT, n[1].m is 3, undisturbed 2.',
        ],
        [
            'requests',
            {},
            { requests: { default: { total: 3, handled: 2 } } },
            '2 requests are handled in the request queue, undisturbed 3.',
        ],
        [
            'charges',
            { charges: { page: 1 } },
            { charges: { page: 2 } },
            'Event page is charged 2 times, undisturbed 1.',
        ],
        [
            'started',
            { started: { other: 1 } },
            { started: { other: 2 } },
            'Actor other is started 2 times, undisturbed 1.',
        ],
        [
            'ended',
            {},
            { ended: 'FAILED', exitCode: 1 },
            'The run ended FAILED with exit code 1, undisturbed SUCCEEDED with exit code 0.',
        ],
    ])('differ in %s', (kind, expected, actual, sentence) => {
        const differences = differencesBetween(outcome(expected), outcome(actual), {});

        expect(differences.map((difference) => difference.kind)).toEqual([kind]);
        expect(describeAll(differences)).toEqual([sentence]);
    });

    it('are compared in datasets with a name, too', () => {
        const named = (n: number): Partial<Leftovers> => ({
            datasets: { default: [], found: Array<Row>(n).fill({ a: 1 }) },
        });

        expect(differencesBetween(outcome(named(1)), outcome(named(2)), {})).toMatchObject([
            { kind: 'duplicated-rows', dataset: 'found', count: 1 },
        ]);
    });

    it('say after which strike a row was pushed again', () => {
        const marks = [{ default: 1 }, { default: 3 }];
        const actual = rows({ a: 1 }, { a: 2 }, { a: 1 }, { a: 2 }, { b: 1 });
        const differences = differencesBetween(outcome(rows({ a: 1 }, { a: 2 })), outcome(actual), {}, marks);

        expect(differences).toMatchObject([
            { kind: 'duplicated-rows', count: 2, strikes: [1, 2] },
            { kind: 'extra-rows', count: 1, strikes: [2] },
        ]);
    });

    it('that differ in a field only hint at what changes from run to run', () => {
        const differences = differencesBetween(outcome(rows({ a: 1, at: 1 })), outcome(rows({ a: 1, at: 2 })), {});

        expect(describeAll(differences).at(-1)).toMatch(/--ignore <field>/);
    });
});

describe('rows with a name', () => {
    it('count as differing when their other fields do, and as duplicated when they are there again', () => {
        const expected = [
            { id: 1, price: 5 },
            { id: 2, price: 6 },
            { id: 3, price: 7 },
        ];
        const actual = [
            { id: 1, price: 5 },
            { id: 1, price: 4 },
            { id: 2, price: 8 },
            { id: 4, price: 9 },
        ];

        expect(compareRows(expected, actual, { unique: ['id'] })).toEqual({
            missing: [{ id: 3, price: 7 }],
            duplicated: [{ row: { id: 1, price: 4 }, index: 1 }],
            differing: [{ expected: { id: 2, price: 6 }, actual: { row: { id: 2, price: 8 }, index: 2 } }],
            extra: [{ row: { id: 4, price: 9 }, index: 3 }],
        });
    });

    it('are named by all of several fields', () => {
        const { missing, extra, differing } = compareRows([{ a: 1, b: 1 }], [{ a: 1, b: 2 }], { unique: ['a', 'b'] });

        expect([missing.length, extra.length, differing.length]).toEqual([1, 1, 0]);
    });
});

describe('a judgement', () => {
    const of = (...kinds: Difference['kind'][]): string => judgementOf(kinds.map((kind) => ({ kind }) as Difference));

    it.each<[string, Difference['kind'][]]>([
        ['same', []],
        ['duplicated', ['duplicated-rows']],
        ['differing', ['duplicated-rows', 'differing-record']],
        ['differing', ['charges']],
        ['missing', ['duplicated-rows', 'missing-rows']],
        ['missing', ['missing-record']],
        ['broken', ['missing-rows', 'ended']],
    ])('is %s for %j', (judgement, kinds) => {
        expect(of(...kinds)).toBe(judgement);
    });
});

it('compares 100,000 rows in seconds', () => {
    const many = Array.from({ length: 100_000 }, (_, n) => ({ n, text: `row ${n}` }));
    const { missing, duplicated } = compareRows(many, [...many.slice(1), many[5]!], {});

    expect([missing.length, duplicated.length]).toEqual([1, 1]);
}, 10_000);
