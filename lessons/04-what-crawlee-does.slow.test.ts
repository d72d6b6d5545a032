import { beforeAll, describe, expect, onTestFinished } from 'vitest';

import { claim } from '../src/checks/claim.js';
import { Experiment } from '../src/checks/experiment.js';

/** A crawler of five pages, three at a time, whose handlers count in `useState` after a while. */
const crawl = (options: { init: string; beforeRun?: string }): string => `
    import { setTimeout as sleep } from 'node:timers/promises';
    import { BasicCrawler } from '@crawlee/cheerio';
    import { Actor } from 'apify';
    await Actor.init(${options.init});
    const state = await Actor.useState('STATE', { n: 0 });
    const crawler = new BasicCrawler({
        minConcurrency: 3,
        maxConcurrency: 3,
        requestHandler: async ({ request }) => {
            console.log('begin ' + request.url);
            await sleep(1_000);
            state.n++;
            await Actor.pushData({ url: request.url });
        },
    });
    ${options.beforeRun ?? ''}
    await crawler.run([1, 2, 3, 4, 5].map((n) => 'http://127.0.0.1/' + n));
    console.log('run resolved');
    await Actor.exit();
`;

interface Requests {
    handled: string[];
    /** Unique keys of the requests that are free at a time, in milliseconds from now. */
    freeIn: (millis: number) => number;
}

function requests({ test, run }: Experiment): Requests {
    const { content } = test.platform.store.find('request-queues', run.record.requestQueueId);
    return {
        handled: [...content.listing()].filter(({ request }) => request.handledAt).map(({ request }) => request.url),
        freeIn: (millis) => content.head(100, Date.now() + millis).length,
    };
}

const begun = ({ lines }: Experiment): string[] => lines.filter((line) => line.startsWith('begin '));

describe('a migration that reaches three handlers in flight, without the reboot of the SDK,', () => {
    let saved: unknown;
    let rows: number;
    let handled: number;
    let begunBefore: number;
    let finished: string[];
    let statistics: Record<string, unknown>;
    let lockedFor: [before: number, after: number];
    /** Requests that are not locked when the process has just been killed. */
    let free: number;
    let rowsInTheEnd: number;

    beforeAll(async () => {
        const experiment = await Experiment.start(crawl({ init: '{ gracefulShutdown: false }' }));
        await experiment.printed('begin ', 3);
        // In a moment before the locks are due, and one after.
        lockedFor = [requests(experiment).freeIn(170_000), requests(experiment).freeIn(181_000)];
        const { platform } = experiment.test;
        const killed = new Promise<void>((resolve) => {
            platform.on('entry', (entry) => {
                if (entry.type !== 'run.exit' || rows !== undefined) return;
                saved = experiment.record('STATE');
                rows = experiment.items().length;
                handled = requests(experiment).handled.length;
                begunBefore = begun(experiment).length;
                free = requests(experiment).freeIn(0);
                statistics = experiment.record('SDK_CRAWLER_STATISTICS_0')!;
                resolve();
            });
        });
        await experiment.run.migrate({ graceMillis: 3_000 });
        await killed;
        await experiment.finished();
        finished = begun(experiment);
        rowsInTheEnd = experiment.items().length;
        await experiment.close();
    });

    claim('in-flight-under-count', 'saves the state before they have counted, and marks their requests handled', () => {
        expect({ saved, rows, handled }).toEqual({ saved: { n: 0 }, rows: 3, handled: 3 });
    });

    claim('crawlee-pauses', 'has Crawlee begin no further request, and neither has an abort', async () => {
        expect(begunBefore).toBe(3);

        const aborted = await Experiment.start(crawl({ init: '{ gracefulShutdown: false }' }), {
            settings: { abortGraceMillis: 3_000 },
        });
        onTestFinished(async () => aborted.close());
        await aborted.printed('begin ', 3);
        aborted.run.abort({ gracefully: true });
        await aborted.finished();
        expect(aborted.items()).toHaveLength(3);
        expect(begun(aborted)).toHaveLength(3);
    });

    claim('locks-given-back', 'gives back the locks on requests that have not begun', () => {
        expect(free).toBe(2);
    });

    claim('statistics-saved', 'leaves the counters of the statistics in the default key-value store', () => {
        expect(statistics).toMatchObject({ requestsFinished: 3, requestsFailed: 0 });
    });

    claim('run-again-is-safe', 'lets the next process add the same requests again, and only the rest is done', () => {
        expect(new Set(finished).size).toBe(5);
        expect(finished).toHaveLength(5);
        expect(rowsInTheEnd).toBe(5);
    });

    claim('lock-180', 'finds the requests of the default queue locked for 180 seconds', () => {
        expect(lockedFor).toEqual([0, 5]);
    });
});

