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
const crawler = new PuppeteerCrawler({ launchContext, browserPoolOptions, requestHandler: visit });
await crawler.run([`${baseUrl}/s?k=phone&page=1`]);
await Actor.exit();
