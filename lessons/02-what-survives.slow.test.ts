import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, onTestFinished } from 'vitest';

import { claim } from '../src/checks/claim.js';
import { Experiment, type ExperimentOptions } from '../src/checks/experiment.js';
import { commandOf, STEPS } from '../src/trial/steps.js';
import { parseShopTrigger } from '../src/trial/shop-plan.js';
import { runTrial } from '../src/trial/trial.js';
import type { Verdict } from '../src/trial/verdict.js';

/** An Actor that prints what it finds at each boot, and each event that it hears. */
const REPORTER = `
    import { Actor } from 'apify';
    await Actor.init();
    for (const name of ['migrating', 'aborting', 'persistState']) Actor.on(name, () => console.log('event ' + name));
    const [dataset, queue] = [await Actor.openDataset(), await Actor.openRequestQueue()];
    const stored = [
        (await dataset.getInfo()).itemCount,
        await Actor.getValue('KEPT'),
        (await queue.getInfo()).totalRequestCount,
    ];
    await Actor.pushData({ row: 1 });
    await Actor.setValue('KEPT', 'record');
    await queue.addRequest({ url: 'http://shop.test' });
    const env = Actor.getEnv();
    const storages = [env.defaultDatasetId, env.defaultKeyValueStoreId, Actor.config.get('defaultRequestQueueId')];
    console.log('boot ' + JSON.stringify({
        run: [env.actorRunId, env.actorBuildId, env.startedAt, ...storages, await Actor.getInput()],
        stored,
        timeoutAt: env.timeoutAt,
        pid: process.pid,
    }));
    setInterval(() => {}, 1_000);
`;

interface Boot {
    /** Ids of the run, of its build and of its storages, its start and its input. */
    run: unknown[];
    /** Rows, a record and requests that were there before it wrote its own. */
    stored: unknown[];
    timeoutAt: string;
    pid: number;
}

interface Report {
    before: Boot;
    after: Boot;
    /** What the run went through between the two boots. */
    statuses: string[];
    events: string[];
    counters: object;
}

/** Starts the reporter, has something strike it, and compares its first two boots. */
async function strike(how: (experiment: Experiment) => Promise<void>, options?: ExperimentOptions): Promise<Report> {
    const experiment = await Experiment.start(REPORTER, { input: { keyword: 'phone' }, ...options });
    try {
        await experiment.printed('boot ');
        const statuses: string[] = [];
        experiment.test.platform.on('entry', (entry) => {
            if (entry.type === 'run.status') statuses.push(entry.status);
        });
        await how(experiment);
        await experiment.printed('boot ', 2);
        const boots = experiment.lines.filter((line) => line.startsWith('boot '));
        const [before, after] = boots.map((line) => JSON.parse(line.slice('boot '.length)) as Boot);
        const { migrationCount, rebootCount, restartCount, resurrectCount } = experiment.run.record;
        return {
            before: before!,
            after: after!,
            statuses: [...statuses],
            events: experiment.lines.filter((line) => line.startsWith('event ')),
            counters: { migrationCount, rebootCount, restartCount, resurrectCount },
        };
    } finally {
        await experiment.close();
    }
}

const NONE = { migrationCount: 0, rebootCount: 0, restartCount: 0, resurrectCount: 0 };

/** The same run with what it had stored, in another process. */
function expectSameRun({ before, after }: Report): void {
    expect(before.run.every(Boolean)).toBe(true);
    expect(after.run).toEqual(before.run);
    expect([before.stored, after.stored]).toEqual([
        [0, null, 0],
        [1, 'record', 1],
    ]);
    expect(after.pid).not.toBe(before.pid);
}

describe('a migration', () => {
    claim(
        'migration-same-run',
        'keeps run, storages, input, timeout and RUNNING, and replaces the process',
        async () => {
            const report = await strike(async ({ run }) => run.migrate());

            expectSameRun(report);
            expect(report.after.timeoutAt).toBe(report.before.timeoutAt);
            expect(report.statuses).toEqual([]);
            // The SDK answers with its reboot.
            expect(report.counters).toEqual({ ...NONE, rebootCount: 1 });
        },
    );
});

describe('a reboot', () => {
    claim('reboot-same-run', 'keeps run, storages, input, timeout and RUNNING, and replaces the process', async () => {
        const report = await strike(async ({ run, test }) => {
            await test.client.run(run.id).reboot();
        });

        expectSameRun(report);
        expect(report.after.timeoutAt).toBe(report.before.timeoutAt);
        expect(report.statuses).toEqual([]);
        expect(report.counters).toEqual({ ...NONE, rebootCount: 1 });
    });

    claim('api-reboot-no-event', 'that somebody else asks the API for comes without an event', async () => {
        const { events } = await strike(async ({ run, test }) => {
            await test.client.run(run.id).reboot();
        });

        expect(events).toEqual([]);
    });
});

describe('a graceful abort and a resurrection', () => {
    let report: Report;

    beforeAll(async () => {
        report = await strike(async ({ run }) => {
            run.abort({ gracefully: true });
            await run.finished();
            await run.resurrect();
        });
    });

    claim('resurrect-same-run', 'keep run, storages, input, build and start time, and replace the process', () => {
        expectSameRun(report);
        expect(report.statuses).toEqual(['ABORTING', 'ABORTED', 'RUNNING']);
        expect(report.counters).toEqual({ ...NONE, resurrectCount: 1 });
    });

    claim('resurrect-timeout', 'count the timeout anew', () => {
        expect(Date.parse(report.after.timeoutAt)).toBeGreaterThan(Date.parse(report.before.timeoutAt));
    });
});

