import { Actor } from 'apify';

/** Handles search pages and offers pages, for any crawler that can parse a page with Cheerio. */
export const createHandler =
    (offers) =>
    async ({ parseWithCheerio, request, crawler }) => {
        const $ = await parseWithCheerio();
        const { asin } = request.userData;
        if (asin === undefined) {
            const { origin } = new URL(request.url);
            const asins = new Set([...$('div[data-asin^="B0"]')].map((element) => $(element).attr('data-asin')));
            const toRequest = (found) => ({
                url: `${origin}/gp/aod/ajax?asin=${found}&pc=dp`,
                userData: { asin: found },
            });
            await crawler.addRequests([...asins].map(toRequest));
            return;
        }
        const sellers = [...$('[id="aod-offer"]')].map((offer) => $(offer).find('#aod-offer-soldBy a').text().trim());
        await Actor.pushData(sellers.map((seller) => ({ asin, seller }))); // one call, at the end
        offers[asin] = sellers.length; // set, not added: doing it twice is doing it once
    };
