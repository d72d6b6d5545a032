import { Actor } from 'apify';

/** Takes a picture of each product on a search page, in whatever browser. */
export async function visit({ page, request, crawler }) {
    const { asin } = request.userData;
    if (asin === undefined) {
        const { origin } = new URL(request.url);
        const asins = await page.$$eval('div[data-asin^="B0"]', (found) => found.map((one) => one.dataset.asin));
        await crawler.addRequests(
            [...new Set(asins)].map((one) => ({ url: `${origin}/dp/${one}`, userData: { asin: one } })),
        );
        return;
    }
    await Actor.setValue(`PICTURE-${asin}`, Buffer.from(await page.screenshot()), { contentType: 'image/png' });
    await Actor.pushData({ asin, title: await page.title() });
}
