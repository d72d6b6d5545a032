import { Actor } from 'apify';
import { PuppeteerCrawler } from 'crawlee';
import puppeteer from 'puppeteer-core';

import { visit } from './visit.js';

await Actor.init();
const { baseUrl } = await Actor.getInput();

// Fingerprints draw a size of the window for each browser: pictures would be others in each process.
const browserPoolOptions = { useFingerprints: false };
const launchContext = {
    launcher: puppeteer,
    launchOptions: { executablePath: Actor.config.get('defaultBrowserPath') },
};
// One product at a time: side by side, two can be between push and end when one is struck.
const crawler = new PuppeteerCrawler({ launchContext, browserPoolOptions, maxConcurrency: 1, requestHandler: visit });
await crawler.run([`${baseUrl}/s?k=phone&page=1`]);
await Actor.exit();
