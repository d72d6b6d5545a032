import { Actor } from 'apify';
import { BasicCrawler } from 'crawlee';

await Actor.init();
const { baseUrl } = await Actor.getInput();

// The flaw: nobody saves this, so whoever moves the Actor sets it back to 0.
let products = 0;

const crawler = new BasicCrawler({
    maxConcurrency: 2,
    requestHandler: async ({ request }) => {
        const html = await (await fetch(request.url)).text();
        if (request.label === 'product') {
            const [, description = ''] = /id="productDescription"><p>([^<]*)/.exec(html) ?? [];
            await Actor.pushData({ url: request.url, description: description.trim() });
            products++;
            return;
        }
        const asins = new Set([...html.matchAll(/data-asin="(B0\w{8})"/g)].map(([, asin]) => asin));
        await crawler.addRequests([...asins].map((asin) => ({ url: `${baseUrl}/dp/${asin}`, label: 'product' })));
    },
});

await crawler.run([`${baseUrl}/s?k=phone&page=1`]);
await Actor.setValue('OUTPUT', { products });
await Actor.exit();
