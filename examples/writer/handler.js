/** Handles search pages and offers pages, for any crawler that can parse a page with Cheerio. */
export const createHandler =
    (writer) =>
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
        // An offer has no id of its own. The page's key and its place on the page make one that a repetition makes again.
        const rows = sellers.map((seller, n) => ({ id: `${request.uniqueKey}#${n}`, asin, seller }));
        await writer.write(request.uniqueKey, rows, sellers);
    };

/** Offers of each seller. Several pages feed each of these numbers, so they are sums over the pages. */
export function sellersOf(pages) {
    const offers = {};
    for (const seller of Object.values(pages).flat()) offers[seller] = (offers[seller] ?? 0) + 1;
    return offers;
}
