import { Actor } from 'apify';
import { PlaywrightCrawler } from 'crawlee';

import { createHandler, sellersOf } from './handler.js';
import { Writer } from './writer.js';

await Actor.init();
const { baseUrl } = await Actor.getInput();

const writer = await Writer.open();
const crawler = new PlaywrightCrawler({ requestHandler: createHandler(writer) });

await crawler.run([`${baseUrl}/s?k=phone&page=1`]);
await writer.close();
await Actor.setValue('OUTPUT', sellersOf(writer.pages));
await Actor.exit();
