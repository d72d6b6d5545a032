import { describe, expect, test } from 'vitest';

import { type Catalogue, createCatalogue } from './catalogue.js';

const indexes = ({ size }: Catalogue): number[] => Array.from({ length: size }, (_, index) => index);
const listed = (catalogue: Catalogue): number[] =>
    Array.from({ length: catalogue.pageCount }, (_, page) => catalogue.searchPage(page + 1)).flat();

describe.each([1, 2, 3, 77, 4_294_967_295])('a shop of 12 products with seed %i', (seed) => {
    const catalogue = createCatalogue(seed, 12);

    test('has about 60 offers, and exactly one product without any', () => {
        const counts = indexes(catalogue).map((index) => catalogue.offerCount(index));
        expect(counts.filter((count) => count === 0)).toHaveLength(1);
        const total = counts.reduce((sum, count) => sum + count);
        expect(total).toBeGreaterThan(35);
        expect(total).toBeLessThan(90);
    });

    test('lists every product on its search pages, and some on two different pages', () => {
        expect(catalogue.pageCount).toBe(3);
        expect(new Set(listed(catalogue)).size).toBe(12);
        expect(listed(catalogue).length).toBeGreaterThan(12);
        for (const page of [1, 2, 3]) {
            const onPage = catalogue.searchPage(page);
            expect(new Set(onPage).size).toBe(onPage.length);
        }
    });
});

test('the same seed gives the same products and offers, another seed gives others', () => {
    const everything = (seed: number): unknown => {
        const catalogue = createCatalogue(seed, 40);
        return indexes(catalogue).map((index) => [catalogue.product(index), catalogue.offers(index)]);
    };
    expect(everything(5)).toEqual(everything(5));
    expect(everything(5)).not.toEqual(everything(6));
});

test('the sellers of one product all have different names, so that ASIN and seller name one offer', () => {
    const catalogue = createCatalogue(1, 500);
    for (const index of indexes(catalogue)) {
        const offers = catalogue.offers(index);
        expect(offers).toHaveLength(catalogue.offerCount(index));
        expect(new Set(offers.map(({ sellerName }) => sellerName)).size).toBe(offers.length);
    }
});

test.each([0, 1, 5, 6, 200, 5_000])(
    'a shop of %i products lists all of them, and nothing beyond its last page',
    (size) => {
        const catalogue = createCatalogue(9, size);
        expect(new Set(listed(catalogue))).toEqual(new Set(indexes(catalogue)));
        expect(catalogue.searchPage(catalogue.pageCount + 1)).toEqual([]);
    },
);

test('an ASIN that another shop sells is unknown here', () => {
    const large = createCatalogue(1, 13);
    expect(large.indexOf(large.asin(12))).toBe(12);
    expect(createCatalogue(1, 12).indexOf(large.asin(12))).toBeUndefined();
});
