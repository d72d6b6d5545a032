import { expect, onTestFinished, test } from 'vitest';

import { Experiment } from '../../src/checks/experiment.js';

/** A crawler of one page, whose handler counts with step 4's tracker. */
const crawl = (shown: string): string => `
    import { BasicCrawler } from '@crawlee/cheerio';
    import { Actor } from 'apify';
    import { AsinTracker } from './dist/solutions/4-drain/asin-tracker.js';
    await Actor.init();
    const tracker = new AsinTracker();
    await tracker.start();
    const crawler = new BasicCrawler({ requestHandler: () => tracker.set('B000000001', 3) });
    tracker.saveBeforeMoving(${shown});
    await crawler.run(['http://127.0.0.1/']);
    tracker.stop();
    await Actor.exit();
`;

test.each([
    ['shows', 'SUCCEEDED', 'crawler', { B000000001: 3 }],
    // As in the release candidates of Crawlee 4, where the pool is internal.
    ['does not show', 'FAILED', '{}', {}],
])('a run whose crawler %s its handlers in flight has %s', async (_shows, status, shown, counts) => {
    const experiment = await Experiment.start(crawl(shown));
    onTestFinished(async () => experiment.close());

    expect(await experiment.finished()).toMatchObject({ status });
    expect(experiment.record('ASIN_OFFERS') ?? {}).toEqual(counts);
    const complains = experiment.lines.some((line) => line.includes('shows none of its handlers in flight'));
    expect(complains).toBe(status === 'FAILED');
});
