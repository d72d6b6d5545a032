import { stripVTControlCharacters } from 'node:util';

import { describe, expect, it } from 'vitest';

import { parseShopTrigger } from '../trial/shop-plan.js';
import type { Verdict } from '../trial/verdict.js';
import { lesson, type Told } from '../trial/verdict-text.js';
import { verdictTable } from './verdict-table.js';

const EXACT: Verdict = {
    exact: true,
    ended: 'SUCCEEDED',
    tracker: { status: 'exact', counted: 58, truth: 58, asins: { exact: 12, under: 0, over: 0, missing: 0 } },
    dataset: { status: 'exact', rows: 58, truth: 58, duplicates: 0, missing: 0 },
    pages: { requested: 27, again: 0 },
    boots: 1,
    downMillis: 0,
};

type Asins = Verdict['tracker']['asins'];

/** A verdict of a run that was struck once, with so many ASINs of each kind. */
function struck(status: Verdict['tracker']['status'], asins: Partial<Asins>, duplicates = 0): Verdict {
    return {
        ...EXACT,
        exact: false,
        tracker: { ...EXACT.tracker, status, asins: { exact: 0, under: 0, over: 0, missing: 0, ...asins } },
        dataset: { ...EXACT.dataset, status: duplicates > 0 ? 'duplicated' : 'exact', duplicates },
        boots: 2,
    };
}

function told(verdict: Verdict, rest: Partial<Told> = {}): Told {
    return { verdict, coldStartMillis: 1_340, downMillis: [], missed: [], ...rest };
}

describe('the lesson', () => {
    it.each<[string, Verdict, string]>([
        ['an undisturbed run', EXACT, 'Undisturbed, every count is right.'],
        ['a run that survived', { ...EXACT, boots: 2 }, 'Every count survived.'],
        [
            'a lost object',
            struck('lost', { exact: 7, missing: 5 }, 1),
            '5 of 12 ASINs are gone: the new process began without what the old one had counted. ' +
                'The dataset has 1 row too many.',
        ],
        [
            'an object that lost one ASIN',
            struck('lost', { exact: 11, missing: 1 }),
            '1 of 12 ASINs is gone: the new process began without what the old one had counted.',
        ],
        ['an object that was never saved', { ...struck('lost', { missing: 12 }), boots: 1 }, 'The run left no object.'],
        [
            'counts that are too high',
            struck('over-counted', { exact: 11, over: 1 }, 10),
            '1 ASIN counts too many: pages that were in flight were done again, and counted again. ' +
                'The dataset has 10 rows too many.',
        ],
        [
            'counts that are too low',
            struck('under-counted', { exact: 9, under: 3 }),
            '3 ASINs count too few: pages were finished after the last save.',
        ],
        [
            'counts that are not there, though the object survived',
            struck('under-counted', { exact: 11, missing: 1 }),
            '1 ASIN is missing: pages were finished after the last save.',
        ],
        [
            'counts of every kind',
            struck('miscounted', { exact: 7, over: 2, under: 2, missing: 1 }),
            '2 ASINs count too many: pages that were in flight were done again, and counted again. ' +
                '2 ASINs count too few and 1 ASIN is missing: pages were finished after the last save.',
        ],
        [
            'a dataset that lacks rows',
            { ...EXACT, dataset: { ...EXACT.dataset, status: 'missing', missing: 2 } },
            'Undisturbed, every count is right. The dataset lacks 2 rows.',
        ],
        [
            'a run that did not succeed',
            { ...EXACT, ended: 'FAILED' },
            'The run ended as FAILED, so its result is not whole.',
        ],
    ])('of %s', (_, verdict, sentences) => {
        expect(lesson(told(verdict))).toBe(sentences);
    });

    it('says when a strike found no occasion', () => {
        const missed = [{ fault: 'crash', trigger: parseShopTrigger('offers@500') }] as const;

        expect(lesson(told(EXACT, { missed }))).toMatch(/ 1 strike of the plan found no occasion\.$/);
    });
});

describe('the table', () => {
    const table = (shown: Told, width?: number): string => stripVTControlCharacters(verdictTable(shown, width));

    it('holds object, dataset and run against the truth', () => {
        const verdict = { ...struck('over-counted', { exact: 7, over: 5 }, 10), pages: { requested: 32, again: 5 } };

        expect(table(told(verdict, { downMillis: [1_440, 980] })).split('\n')).toEqual([
            '  object   ✘ over-counted  58 offers counted of 58, ASINs: 7 exact, 5 over',
            '  dataset  ✘ duplicated    58 rows for 58 offers, 10 too many, 0 missing',
            '  run      ✔ SUCCEEDED     2 processes, first page after 1.3 s, down for 1.4 s, 1.0 s',
            '  pages                    32 fetched, 5 of them again',
        ]);
    });

    it('does not claim a first page that never came', () => {
        expect(table(told(EXACT, { coldStartMillis: undefined }))).toContain('1 process, no page at all');
    });

    it('goes on below where the terminal is narrow, under its own column', () => {
        const lines = table(told(EXACT), 60).split('\n');

        expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(60);
        expect(lines.slice(0, 2)).toEqual([
            '  object   ✔ exact      58 offers counted of 58, ASINs: 12',
            `${' '.repeat(24)}exact`,
        ]);
    });
});
