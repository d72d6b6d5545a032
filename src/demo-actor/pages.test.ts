import { createRequire } from 'node:module';

import type { CheerioRoot } from 'crawlee';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { type Shop, openShop } from '../shop/index.js';
import { findDescription, findOffers, findProducts, hasNextPage } from './pages.js';
import { offersRequest, productRequest, startRequest } from './requests.js';

// The very copy of cheerio that Crawlee parses pages with.
const { load } = createRequire(import.meta.resolve('crawlee'))('cheerio') as { load: (html: string) => CheerioRoot };

describe('on the demo shop', () => {
    let shop: Shop;

    beforeAll(async () => {
        shop = await openShop();
    });

    afterAll(async () => shop.close());

    const open = async ({ url }: { url: string }): Promise<CheerioRoot> => load(await (await fetch(url)).text());

    test('the search pages lead to every product, and end', async () => {
        const found = new Set<string>();
        let page = 0;
        let $;
        do {
            page += 1;
            $ = await open(startRequest(shop.baseUrl, shop.keyword, page));
            for (const { asin, title } of findProducts($)) {
                found.add(asin);
                expect(title).not.toBe('');
            }
        } while (hasNextPage($));
        expect(page).toBe(3);
        expect(found).toEqual(new Set(Object.keys(shop.truth())));
    });

    test('each product has a description and just the offers that the shop knows of', async () => {
        for (const asin of Object.keys(shop.truth())) {
            const product = { asin, title: '', description: '' };
            expect(findDescription(await open(productRequest(shop.baseUrl, product)))).toMatch(/^\S.*\S$/);
            expect(findOffers(await open(offersRequest(shop.baseUrl, product)))).toEqual(shop.offers(asin));
        }
    });
});

test('empty data-asin attributes and repeated products are passed over', () => {
    const $ = load(`
        <div data-asin=""><h2>Advertisement</h2></div>
        <div data-asin="B079ZJ1BPR"><h2><a><span> A
            phone </span></a></h2></div>
        <div data-asin="B079ZJ1BPR"><h2>A phone</h2></div>`);
    expect(findProducts($)).toEqual([{ asin: 'B079ZJ1BPR', title: 'A phone' }]);
});

test('a page with nothing to be found gives empty results', () => {
    const $ = load('<p>Sorry, something went wrong.</p>');
    expect(findProducts($)).toEqual([]);
    expect(hasNextPage($)).toBe(false);
    expect(findDescription($)).toBe('');
    expect(findOffers($)).toEqual([]);
});
