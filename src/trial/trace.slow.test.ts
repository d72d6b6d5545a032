import { cpSync, mkdirSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { describe, expect, it, onTestFinished } from 'vitest';

import { MovedRun } from '../mover/moved-run.js';
import { readTraceOf } from '../platform/index.js';
import { openShop } from '../shop/index.js';
import { snapshot } from '../trace/fixtures/snapshot.js';
import type { State } from '../trace/fold.js';
import { Moment } from '../trace/moment.js';
import { stateAt } from '../trace/trace.js';
import { judgeTrace } from './judge-trace.js';
import { parseShopPlan } from './shop-plan.js';
import { commandOf, STEPS } from './steps.js';
import { runTrial } from './trial.js';

async function temporaryFolder(): Promise<string> {
    const dir = await mkdtemp(join(tmpdir(), 'actors-move-'));
    onTestFinished(async () => rm(dir, { recursive: true, force: true, maxRetries: 3 }));
    return dir;
}

describe.each([
    { number: 2, plan: 'crash:dataset_items_post@9:after,migrate:offers@6' },
    { number: 5, plan: 'abort:offers@2,crash:keyValueStore_record_put@4:before' },
])('the trace of step $number under $plan', ({ number, plan }) => {
    it('gives the state at every index that the platform had, and answered with, at that moment', async () => {
        const dir = await temporaryFolder();
        const shop = await openShop({
            products: 4,
            onRequest: () => {},
            beforeServe: (page) => moved.striker.onPage(page),
        });
        const live = new Map<number, string>();
        let count = 0;
        const answers: { call: number; path: string; data: unknown }[] = [];
        const moved: MovedRun = new MovedRun({
            actor: { name: 'step', command: commandOf(STEPS[number]!), cwd: dir },
            plan: parseShopPlan(plan),
            dir,
            onEntry: (entry) => {
                const index = count++;
                if (!isOpen) return;
                const { store } = moved.platform;
                live.set(
                    index,
                    look(store.state, (value) => store.bytesOf(value), entry.at),
                );
                if (entry.type === 'items.pushed') void ask(`/datasets/${entry.id}/items`);
                if (entry.type === 'run.status') void ask(`/actor-runs/${entry.id}`);
                if (entry.type === 'call' && entry.runId === undefined) newest = entry.call;
            },
        });
        let isOpen = false;
        let newest = 0;
        let asking = Promise.resolve();
        // One after the other, so that the call that comes next without a run is this one.
        const ask = async (path: string): Promise<void> => {
            asking = asking.then(async () => {
                const { baseUrl, token } = moved.platform;
                const response = await fetch(`${baseUrl}/v2${path}`, { headers: { authorization: `Bearer ${token}` } });
                answers.push({ call: newest, path, data: await response.json() });
            });
            return asking;
        };
        await moved.open();
        isOpen = true;
        try {
            await moved.start({ input: { keyword: shop.keyword, baseUrl: shop.baseUrl } });
            await moved.finished();
            await asking;
            isOpen = false;
        } finally {
            await moved.close();
            await shop.close();
        }

        const trace = readTraceOf(dir);
        expect(trace.lacks).toEqual([]);
        expect(trace.entries).toHaveLength(count);
        const moment = new Moment();
        trace.entries.forEach((entry, index) => {
            moment.apply(entry);
            const at = (state: State): string => look(state, (value) => trace.bytesOf(value), entry.at);
            // While the platform was being opened and closed, nobody could look.
            expect([index, at(moment.state)]).toEqual([index, live.get(index) ?? at(moment.state)]);
        });
        for (const index of [...live.keys()].filter((place) => place % 10 === 0)) {
            const { at } = trace.entries[index]!;
            const { state } = stateAt(trace, index);
            expect([index, look(state, (value) => trace.bytesOf(value), at)]).toEqual([index, live.get(index)]);
        }
        expect(live.size).toBeGreaterThan(100);
        for (const { call, path, data } of answers) {
            const index = trace.entries.findLastIndex((entry) => entry.type === 'call' && entry.call === call);
            const { state } = stateAt(trace, index);
            const [, kind, id = ''] = path.split('/');
            const items = state.storages.datasets.get(id)?.content.items;
            const { status } = state.runs.get(id) ?? {};
            expect(data).toMatchObject(kind === 'datasets' ? items! : { data: { status } });
        }
        expect(answers.length).toBeGreaterThan(5);
    });
});

/** As text, so that what is changed later stays what it was. */
function look(...args: Parameters<typeof snapshot>): string {
    return JSON.stringify(snapshot(...args));
}

describe('a trial', () => {
    it('can be judged again from its folder alone, wherever that lies', async () => {
        const dir = await temporaryFolder();
        const { verdict, counts, missed, calls, pagesExpected } = await runTrial({
            actor: { name: 'step-2', command: commandOf(STEPS[2]!), cwd: dir, env: { SECRET: 'of nobody’s business' } },
            plan: parseShopPlan('crash:dataset_items_post@9:after'),
            shop: { products: 4 },
            dir,
        });

        const elsewhere = await temporaryFolder();
        mkdirSync(join(elsewhere, 'copy'));
        cpSync(dir, join(elsewhere, 'copy'), { recursive: true });
        const trace = readTraceOf(join(elsewhere, 'copy'));

        expect(judgeTrace(trace)).toMatchObject({ verdict, counts, missed, calls, pagesExpected });
        expect(trace.head).toMatchObject({
            actors: [{ name: 'step-2', env: expect.arrayContaining(['SECRET']) }],
            subject: { plan: 'crash:dataset_items_post@9:after', shop: { options: { products: 4 }, pages: 9 } },
        });
        expect(JSON.stringify(trace.entries)).not.toContain('of nobody’s business');
    });
});
