import { describe, expect, it } from 'vitest';

import { ALIKE_TIME } from './alike.js';
import type { CompareRules } from './differences.js';
import { differencesBetween } from './differences.js';
import { leftoversWith } from './fixtures/leftovers-with.js';
import { OWN } from './labels.js';
import type { Leftovers, Row } from './leftovers.js';
import { isNoise, noiseOf } from './noise.js';
import { repeatedRows } from './repeated-rows.js';

const rows = (...items: Row[]): Leftovers => leftoversWith({ datasets: { [OWN]: items } });
const record = (value: unknown, key = 'OUTPUT'): Leftovers =>
    leftoversWith({ records: { [key]: { contentType: 'application/json', value } } });

/** Kinds of what is wrong with a struck run, and what would silence the noise. */
function judge(
    undisturbed: Leftovers[],
    struck: Leftovers,
    rules: CompareRules = {},
): [string[], (string | undefined)[]] {
    const noise = noiseOf(undisturbed, rules);
    const differences = differencesBetween(undisturbed[0]!, struck, rules, { places: noise.places });
    const found = [
        ...differences.filter((difference) => !isNoise(difference, noise)),
        ...repeatedRows(undisturbed, struck, noise, {}),
    ];
    return [found.map(({ kind }) => kind), noise.findings.map(({ option }) => option)];
}

describe('rows', () => {
    it('whose times differ are the same rows', () => {
        const at = (time: number): Leftovers =>
            rows({ url: 'a', meta: { time } }, { url: 'b', meta: { time: time + 1 } });

        expect(judge([at(1), at(11)], at(21))).toEqual([[], ['--ignore time']]);
        expect(judge([at(1), at(11)], rows({ url: 'a', meta: { time: 31 } }))).toEqual([
            ['missing-rows'],
            ['--ignore time'],
        ]);
    });

    it('whose name is given are told apart by it, and by no other field than the volatile one', () => {
        const at = (time: number, price = 1): Leftovers =>
            rows({ url: 'a', time, price }, { url: 'b', time, price: 2 });
        const rules = { unique: ['url'] };

        expect(judge([at(1), at(2)], at(3), rules)).toEqual([[], ['--ignore time']]);
        expect(judge([at(1), at(2)], at(3, 5), rules)).toEqual([['differing-rows'], ['--ignore time']]);
    });

    it('whose times are those of the platform now and then, by chance, are the same rows', () => {
        const at = (a: string, b: string): Leftovers => rows({ n: 1, time: a }, { n: 2, time: b });
        const runs = [at(ALIKE_TIME, '10:00:01'), at('11:00:00', ALIKE_TIME)];

        expect(judge(runs, at(ALIKE_TIME, ALIKE_TIME))).toEqual([[], ['--ignore time']]);
        expect(judge(runs, at('12:00:00', '12:00:01'))).toEqual([[], ['--ignore time']]);
    });

    it('that differ in a place which others have in another run keep what names them', () => {
        const placed = (...urls: string[]): Leftovers => rows(...urls.map((url, place) => ({ url, place })));

        expect(judge([placed('a', 'b', 'c'), placed('b', 'a', 'c')], placed('c', 'a', 'b'))).toEqual([
            [],
            ['--ignore place'],
        ]);
        expect(judge([placed('a', 'b', 'c'), placed('b', 'a', 'c')], placed('c', 'a', 'a'))[0]).not.toEqual([]);
    });

    it('that are others each time are not compared, but for rows that are there twice', () => {
        const of = (...urls: string[]): Leftovers => rows(...urls.map((url) => ({ url })));

        expect(judge([of('a', 'b'), of('a', 'c')], of('d', 'e'))).toEqual([[], [undefined]]);
        expect(judge([of('a', 'b'), of('a', 'c')], of('d', 'd'))[0]).toEqual(['duplicated-rows']);
        expect(judge([of('a', 'a'), of('a', 'c')], of('d', 'd'))[0]).toEqual([]);
    });

    it('of one undisturbed run show no noise', () => {
        expect(judge([rows({ time: 1 })], rows({ time: 2 }))).toEqual([['missing-rows', 'extra-rows'], []]);
    });
});

describe('records', () => {
    it('in whose fields undisturbed runs differ are compared by their other fields', () => {
        const at = (time: number, n = 1): Leftovers => record({ pages: [{ time, n }] });

        expect(judge([at(1), at(2)], at(3))).toEqual([[], ['--ignore time']]);
        expect(judge([at(1), at(2)], at(3, 5))).toEqual([['differing-record'], ['--ignore time']]);
    });

    it('in which fields come and go are compared but for what these stand in', () => {
        const of = (id: string, n = 1): Leftovers => record({ byId: { [id]: true }, n });

        expect(judge([of('x'), of('y')], of('z'))).toEqual([[], ['--ignore byId']]);
        expect(judge([of('x'), of('y')], of('z', 2))[0]).toEqual(['differing-record']);
    });

    it('that are another value each time are not compared', () => {
        expect(judge([record(1), record(2)], record(3))).toEqual([[], ['--ignore-record OUTPUT']]);
        expect(judge([record(1), record(2)], record(3), { ignoreRecords: ['OUTPUT'] })).toEqual([[], []]);
    });

    it('whose keys are made up each time are not compared', () => {
        const of = (id: string): Leftovers => record(1, `SNAP-${id}`);

        expect(judge([of('x1'), of('y2')], of('z3'))).toEqual([[], ["--ignore-record 'SNAP-*'"]]);
        expect(judge([of('x1'), of('y2')], leftoversWith({}))[0]).toEqual([]);
    });
});

describe('storages', () => {
    it('whose names are made up each time are not compared', () => {
        const of = (time: number): Leftovers =>
            leftoversWith({ datasets: { [OWN]: [], [`found-${time}`]: [{ n: 1 }] } });
        const [found, options] = judge([of(1), of(2)], of(3));

        expect([found, options]).toEqual([[], [undefined, undefined]]);
    });
});
