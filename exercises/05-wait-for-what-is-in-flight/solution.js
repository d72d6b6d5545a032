import { setTimeout as sleep } from 'node:timers/promises';

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

let deadline;
Actor.on('migrating', async ({ timeRemainingSecs = 5 } = {}) => {
    deadline ??= Date.now() + (timeRemainingSecs - 1) * 1_000;
    while (crawler.autoscaledPool.currentConcurrency > 0 && Date.now() < deadline) {
        await sleep(20);
    }
    await Actor.setValue('COUNTS', counts);
});

await crawler.run(Array.from({ length: pages }, (_, i) => `${site}/pages/${i + 1}`));

await Actor.setValue('OUTPUT', counts);
await Actor.exit();
