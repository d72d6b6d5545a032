import { OFFERS, PRODUCT, START } from './constants.js';
import type { FoundProduct } from './pages.js';

/** `userData` of a START request. */
export interface StartData {
    /** Number of the search page, from 1. */
    page: number;
}

/** `userData` of a PRODUCT request. */
export type ProductData = FoundProduct;

/** `userData` of an OFFERS request. */
export interface OffersData extends ProductData {
    description: string;
}

/** A request that the router understands. */
interface LabelledRequest<UserData> {
    url: string;
    label: string;
    userData: UserData;
}

// The addresses are built from scratch instead of taken from links, which Amazon decorates with something new at every
// visit. So a page that is scraped again finds its requests in the queue already, and nothing is enqueued twice.

/** A page of search results. */
export function startRequest(baseUrl: string, keyword: string, page = 1): LabelledRequest<StartData> {
    return { url: `${baseUrl}/s?k=${encodeURIComponent(keyword)}&page=${page}`, label: START, userData: { page } };
}

/** A product's own page. */
export function productRequest(baseUrl: string, product: ProductData): LabelledRequest<ProductData> {
    return { url: `${baseUrl}/dp/${product.asin}`, label: PRODUCT, userData: product };
}

/** The offers of a product. */
export function offersRequest(baseUrl: string, product: OffersData): LabelledRequest<OffersData> {
    return { url: `${baseUrl}/gp/aod/ajax?asin=${product.asin}&pc=dp`, label: OFFERS, userData: product };
}
