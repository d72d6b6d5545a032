import { asinAt, indexOfAsin } from './asin.js';

/** One seller's offer of a product. Within one product every `sellerName` is different. */
export interface Offer {
    sellerName: string;
    /** As printed on the page, for example `$24.90`. */
    price: string;
}

/** A product as its page shows it. */
export interface Product {
    asin: string;
    title: string;
    description: string;
}

/** Everything the shop sells. Nothing is stored: each answer is worked out from the seed and the product's index. */
export interface Catalogue {
    readonly size: number;
    readonly pageCount: number;
    /** Index of a product of this catalogue, or `undefined` when the shop doesn't sell that ASIN. */
    indexOf(asin: string): number | undefined;
    asin(index: number): string;
    product(index: number): Product;
    offerCount(index: number): number;
    offers(index: number): Offer[];
    /** Indexes listed on a search page (1-based), in order; empty beyond the last page. */
    searchPage(page: number): number[];
}

const MAKERS = ['Alder', 'Brightside', 'Corvid', 'Dovetail', 'Ember', 'Fjord', 'Grünwald', 'Harbour'];
const STYLES = ['Foldable', 'Magnetic', 'Slim', 'Adjustable', 'Rugged', 'Wireless', 'Clear', 'Weighted'];
const THINGS = [
    'Phone Stand',
    'Phone Case (6.1")',
    'Car & Desk Mount',
    'Charging Dock',
    'Screen Protector',
    'Phone Grip',
];
const COLOURS = ['Black', 'Graphite', 'Sand', 'Sea Green', 'Coral', 'White'];
const SELLER_FIRST = [
    'Able',
    'Borough',
    'Cobalt',
    'Dalton',
    'Elm Street',
    "Finn's",
    'Gable',
    'Hollow',
    'Iris',
    'Juniper',
];
const SELLER_LAST = [
    '& Sons',
    'Direct',
    'Electronics',
    'Goods',
    'Outlet',
    'Phones',
    'Supply',
    'Trading',
    'Warehouse',
    'World',
];

/** In every block of this many products exactly one has no offers, so that a default shop is sure to have one. */
const BLOCK = 12;
const MOST_OFFERS = 10;

/**
 * Describes a shop of `size` products.
 * @param seed whole number; another seed gives other products
 * @param size number of products
 */
export function createCatalogue(seed: number, size: number): Catalogue {
    /** A whole number from 0 to `below - 1`, always the same for the same place and purpose. */
    const draw = (below: number, place: number, purpose: number): number => hash(seed, place, purpose) % below;
    const pick = (from: readonly string[], place: number, purpose: number): string =>
        from[draw(from.length, place, purpose)]!;

    const asinOffset = hash(seed, 0, 0);
    // A small shop has a few short search pages; a large one about twenty, and never more than Amazon's 48 on a page.
    const perPage = Math.min(48, Math.max(5, Math.ceil(size / 20)));

    const offerCount = (index: number): number => {
        const soldOut = draw(BLOCK, Math.floor(index / BLOCK), 1);
        return index % BLOCK === soldOut ? 0 : 1 + draw(MOST_OFFERS, index, 2);
    };

    return {
        size,
        pageCount: Math.ceil(size / perPage),
        indexOf(asin) {
            const index = indexOfAsin(asin, asinOffset);
            return index !== undefined && index < size ? index : undefined;
        },
        asin: (index) => asinAt(index, asinOffset),
        product(index) {
            const thing = pick(THINGS, index, 3);
            const colour = pick(COLOURS, index, 4);
            const maker = pick(MAKERS, index, 5);
            const style = pick(STYLES, index, 6);
            return {
                asin: asinAt(index, asinOffset),
                title: `${maker} ${style} ${thing}, ${colour}`,
                description: `${style} and made to last: the ${maker} ${thing} in ${colour}, model ${index + 1}.`,
            };
        },
        offerCount,
        offers(index) {
            const names = SELLER_FIRST.length * SELLER_LAST.length;
            const first = draw(names, index, 7);
            const cents = 900 + draw(6000, index, 8);
            return Array.from({ length: offerCount(index) }, (_, i) => {
                // Steps of 37 share no factor with the 100 names, so no name comes up twice.
                const name = (first + i * 37) % names;
                return {
                    sellerName: `${SELLER_FIRST[name % 10]} ${SELLER_LAST[Math.floor(name / 10)]}`,
                    price: `$${((cents + i * 115) / 100).toFixed(2)}`,
                };
            });
        },
        searchPage(page) {
            const start = (page - 1) * perPage;
            if (start >= size) return [];
            const indexes = Array.from({ length: Math.min(perPage, size - start) }, (_, i) => start + i);
            // As on Amazon, later pages list a product once more that an earlier page has already shown.
            if (page > 1) indexes.splice(draw(indexes.length, page, 9), 0, draw(start, page, 10));
            return indexes;
        },
    };
}

/** Mixes three whole numbers into 32 bits (the finishing steps of MurmurHash3, once for each). */
function hash(...parts: [number, number, number]): number {
    let h = 0x9e3779b9;
    for (const part of parts) {
        h = Math.imul(h ^ part, 0x85ebca6b);
        h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
        h ^= h >>> 16;
    }
    return h >>> 0;
}
