/** Labels that tell the router which kind of page a request is for. */
export const START = 'START';
export const PRODUCT = 'PRODUCT';
export const OFFERS = 'OFFERS';

/** Key of the record that holds the number of offers scraped from each ASIN. */
export const ASIN_OFFERS = 'ASIN_OFFERS';

/** How often the tracker logs its newest version, in ms. */
export const LOG_INTERVAL_MILLIS = 10_000;
