import { Actor } from 'apify';
import { PlaywrightCrawler } from 'crawlee';

import { saveBeforeMoving } from './drain.js';
import { createHandler } from './handler.js';

await Actor.init();
const { baseUrl } = await Actor.getInput();

const offers = await Actor.useState('OFFERS', {});
const requestHandler = createHandler(offers);
const crawler = new PlaywrightCrawler({ requestHandler });
saveBeforeMoving([crawler], async () => Actor.setValue('OFFERS', offers));

await crawler.run([`${baseUrl}/s?k=phone&page=1`]);
await Actor.setValue('OUTPUT', offers);
await Actor.exit();
