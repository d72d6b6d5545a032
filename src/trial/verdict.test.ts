import { describe, expect, it } from 'vitest';

import { type Evidence, judge, offerKey } from './verdict.js';

const TRUTH = { B0AAAAAAAA: 2, B0BBBBBBBB: 1, B0CCCCCCCC: 0 };
const OFFERS = ['a1', 'a2', 'b1'];

const perfect: Evidence = {
    ended: 'SUCCEEDED',
    counts: TRUTH,
    rows: OFFERS,
    doneBefore: [],
    offers: OFFERS,
    truth: TRUTH,
    pages: { requested: 5, again: 0 },
    boots: 1,
    downMillis: 0,
};

describe('the verdict on the object', () => {
    it.each<[string, Partial<Evidence>, string]>([
        ['every count is right', {}, 'exact'],
        ['a count is too low', { counts: { ...TRUTH, B0AAAAAAAA: 1 } }, 'under-counted'],
        ['an ASIN is missing', { counts: { B0AAAAAAAA: 2, B0BBBBBBBB: 1 } }, 'under-counted'],
        ['a count is too high', { counts: { ...TRUTH, B0BBBBBBBB: 2 } }, 'over-counted'],
        ['an ASIN is there that the shop does not sell', { counts: { ...TRUTH, B0XXXXXXXX: 1 } }, 'over-counted'],
        ['one is too low and one too high', { counts: { ...TRUTH, B0AAAAAAAA: 1, B0BBBBBBBB: 2 } }, 'miscounted'],
        ['one is missing and one too high', { counts: { B0AAAAAAAA: 3, B0BBBBBBBB: 1 } }, 'miscounted'],
        ['a count is not a number', { counts: { ...TRUTH, B0AAAAAAAA: '2' } }, 'under-counted'],
        ['there is no object', { counts: undefined }, 'lost'],
        ['nothing of the finished work is in it', { counts: { B0BBBBBBBB: 1 }, doneBefore: ['B0AAAAAAAA'] }, 'lost'],
        [
            'some of the finished work is in it',
            { counts: { B0BBBBBBBB: 1 }, doneBefore: ['B0AAAAAAAA', 'B0BBBBBBBB'] },
            'under-counted',
        ],
    ])('when %s', (_, change, status) => {
        expect(judge({ ...perfect, ...change }).tracker.status).toBe(status);
    });
});

describe('the verdict on the dataset', () => {
    it.each<[string, readonly string[], string, { duplicates: number; missing: number }]>([
        ['each offer is there once, in any order', ['b1', 'a2', 'a1'], 'exact', { duplicates: 0, missing: 0 }],
        ['an offer is there twice', [...OFFERS, 'a1'], 'duplicated', { duplicates: 1, missing: 0 }],
        ['a row is of no offer', [...OFFERS, 'x'], 'duplicated', { duplicates: 1, missing: 0 }],
        ['an offer is not there', ['a1', 'b1'], 'missing', { duplicates: 0, missing: 1 }],
        ['both', ['a1', 'a1', 'b1'], 'duplicated and missing', { duplicates: 1, missing: 1 }],
    ])('when %s', (_, rows, status, numbers) => {
        expect(judge({ ...perfect, rows }).dataset).toMatchObject({ status, ...numbers });
    });
});

describe('a trial', () => {
    it('is exact when object and dataset are and the run succeeded', () => {
        expect(judge(perfect).exact).toBe(true);
    });

    it.each<Partial<Evidence>>([{ ended: 'FAILED' }, { rows: [] }, { counts: {} }])(
        'is not exact with %j',
        (change) => {
            expect(judge({ ...perfect, ...change }).exact).toBe(false);
        },
    );
});

it('tells offers apart by ASIN, seller and price', () => {
    const offer = { asin: 'B0AAAAAAAA', sellerName: 'A', price: '$1' };
    expect(offerKey({ ...offer, title: 'x' } as never)).toBe(offerKey(offer));
    for (const change of [{ asin: 'B0BBBBBBBB' }, { sellerName: 'B' }, { price: '$2' }]) {
        expect(offerKey({ ...offer, ...change })).not.toBe(offerKey(offer));
    }
});