describe('a graceful abort that reaches three handlers in flight', () => {
    claim(
        'exit-saves-too-early',
        'has the state saved when they have not counted yet, by Actor.exit() too',
        async () => {
            const experiment = await Experiment.start(
                crawl({ init: '', beforeRun: `Actor.on('persistState', () => console.log('saves ' + state.n));` }),
            );
            onTestFinished(async () => experiment.close());
            await experiment.printed('begin ', 3);

            experiment.run.abort({ gracefully: true });
            await experiment.finished();

            expect(experiment.lines.filter((line) => line.startsWith('saves ')).slice(-2)).toEqual([
                'saves 0',
                'saves 0',
            ]);
            expect(experiment.record('STATE')).toEqual({ n: 0 });
            expect(experiment.items()).toHaveLength(3);
            expect(requests(experiment).handled).toHaveLength(3);
        },
    );
});

describe('waiting for handlers in flight, and then saving,', () => {
    claim('drain-then-save', 'keeps what they count, also with the default of the SDK', async () => {
        const experiment = await Experiment.start(
            crawl({
                init: '',
                beforeRun: `
                    Actor.on('migrating', async () => {
                        while ((crawler.autoscaledPool?.currentConcurrency ?? 0) > 0) await sleep(20);
                        await Actor.setValue('STATE', state);
                    });
                `,
            }),
        );
        onTestFinished(async () => experiment.close());
        await experiment.printed('begin ', 3);

        const { platform } = experiment.test;
        const kept = new Promise((resolve) => {
            platform.on('entry', (entry) => {
                if (entry.type === 'run.exit') resolve([experiment.record('STATE'), experiment.items().length]);
            });
        });
        await experiment.run.migrate({ graceMillis: 20_000 });

        expect(await kept).toEqual([{ n: 3 }, 3]);
    });
});

/** Runs a few lines in an Actor and gives what they print behind `> `. */
async function print(lines: string): Promise<string[]> {
    const experiment = await Experiment.start(`
        import { BasicCrawler } from '@crawlee/cheerio';
        import { Actor } from 'apify';
        await Actor.init();
        const print = (value) => console.log('> ' + JSON.stringify(value));
        ${lines}
        await Actor.exit();
    `);
    onTestFinished(async () => experiment.close());
    await experiment.finished();
    return experiment.lines.filter((line) => line.startsWith('> ')).map((line) => line.slice(2));
}

describe('useState', () => {
    claim('use-state-shared', 'of two crawlers in one process is one and the same object', async () => {
        const printed = await print(`
            const [first, second] = [new BasicCrawler(), new BasicCrawler()];
            print((await first.useState({ n: 0 })) === (await second.useState({ n: 5 })));
        `);

        expect(printed).toEqual(['true']);
    });

    claim('use-state-signature', 'of the Actor takes a name first, and refuses the state alone', async () => {
        const printed = await print(`
            await Actor.useState({ n: 0 }).catch((error) => print(error.name));
            print(await Actor.useState('NAME', { n: 0 }));
        `);

        expect(printed).toEqual(['"ArgumentError"', '{"n":0}']);
    });

    claim('crash-loses-state', 'changes since the last persistState are gone after a crash', async () => {
        const experiment = await Experiment.start(`
            import { Actor } from 'apify';
            await Actor.init();
            const state = await Actor.useState('STATE', { n: 0 });
            console.log('found ' + state.n);
            state.n++;
            console.log('ready');
            setInterval(() => {}, 1_000);
        `);
        onTestFinished(async () => experiment.close());
        await experiment.printed('ready');

        await experiment.run.crash();
        await experiment.printed('found ', 2);

        expect(experiment.lines.filter((line) => line.startsWith('found '))).toEqual(['found 0', 'found 0']);
    });
});

describe('getValue', () => {
    claim('get-value-null', 'gives null for a record that is not there', async () => {
        expect(await print(`print(await Actor.getValue('NOTHING'));`)).toEqual(['null']);
    });
});

describe('a crawler', () => {
    claim('no-add-request', 'has addRequests, and no addRequest', async () => {
        const printed = await print(`
            const crawler = new BasicCrawler();
            print([typeof crawler.addRequests, typeof crawler.addRequest]);
        `);

        expect(printed).toEqual(['["function","undefined"]']);
    });
});
