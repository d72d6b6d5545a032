import { Actor } from 'apify';
import { PlaywrightCrawler } from 'crawlee';

import { visit } from './visit.js';

await Actor.init();
const { baseUrl } = await Actor.getInput();

// Fingerprints draw a size of the window for each browser: pictures would be others in each process.
const browserPoolOptions = { useFingerprints: false };
const crawler = new PlaywrightCrawler({ browserPoolOptions, requestHandler: visit });
await crawler.run([`${baseUrl}/s?k=phone&page=1`]);
await Actor.exit();
