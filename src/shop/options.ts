/** What the three kinds of scraped pages are called. */
export const PAGE_KINDS = ['search', 'product', 'offers'] as const;
export type PageKind = (typeof PAGE_KINDS)[number];

/** A page that is about to be sent. */
export interface ServedPage {
    kind: PageKind;
    /** 1-based number of this page among the pages of its kind; requests answered with an error don't count. */
    n: number;
    /** The product of a `product` or `offers` page. */
    asin?: string;
    /** The full address that was asked for. */
    url: string;
}

/** How a shop is opened; every option has a default. */
export interface ShopOptions {
    /** Whole number from 0 to 4294967295 that decides all products and offers. Default 1. */
    seed?: number;
    /** How many products it sells, 0 to 100,000. Default 12, which makes about 60 offers. */
    products?: number;
    /** Port on 127.0.0.1; 0, the default, lets the system choose a free one. */
    port?: number;
    /** How long each page takes to be sent, in ms. Default 0. */
    latencyMs?: number;
    /**
     * Every n-th request for a page is answered with 503, unless its address has already been: so a retry succeeds.
     * Default 0: never.
     */
    failEvery?: number;
    /** How many pages of each kind have been asked for before, so that their numbers go on. Default 0. */
    askedBefore?: Readonly<Partial<Record<PageKind, number>>>;
    /** Called as soon as a page is requested, before any delay. */
    onRequest?: (page: ServedPage) => void;
    /** Called when a page has been sent in full, or its connection has ended before that. */
    onEnd?: (page: ServedPage, isSent: boolean) => void;
    /** Called, and awaited, before a page is sent: a caller can do something at that very moment, or hold the page. */
    beforeServe?: (page: ServedPage) => void | Promise<void>;
}

/**
 * Fills in the defaults.
 * @throws RangeError naming the option that is out of its range
 */
export function resolveOptions(
    options: ShopOptions,
): Required<Omit<ShopOptions, 'onRequest' | 'onEnd' | 'beforeServe' | 'askedBefore'>> {
    return {
        seed: wholeNumber('seed', options.seed ?? 1, 0xffff_ffff),
        products: wholeNumber('products', options.products ?? 12, 100_000),
        port: wholeNumber('port', options.port ?? 0, 65_535),
        latencyMs: wholeNumber('latencyMs', options.latencyMs ?? 0, 600_000),
        failEvery: wholeNumber('failEvery', options.failEvery ?? 0, Number.MAX_SAFE_INTEGER),
    };
}

function wholeNumber(name: string, value: number, max: number): number {
    if (Number.isInteger(value) && value >= 0 && value <= max) return value;
    throw new RangeError(`The shop's option '${name}' must be a whole number from 0 to ${max}, not ${String(value)}.`);
}
