import type { CheerioRoot } from 'crawlee';

/** What a search page tells of a product. */
export interface FoundProduct {
    asin: string;
    title: string;
}

/** One seller's offer, as the offers page shows it. */
export interface FoundOffer {
    sellerName: string;
    /** As printed, with its currency. */
    price: string;
}

/** The products on a search page, each once, although a page may list one twice. */
export function findProducts($: CheerioRoot): FoundProduct[] {
    const products = new Map<string, FoundProduct>();
    for (const element of $('div[data-asin]')) {
        // Amazon also marks its advertisements and separators with the attribute, but leaves it empty there.
        const asin = $(element).attr('data-asin')?.trim();
        if (!asin || products.has(asin)) continue;
        products.set(asin, { asin, title: tidy($(element).find('h2').first().text()) });
    }
    return [...products.values()];
}

/** Whether a search page links to another one after it. */
export function hasNextPage($: CheerioRoot): boolean {
    return $('a.s-pagination-next').length > 0;
}

/** The description on a product page; an empty text when it has none. */
export function findDescription($: CheerioRoot): string {
    return tidy($('#productDescription').text());
}

/** The offers on an offers page, in the page's order. */
export function findOffers($: CheerioRoot): FoundOffer[] {
    // The attribute selector finds every offer, although all of them have the same id.
    return [...$('[id="aod-offer"]')].map((element) => ({
        sellerName: $(element).find('#aod-offer-soldBy a[aria-label]').first().text().trim(),
        price: $(element).find('.a-price .a-offscreen').first().text().trim(),
    }));
}

function tidy(text: string): string {
    return text.replace(/\s+/g, ' ').trim();
}
