import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { projectRoot } from '../base/paths.js';
import { commandOf, STEPS } from './steps.js';
import { isAlive } from '../base/is-alive.js';
import { parseShopTrigger } from './shop-plan.js';
import type { TraceEntry } from '../trace/recorded.js';
import { runTrial, type TrialOptions } from './trial.js';

let dir: string;

beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'actors-move-'));
});

afterEach(async () => {
    await rm(dir, { recursive: true, force: true });
});

const hanging = (): TrialOptions => {
    const file = fileURLToPath(new URL('fixtures/hangs.mjs', import.meta.url));
    return { actor: { name: 'hangs', command: [process.execPath, file], cwd: dir }, plan: [], dir };
};

/** A tracker that boots at once. */
const plain = (): TrialOptions => {
    const file = join(projectRoot, 'src/trial/fixtures/plain/main.mjs');
    return { actor: { name: 'plain', command: [process.execPath, file], cwd: dir }, plan: [], dir };
};

const stepTwo = (): TrialOptions => {
    return { actor: { name: 'step-2', command: commandOf(STEPS[2]!), cwd: dir }, plan: [], dir };
};

describe('a trial', () => {
    it('ends an Actor that hangs, and says so in its verdict', async () => {
        const pids: number[] = [];
        const onEntry = (entry: TraceEntry): void => {
            if (entry.type === 'run.boot') pids.push(entry.pid);
        };

        const { verdict } = await runTrial({ ...hanging(), timeoutMillis: 300, onEntry });

        expect(verdict).toMatchObject({ exact: false, ended: 'TIMED OUT BY THE TRIAL', boots: 1 });
        expect(pids).toHaveLength(1);
        expect(isAlive(pids[0]!)).toBe(false);
    });

    it('stops when it is told to', async () => {
        const controller = new AbortController();
        const onEntry = (entry: TraceEntry): void => {
            if (entry.type === 'run.boot') controller.abort();
        };

        const { verdict } = await runTrial({ ...hanging(), signal: controller.signal, onEntry });

        expect(verdict.ended).toBe('STOPPED');
    });

    it('does not begin when it was told to stop before', async () => {
        const { verdict } = await runTrial({ ...hanging(), signal: AbortSignal.abort() });

        expect(verdict.ended).toBe('STOPPED');
    });

    it('comes to its end in a folder that holds the run of an earlier one', async () => {
        const brief = (): TrialOptions => {
            return { actor: { name: 'brief', command: [process.execPath, '--eval', ''], cwd: dir }, plan: [], dir };
        };

        const first = await runTrial(brief());
        const second = await runTrial(brief());

        expect([first.verdict.ended, second.verdict.ended]).toEqual(['SUCCEEDED', 'SUCCEEDED']);
    });

    it('says which strikes found no occasion', async () => {
        const plan = [{ fault: 'crash', trigger: parseShopTrigger('offers@500') }] as const;

        const { verdict, missed } = await runTrial({ ...stepTwo(), plan });

        expect(missed).toEqual(plan);
        expect(verdict).toMatchObject({ exact: true, boots: 1 });
    });

    it('stays exact when the shop fails requests, so that Crawlee retries them', async () => {
        const { verdict, calls } = await runTrial({ ...stepTwo(), shop: { failEvery: 5 } });

        expect(verdict.exact).toBe(true);
        expect(verdict.pages.again).toBe(0);
        // A failed request is given back to the queue, and its lock with it.
        expect(calls.requestQueue_request_lock_delete).toBeGreaterThan(0);
    });

    it('strikes in time, at pages and before calls, as often as its plan says', async () => {
        const plan = ['product@2', 'keyValueStore_record_put@4:before', 'offers@9', '200ms'].map(
            (text) => ({ fault: 'crash', trigger: parseShopTrigger(text) }) as const,
        );

        const { verdict, missed, downMillis } = await runTrial({ ...plain(), plan });

        expect(missed).toEqual([]);
        expect(verdict).toMatchObject({ exact: true, ended: 'SUCCEEDED', boots: 5 });
        expect(downMillis.length).toBeGreaterThan(0);
    });
});
