import { beforeAll, describe, expect, onTestFinished } from 'vitest';

import { claim } from '../src/checks/claim.js';
import { Experiment } from '../src/checks/experiment.js';

describe('after a migration', () => {
    interface Seen {
        sessions: { good: string; bad: string } | string[];
        next: { named: string; unnamed: string };
        statistics: { requestsFinished: number; requestsWithStatusCode: Record<string, number> };
    }
    let before: Seen;
    let after: Seen;
    beforeAll(async () => {
        const experiment = await Experiment.start(`
            import { Actor } from 'apify';
            import { BasicCrawler, RequestList, SessionPool } from '@crawlee/cheerio';

            await Actor.init();
            const boot = ((await Actor.getValue('BOOTS')) ?? 0) + 1;
            await Actor.setValue('BOOTS', boot);

            const crawler = new BasicCrawler({
                useSessionPool: false,
                requestHandler: () => crawler.stats.registerStatusCode(200),
            });
            await crawler.run(['http://shop.test/' + boot]);
            const { requestsFinished, requestsWithStatusCode } = crawler.stats.state;

            const pool = await SessionPool.open();
            let sessions = pool.getState().sessions.map(({ id }) => id);
            if (boot === 1) {
                const [good, bad] = [await pool.getSession(), await pool.getSession()];
                bad.retire();
                sessions = { good: good.id, bad: bad.id };
            }

            const next = {};
            for (const [key, name] of [['named', 'products'], ['unnamed', null]]) {
                const list = await RequestList.open(name, ['http://shop.test/a', 'http://shop.test/b']);
                const request = await list.fetchNextRequest();
                await list.markRequestHandled(request);
                next[key] = request.url;
            }
            await Actor.setValue('SEEN-' + boot, {
                sessions,
                next,
                statistics: { requestsFinished, requestsWithStatusCode },
            });
            console.log('ready');
            if (boot === 1) await new Promise((resolve) => setInterval(() => {}, 1_000));
            await Actor.exit();
        `);
        await experiment.printed('ready');
        await experiment.run.migrate();
        await experiment.finished();
        before = experiment.record<Seen>('SEEN-1')!;
        after = experiment.record<Seen>('SEEN-2')!;
        await experiment.close();
    });

    claim('sessions-come-back', 'the session pool has its usable sessions back, without the retired ones', () => {
        const { good } = before.sessions as { good: string };
        expect(after.sessions).toEqual([good]);
    });

    claim('statistics-go-on', 'the statistics go on counting finished requests', () => {
        expect(before.statistics.requestsFinished).toBe(1);
        expect(after.statistics.requestsFinished).toBe(2);
    });

    claim('status-codes-forgotten', 'the statistics have forgotten the status codes', () => {
        expect(before.statistics.requestsWithStatusCode).toEqual({ 200: 1 });
        expect(after.statistics.requestsWithStatusCode).toEqual({ 200: 1 });
    });

    claim('request-list-by-name', 'a request list goes on only if it has a name', () => {
        expect(before.next).toEqual({ named: 'http://shop.test/a', unnamed: 'http://shop.test/a' });
        expect(after.next).toEqual({ named: 'http://shop.test/b', unnamed: 'http://shop.test/a' });
    });
});

describe('what nobody keeps for you:', () => {
    claim('retry-pushes-again', 'a handler that fails after its push is run again, and pushes again', async () => {
        const experiment = await Experiment.start(`
            import { Actor } from 'apify';
            import { BasicCrawler } from '@crawlee/cheerio';

            await Actor.init();
            const crawler = new BasicCrawler({
                requestHandler: async ({ request }) => {
                    await Actor.pushData({ url: request.url });
                    if (request.retryCount === 0) throw new Error('after the push');
                },
            });
            await crawler.run(['http://shop.test']);
            await Actor.exit();
        `);
        onTestFinished(async () => experiment.close());
        await experiment.finished();

        expect(experiment.items()).toEqual([{ url: 'http://shop.test' }, { url: 'http://shop.test' }]);
    });
});
