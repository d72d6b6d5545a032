import { inspect } from 'node:util';

import { describe, expect, it } from 'vitest';

import { type Counts, CountsReader, countsIn, countsWithin } from '../trace/counts.js';
import { findCounts } from './counts.js';

const COUNTS = { B079ZJ1BPR: 3, B07D4R4258: 21, '0306406152': 0 };

describe('the object in a log', () => {
    const readAll = (text: string): Counts[] => {
        const reader = new CountsReader();
        return text.split('\n').flatMap((line) => reader.read(line));
    };

    it.each([
        ['as JSON', JSON.stringify(COUNTS)],
        ['behind a message', `INFO  Offers by ASIN ${JSON.stringify(COUNTS)}`],
        ['as console.log writes it', inspect(COUNTS)],
        ['as indented JSON over several lines', `State:\n${JSON.stringify(COUNTS, null, 2)}\nmore`],
        ['inside another object', JSON.stringify({ at: 1, state: COUNTS })],
        ['as console.log writes many', inspect(COUNTS, { breakLength: 20 })],
    ])('is found %s', (_, text) => {
        expect(readAll(text)).toEqual([COUNTS]);
    });

    it('is found while it is empty', () => {
        expect(countsIn('Offers by ASIN {}')).toEqual([{}]);
    });

    it.each(['[object Object]', '3 ASINs', "Map(1) { 'B079ZJ1BPR' => 3 }", '{"B079ZJ1BPR":"3"}', '{"requests":3}'])(
        'is not found in %s',
        (text) => {
            expect(readAll(text)).toEqual([]);
        },
    );

    it('is found behind a brace that is never closed', () => {
        expect(readAll(`{ oops\n${JSON.stringify(COUNTS)}`)).toEqual([COUNTS]);
    });

    it('takes no long to look for in a long line', () => {
        const startedAt = Date.now();
        readAll(`{${' '.repeat(60_000)}${'{"B079ZJ1BPR":3, '.repeat(3_000)}`);
        expect(Date.now() - startedAt).toBeLessThan(2_000);
    });
});

describe('the object in a record', () => {
    it.each([
        ['itself', COUNTS, COUNTS],
        ['wrapped', { offset: 7, counts: COUNTS }, COUNTS],
        ['beside an empty object', [{}, { state: COUNTS }], COUNTS],
        ['empty', {}, {}],
        ['absent', { sessions: [1], name: 'x' }, undefined],
        ['absent', null, undefined],
    ])('is %s', (_, value, counts) => {
        expect(countsWithin(value)).toEqual(counts);
    });
});

describe('the object that a run has left', () => {
    const OTHER = { B0AAAAAAAA: 1 };

    it.each<[string, [string, unknown][], string[], Counts | undefined]>([
        [
            'OUTPUT first',
            [
                ['STATE', OTHER],
                ['OUTPUT', COUNTS],
            ],
            [],
            COUNTS,
        ],
        [
            'the record written last',
            [
                ['LATER', COUNTS],
                ['EARLIER', OTHER],
            ],
            [],
            COUNTS,
        ],
        ['what was logged last', [], [JSON.stringify(OTHER), JSON.stringify(COUNTS)], COUNTS],
        [
            'no record of the SDK',
            [
                ['SDK_CRAWLER_STATISTICS_0', OTHER],
                ['INPUT', OTHER],
            ],
            [],
            undefined,
        ],
    ])('is taken from %s', (_, records, lines, counts) => {
        expect(findCounts({ records, lines })).toEqual(counts);
    });
});
