import { beforeAll, describe, expect, onTestFinished } from 'vitest';

import { claim } from '../src/checks/claim.js';
import { Experiment } from '../src/checks/experiment.js';

describe('after a migration', () => {
    interface Seen {
        sessions: { good: string; bad: string } | string[];
        next: { named: string; keyed: string; unnamed: string };
        statistics: { requestsFinished: number; requestsWithStatusCode: Record<string, number>; retryErrors: object };
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
                requestHandler: ({ request }) => {
                    crawler.stats.registerStatusCode(200);
                    if (boot === 1 && request.retryCount === 0) throw new Error('once');
                },
            });
            await crawler.run(['http://shop.test/' + boot]);
            const { requestsFinished, requestsWithStatusCode, retryErrors } = crawler.stats.toJSON();

            const pool = await SessionPool.open();
            let sessions = pool.getState().sessions.map(({ id }) => id);
            if (boot === 1) {
                const [good, bad] = [await pool.getSession(), await pool.getSession()];
                bad.retire();
                sessions = { good: good.id, bad: bad.id };
            }

            const next = {};
            const sources = ['http://shop.test/a', 'http://shop.test/b'];
            const lists = {
                named: await RequestList.open('products', sources),
                keyed: await RequestList.open(null, sources, { persistStateKey: 'LIST' }),
                unnamed: await RequestList.open(null, sources),
            };
            for (const [key, list] of Object.entries(lists)) {
                const request = await list.fetchNextRequest();
                await list.markRequestHandled(request);
                next[key] = request.url;
            }
            await Actor.setValue('SEEN-' + boot, {
                sessions,
                next,
                statistics: { requestsFinished, requestsWithStatusCode, retryErrors },
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

    claim('status-codes-forgotten', 'the statistics have forgotten status codes and errors', () => {
        expect(before.statistics.requestsWithStatusCode).toEqual({ 200: 2 });
        expect(after.statistics.requestsWithStatusCode).toEqual({ 200: 1 });
        expect(before.statistics.retryErrors).not.toEqual({});
        expect(after.statistics.retryErrors).toEqual({});
    });

    claim('request-list-by-name', 'a request list goes on only if it has a name or a persistStateKey', () => {
        const first = 'http://shop.test/a';
        expect(before.next).toEqual({ named: first, keyed: first, unnamed: first });
        expect(after.next).toEqual({ named: 'http://shop.test/b', keyed: 'http://shop.test/b', unnamed: first });
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
