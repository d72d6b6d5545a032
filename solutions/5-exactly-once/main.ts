import { Actor } from 'apify';
import { CheerioCrawler } from '@crawlee/cheerio';

import { readInput } from '../../src/demo-actor/input.js';
import { startRequest } from '../../src/demo-actor/requests.js';
import { AsinTracker } from './asin-tracker.js';
import { createRouter } from './routes.js';

await Actor.init();

const input = await readInput();

const tracker = new AsinTracker(await Actor.openDataset(), await Actor.openKeyValueStore());
await tracker.start();

const crawler = new CheerioCrawler({
    requestHandler: createRouter(input, tracker),
    proxyConfiguration: input.proxyConfiguration,
    minConcurrency: 3,
});

await crawler.run([startRequest(input.baseUrl, input.keyword)]);

await tracker.stop();
await Actor.setValue('OUTPUT', tracker.counts);

await Actor.exit();
