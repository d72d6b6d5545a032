import { BasicCrawler } from '@crawlee/cheerio';
import { Actor, log } from 'apify';

await Actor.init();
const { site } = await Actor.getInput();
const { pages } = await (await fetch(`${site}/pages`)).json();

// Offers by ASIN.
const counts = (await Actor.getValue('COUNTS')) ?? {};

const crawler = new BasicCrawler({
    minConcurrency: 3,
    requestHandler: async ({ request }) => {
        const { asin, offers } = await (await fetch(request.url)).json();
        log.info(`${asin} has ${offers.length} offers`);
        counts[asin] = offers.length;
    },
});

Actor.on('migrating', async () => {
    await Actor.setValue('COUNTS', counts);
});

await crawler.run(Array.from({ length: pages }, (_, i) => `${site}/pages/${i + 1}`));

await Actor.setValue('OUTPUT', counts);
await Actor.exit();
