import { Actor } from 'apify';
import { type CheerioCrawlingContext, type RouterHandler, createCheerioRouter } from '@crawlee/cheerio';

import { OFFERS, PRODUCT, START } from '../../src/demo-actor/constants.js';
import type { ReadyInput } from '../../src/demo-actor/input.js';
import { findDescription, findOffers, findProducts, hasNextPage } from '../../src/demo-actor/pages.js';
import {
    type OffersData,
    type ProductData,
    type StartData,
    offersRequest,
    productRequest,
    startRequest,
} from '../../src/demo-actor/requests.js';
import type { AsinTracker } from './asin-tracker.js';

export function createRouter(input: ReadyInput, tracker: AsinTracker): RouterHandler<CheerioCrawlingContext> {
    const { baseUrl, keyword, maxPages } = input;
    const router = createCheerioRouter();

    router.addHandler<StartData>(START, async ({ $, request, crawler }) => {
        await crawler.addRequests(findProducts($).map((product) => productRequest(baseUrl, product)));

        const nextPage = request.userData.page + 1;
        if (hasNextPage($) && nextPage <= maxPages) {
            await crawler.addRequests([startRequest(baseUrl, keyword, nextPage)]);
        }
    });

    router.addHandler<ProductData>(PRODUCT, async ({ $, request, crawler }) => {
        const { asin, title } = request.userData;
        await crawler.addRequests([offersRequest(baseUrl, { asin, title, description: findDescription($) })]);
    });

    router.addHandler<OffersData>(OFFERS, async ({ $, request }) => {
        const { asin, title, description } = request.userData;

        tracker.add(asin);
        for (const offer of findOffers($)) {
            tracker.increment(asin);
            await Actor.pushData({ asin, title, description, keyword, ...offer });
        }
    });

    return router;
}
