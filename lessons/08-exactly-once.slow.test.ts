import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { describe, expect, onTestFinished } from 'vitest';

import { claim } from '../src/checks/claim.js';
import { Experiment } from '../src/checks/experiment.js';
import { EXPECTED } from '../src/trial/expected.js';
import { commandOf, STEPS } from '../src/trial/steps.js';
import type { Fault } from '../src/faults/fault-plan.js';
import { parseShopTrigger } from '../src/trial/shop-plan.js';
import { parseApiFault } from '../src/faults/api-fault.js';
import { runTrial, type TrialResult } from '../src/trial/trial.js';

interface Disturbance {
    fault?: Fault;
    apiFault?: string;
    products?: number;
    readLagMillis?: number;
}

async function trial(number: number, disturbance: Disturbance = {}): Promise<TrialResult> {
    const { fault, apiFault, products = 12, readLagMillis = 0 } = disturbance;
    const step = STEPS[number]!;
    const dir = await mkdtemp(join(tmpdir(), 'actors-move-'));
    try {
        return await runTrial({
            actor: { name: `step-${number}`, command: commandOf(step), cwd: dir },
            plan: fault ? [{ fault, trigger: parseShopTrigger(step.strikeAt) }] : [],
            ...(apiFault !== undefined && { apiFaults: [parseApiFault(apiFault)] }),
            readLagMillis,
            dir,
            shop: { products },
        });
    } finally {
        await rm(dir, { recursive: true, force: true });
    }
}

const calls = (result: TrialResult): number => Object.values(result.calls).reduce((sum, count) => sum + count, 0);

describe('a page that Crawlee is fetching when migrating comes', () => {
    claim('fetched-pages-count', 'is in flight without a handler, and gets its handler after the event', async () => {
        let held: ServerResponse | undefined;
        const site = createServer((_, response) => (held = response));
        site.listen(0, '127.0.0.1');
        await once(site, 'listening');
        onTestFinished(() => {
            site.close();
        });
        const experiment = await Experiment.start(`
            import { CheerioCrawler } from '@crawlee/cheerio';
            import { Actor } from 'apify';
            await Actor.init({ gracefulShutdown: false });
            let handlers = 0;
            const crawler = new CheerioCrawler({
                requestHandler: async () => {
                    handlers++;
                    await Actor.pushData({ row: 1 });
                    console.log('pushed');
                },
            });
            Actor.on('migrating', () => {
                console.log('handlers ' + handlers + ', in flight ' + crawler.autoscaledPool.currentConcurrency);
            });
            await crawler.run(['http://127.0.0.1:${(site.address() as AddressInfo).port}']);
        `);
        onTestFinished(async () => experiment.close());

        await once(site, 'request');
        const migrated = experiment.run.migrate({ graceMillis: 60_000 });
        await experiment.printed('in flight');
        held!.setHeader('content-type', 'text/html').end('<html></html>');
        await experiment.printed('pushed');

        expect(experiment.lines).toContain('handlers 0, in flight 1');
        await experiment.close();
        await migrated;
    });
});

describe('waiting for handlers before saving (step 4)', () => {
    // What the table says of a step is what it shows: `steps-struck.slow.test.ts` runs each of its cells.
    claim('drain-is-exact', 'is exact under a migration and a graceful abort, and not under a crash', () => {
        const { migrate, abort, crash } = EXPECTED[4]!;

        expect([migrate, abort, crash]).toEqual([
            ['exact', 'exact'],
            ['exact', 'exact'],
            ['lost', 'duplicated'],
        ]);
    });
});

describe('group commit (step 5)', () => {
    claim('fewer-calls', 'makes at most three quarters of the API calls that step 2 makes', async () => {
        const [two, five] = [await trial(2, { products: 60 }), await trial(5, { products: 60 })];

        expect(calls(five) / calls(two)).toBeLessThanOrEqual(0.75);
    });
});

describe('a crash after a push, where reads of the dataset lag (step 5),', () => {
    // Below the bound in step 5, 5 seconds, by less than a process takes to boot; and above by far.
    claim('lag-below-bound', 'changes nothing below the bound', async () => {
        const { verdict } = await trial(5, { fault: 'crash', readLagMillis: 4_500 });

        expect(verdict).toMatchObject({ exact: true, boots: 2 });
    });

    claim('lag-above-bound', 'leaves rows twice above it, and the counts right', async () => {
        const { verdict } = await trial(5, { fault: 'crash', readLagMillis: 600_000 });

        expect(verdict.tracker.status).toBe('exact');
        expect(verdict.dataset).toMatchObject({ status: 'duplicated', missing: 0 });
    });
});

describe("Apify's client", () => {
    claim('sent-again', 'sends a push again when its answer is cut off, and the rows are there twice', async () => {
        for (const step of [2, 5]) {
            const { verdict } = await trial(step, { apiFault: 'datasets.items.post:reset-after@2' });

            expect(verdict.tracker.status).toBe('exact');
            expect(verdict.dataset).toMatchObject({ status: 'duplicated', missing: 0 });
            expect(verdict.dataset.duplicates).toBeGreaterThan(0);
        }
    });
});
