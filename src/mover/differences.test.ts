import { describe, expect, it } from 'vitest';

import { type Difference, judgementOf } from './difference.js';
import { type CompareRules, differencesBetween } from './differences.js';
import { compareRows } from './compare-rows.js';
import { describeAll } from './difference-text.js';
import { leftoversWith, queueWith } from './fixtures/leftovers-with.js';
import { OWN } from './labels.js';
import type { Leftovers, Row } from './leftovers.js';
import { textRecord } from './record-content.js';
import { notCompared } from './record-rules.js';

const rows = (...items: Row[]): Partial<Leftovers> => ({ datasets: { [OWN]: items } });
const childOf = (...runs: Partial<Leftovers>[]): Partial<Leftovers> => ({
    started: { other: runs.map(leftoversWith) },
});
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
        expect(differencesBetween(leftoversWith(expected), leftoversWith(actual), { ignore: ['time'] })).toEqual([]);
    });

    it.each<[Difference['kind'], Partial<Leftovers>, Partial<Leftovers>, string]>([
        ['missing-rows', rows({ a: 1 }, { a: 2 }), rows({ a: 1 }), '1 row missing from the dataset: {"a":2}.'],
        [
            'duplicated-rows',
            rows({ a: 1 }),
            rows({ a: 1 }, { a: 1 }, { a: 1 }),
            '2 rows too many in the dataset, pushed again: {"a":1}, {"a":1}.',
        ],
        [
            'extra-rows',
            rows({ a: 1 }),
            rows({ a: 1 }, { b: 1 }),
            '1 row in the dataset that is not there undisturbed: {"b":1}.',
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
            'differing-record',
            { records: { OUTPUT: json({ a: 1, b: 1, c: 1, d: 1, e: 1 }) } },
            { records: { OUTPUT: json({ a: 2, b: 2, c: 2, d: 2 }) } },
            'Record OUTPUT differs at 5 places: a is 2, undisturbed 1; b is 2, undisturbed 1; c is 2, undisturbed 1; and 2 more.',
        ],
        [
            'differing-file',
            { records: { 'found/page.html': textRecord('text/html', 'ab') } },
            { records: { 'found/page.html': textRecord('text/html', 'abc') } },
            'Record found/page.html has 3 bytes of text/html, SHA-256 ba7816bf8f01…, ' +
                'undisturbed 2 bytes of text/html, SHA-256 fb8e20fc2e4c…',
        ],
        [
            'extra-storage',
            {},
            { datasets: { [OWN]: [], found: [] } },
            'There is a dataset found, undisturbed there is none.',
        ],
        [
            'missing-storage',
            { requests: { ...leftoversWith({}).requests, more: queueWith() } },
            {},
            'There is no request queue more, undisturbed there is.',
        ],
        [
            'ended',
            childOf({}),
            childOf({ ended: 'ABORTED', exitCode: undefined }),
            'In the run of other: the run ended ABORTED, undisturbed SUCCEEDED with exit code 0.',
        ],
        [
            'missing-rows',
            childOf(rows({ a: 1 })),
            childOf(rows()),
            'In the run of other: 1 row missing from the dataset: {"a":1}.',
        ],
        [
            'missing-rows',
            childOf(childOf(rows({ a: 1 }))),
            childOf(childOf(rows())),
            'In the run of other > other: 1 row missing from the dataset: {"a":1}.',
        ],
        [
            'started',
            childOf(childOf({})),
            childOf(childOf({}, {})),
            'In the run of other: actor other is started 2 times, undisturbed 1.',
        ],
        [
            'requests',
            {},
            { requests: { [OWN]: queueWith(['a', true], ['b', false]) } },
            '1 request is handled in the request queue, undisturbed 2: without "b".',
        ],
        [
            'requests',
            {},
            { requests: { [OWN]: queueWith(['a', true], ['b', true], ['c', false]) } },
            '3 requests are in the request queue, undisturbed 2: with "c".',
        ],
        [
            'requests',
            { requests: { [OWN]: queueWith(['a', true], ['b', false]) } },
            { requests: { [OWN]: queueWith(['a', false], ['b', true]) } },
            'Other requests are handled in the request queue than undisturbed: without "a", with "b".',
        ],
        [
            'charges',
            { charges: { page: 1 } },
            { charges: { page: 2 } },
            'Event page is charged 2 times, undisturbed 1.',
        ],
        [
            'webhooks',
            { webhooks: { 'SUCCEEDED to https://example.com': 1 } },
            { webhooks: { 'SUCCEEDED to https://example.com': 2 } },
            'The webhook for SUCCEEDED to https://example.com is there 2 times, undisturbed 1.',
        ],
        ['started', childOf({}), childOf({}, {}), 'Actor other is started 2 times, undisturbed 1.'],
        [
            'ended',
            {},
            { ended: 'FAILED', exitCode: 1 },
            'The run ended FAILED with exit code 1, undisturbed SUCCEEDED with exit code 0.',
        ],
    ])('differ in %s', (kind, expected, actual, sentence) => {
        const differences = differencesBetween(leftoversWith(expected), leftoversWith(actual), {});

        expect(differences.map((difference) => difference.kind)).toEqual([kind]);
        expect(describeAll(differences)).toEqual([sentence]);
    });

    it('are compared in datasets with a name, too', () => {
        const named = (n: number): Partial<Leftovers> => ({
            datasets: { [OWN]: [], found: Array<Row>(n).fill({ a: 1 }) },
        });

        expect(differencesBetween(leftoversWith(named(1)), leftoversWith(named(2)), {})).toMatchObject([
            { kind: 'duplicated-rows', dataset: 'found', count: 1 },
        ]);
    });

    it('are looked for in runs of the same Actor with the same input, in whatever order those were started', () => {
        const run = (key: string, n: number): Partial<Leftovers> => ({
            ...rows({ n }),
            records: { INPUT: json({ key }) },
        });
        const differences = differencesBetween(
            leftoversWith(childOf(run('a', 1), run('b', 2))),
            leftoversWith(childOf(run('b', 2), run('b', 2), run('a', 3))),
            {},
        );

        expect(describeAll(differences)).toEqual([
            'Actor other is started 3 times, undisturbed 2.',
            'In the run of other 3: 1 row missing from the dataset: {"n":1}.',
            'In the run of other 3: 1 row in the dataset that is not there undisturbed: {"n":3}.',
        ]);
    });

    it('are in the order of rows only when that is asked for', () => {
        const sides = [
            leftoversWith(rows({ a: 1 }, { a: 2 }, { a: 3 })),
            leftoversWith(rows({ a: 1 }, { a: 3 }, { a: 2 })),
        ] as const;

        expect(differencesBetween(...sides, {})).toEqual([]);
        expect(describeAll(differencesBetween(...sides, { ordered: true }))).toEqual([
            'The rows of the dataset are in another order, as row 2 shows.',
        ]);
    });

    it.each<[string, CompareRules, string[]]>([
        ['all', {}, ['OUTPUT', 'STATE-1', 'found/STATE-2']],
        ['those that are named', { records: ['OUTPUT', 'found/*'] }, ['OUTPUT', 'found/STATE-2']],
        ['all but those that are named', { ignoreRecords: ['*STATE-*'] }, ['OUTPUT']],
        ['no more than both say', { records: ['STATE-*'], ignoreRecords: ['STATE-1'] }, []],
    ])('are looked for in %s of the records', (_what, rules, keys) => {
        const records = (n: number): Partial<Leftovers> => ({
            records: { OUTPUT: json(n), 'STATE-1': json(n), 'found/STATE-2': json(n) },
        });
        const differences = differencesBetween(leftoversWith(records(1)), leftoversWith(records(2)), rules);

        expect(differences.map((difference) => 'key' in difference && difference.key)).toEqual(keys);
        expect(notCompared(leftoversWith(records(1)), rules).byRules).toBe(3 - keys.length);
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
            missing: [{ row: { id: 3, price: 7 }, index: 2 }],
            duplicated: [{ row: { id: 1, price: 4 }, index: 1 }],
            differing: [
                { expected: { row: { id: 2, price: 6 }, index: 1 }, actual: { row: { id: 2, price: 8 }, index: 2 } },
            ],
            extra: [{ row: { id: 4, price: 9 }, index: 3 }],
            same: [
                { expected: { row: { id: 1, price: 5 }, index: 0 }, actual: { row: { id: 1, price: 5 }, index: 0 } },
            ],
        });
    });

    it('are named by all of several fields', () => {
        const { missing, extra, differing } = compareRows([{ a: 1, b: 1 }], [{ a: 1, b: 2 }], { unique: ['a', 'b'] });

        expect([missing.length, extra.length, differing.length]).toEqual([1, 1, 0]);
    });
});

describe('a judgement', () => {
    const of = (...kinds: Difference['kind'][]): string => judgementOf(kinds.map((kind) => ({ kind, of: '' })));

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
}, 60_000);
