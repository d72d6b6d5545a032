import { Actor } from 'apify';
import { PlaywrightCrawler } from 'crawlee';

import { visit } from './visit.js';

await Actor.init();
const { baseUrl } = await Actor.getInput();

// Fingerprints draw a size of the window for each browser: pictures would be others in each process.
const browserPoolOptions = { useFingerprints: false };
// One product at a time: side by side, two can be between push and end when one is struck.
const crawler = new PlaywrightCrawler({ browserPoolOptions, maxConcurrency: 1, requestHandler: visit });
await crawler.run([`${baseUrl}/s?k=phone&page=1`]);
await Actor.exit();