describe('a restart on error', () => {
    let report: Report;

    beforeAll(async () => {
        report = await strike(async ({ run }) => run.fail(), { restartOnError: true });
    });

    claim('restart-same-run', 'keeps run, storages, input, timeout and RUNNING, and replaces the process', () => {
        expectSameRun(report);
        expect(report.after.timeoutAt).toBe(report.before.timeoutAt);
        expect(report.statuses).toEqual([]);
        expect(report.counters).toEqual({ ...NONE, restartCount: 1 });
    });

    claim('restart-no-event', 'comes without an event', () => {
        expect(report.events).toEqual([]);
    });
});

describe('a crash', () => {
    let report: Report;

    beforeAll(async () => {
        report = await strike(async ({ run }) => run.crash());
    });

    claim('crash-same-run', 'leaves run, storages, input, timeout and RUNNING, and replaces the process', () => {
        expectSameRun(report);
        expect(report.after.timeoutAt).toBe(report.before.timeoutAt);
        expect(report.statuses).toEqual([]);
    });

    claim('crash-no-event', 'comes without an event', () => {
        expect(report.events).toEqual([]);
    });
});

/** An Actor that ends with `code` when it hears `event`. */
async function exitOn(event: string, code: number): Promise<Experiment> {
    const experiment = await Experiment.start(`
        import { Actor } from 'apify';
        await Actor.init({ gracefulShutdown: false });
        Actor.on('${event}', () => process.exit(${code}));
        console.log('ready');
        setInterval(() => {}, 1_000);
    `);
    onTestFinished(async () => experiment.close());
    await experiment.printed('ready');
    return experiment;
}

describe('an exit', () => {
    claim(
        'exit-zero-while-migrating',
        'with code 0 between migrating and the kill ends the run as SUCCEEDED',
        async () => {
            const { run } = await exitOn('migrating', 0);

            await run.migrate();

            expect(run.record).toMatchObject({ status: 'SUCCEEDED', incarnation: 1, migrationCount: 0 });
        },
    );

    claim('exit-nonzero-while-migrating', 'with another code lets the migration go on', async () => {
        const { run } = await exitOn('migrating', 1);

        await run.migrate();

        expect(run.record).toMatchObject({ status: 'RUNNING', incarnation: 2, migrationCount: 1 });
    });

    claim(
        'exit-zero-while-aborting',
        'during a graceful abort ends the run as ABORTED, whatever its code',
        async () => {
            for (const code of [0, 1]) {
                const { run } = await exitOn('aborting', code);
                run.abort({ gracefully: true });
                expect(await run.finished()).toMatchObject({ status: 'ABORTED' });
            }
        },
    );
});

describe('a migration of a plain crawler', () => {
    let verdict: Verdict;

    beforeAll(async () => {
        const step = STEPS[0]!;
        const dir = await mkdtemp(join(tmpdir(), 'actors-move-'));
        try {
            const actor = { name: 'step-0', command: commandOf(step), cwd: dir };
            const plan = [{ fault: 'migrate', trigger: parseShopTrigger(step.strikeAt) }] as const;
            ({ verdict } = await runTrial({ actor, plan, dir }));
        } finally {
            await rm(dir, { recursive: true, force: true });
        }
    });

    claim('queue-survives', 'leaves the request queue: every page is scraped in the end, and most only once', () => {
        expect(verdict).toMatchObject({ ended: 'SUCCEEDED', boots: 2, dataset: { missing: 0 } });
        // Three handlers at a time: what was done before was not asked for again.
        expect(verdict.pages.again).toBeLessThan(verdict.pages.requested / 2);
    });

    claim('in-flight-again', 'does the pages in flight again, and what they had pushed is there twice', () => {
        expect(verdict.pages.again).toBeGreaterThan(0);
        expect(verdict.dataset.duplicates).toBeGreaterThan(0);
    });
});

describe('a graceful abort of a crawler', () => {
    let experiment: Experiment;
    beforeAll(async () => {
        experiment = await Experiment.start(`
            import { Actor } from 'apify';
            import { BasicCrawler } from '@crawlee/cheerio';

            await Actor.init();
            const second = await Actor.getValue('FINISHED') !== null;
            const crawler = new BasicCrawler({
                maxConcurrency: 1,
                requestHandler: async ({ request }) => {
                    console.log('works on ' + request.uniqueKey);
                    if (!second) await new Promise((resolve) => Actor.on('aborting', resolve));
                    await Actor.setValue('FINISHED', request.uniqueKey);
                },
            });
            await crawler.run(['a', 'b'].map((uniqueKey) => ({ url: 'http://shop.test', uniqueKey })));
            console.log('after the crawl');
            await Actor.exit();
        `);
        await experiment.printed('works on a');
        const client = experiment.test.client.run(experiment.run.id);
        await client.abort({ gracefully: true });
        await experiment.finished();
    });
    afterAll(async () => experiment.close());

    claim('abort-lets-handlers-end', 'lets the handler in flight end', () => {
        expect(experiment.record('FINISHED')).toBe('a');
    });

    claim('abort-skips-the-rest', 'takes no further request and runs nothing that stands after the crawl', () => {
        expect(experiment.lines).not.toContain('works on b');
        expect(experiment.lines).not.toContain('after the crawl');
    });

    claim('resurrection-goes-on', 'that is followed by a resurrection goes on with the rest of the queue', async () => {
        await experiment.test.client.run(experiment.run.id).resurrect();
        expect(await experiment.finished()).toMatchObject({ status: 'SUCCEEDED', resurrectCount: 1, incarnation: 2 });
        const worked = experiment.lines.filter((line) => line.startsWith('works on'));
        expect(worked).toEqual(['works on a', 'works on b']);
    });
});
