import { expect, test } from 'vitest';

import { asinAt, indexOfAsin } from './asin.js';

test('every ASIN leads back to its index, and no two of 100,000 are the same', () => {
    const asins = Array.from({ length: 100_000 }, (_, index) => asinAt(index, 4_294_967_295));

    expect(new Set(asins).size).toBe(100_000);
    for (const index of [0, 1, 11, 4_711, 99_999]) expect(indexOfAsin(asins[index]!, 4_294_967_295)).toBe(index);
    expect(asins.every((asin) => /^B0[0-9A-Z]{8}$/.test(asin))).toBe(true);
});

test.each(['', 'B0', 'b001s8hew2', 'A001S8HEW2', 'B001S8HEW', 'B001S8HEW22', 'B001S8HEÄ2'])(
    'has no index for %j, which is no ASIN of this shop',
    (text) => {
        expect(indexOfAsin(text, 1)).toBeUndefined();
    },
);
