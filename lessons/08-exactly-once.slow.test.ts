import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { describe, expect } from 'vitest';

import { claim } from '../src/claims/claim.js';
import { commandOf, STEPS } from '../src/course/steps.js';
import { type Fault, parseTrigger, runTrial, type TrialResult } from '../src/trial/index.js';

async function trial(number: number, fault?: Fault, products = 12): Promise<TrialResult> {
    const step = STEPS[number]!;
    const dir = await mkdtemp(join(tmpdir(), 'actors-move-'));
    try {
        return await runTrial({
            actor: { name: `step-${number}`, command: commandOf(step), cwd: dir },
            plan: fault ? [{ fault, trigger: parseTrigger(step.strikeAt) }] : [],
            dir,
            shop: { products },
        });
    } finally {
        await rm(dir, { recursive: true, force: true });
    }
}

const calls = (result: TrialResult): number => Object.values(result.calls).reduce((sum, count) => sum + count, 0);

describe('waiting for handlers before saving (step 4)', () => {
    claim('drain-is-exact', 'is exact under a migration and a graceful abort, and not under a crash', async () => {
        for (const fault of ['migrate', 'abort'] as const) expect((await trial(4, fault)).verdict.exact).toBe(true);
        expect((await trial(4, 'crash')).verdict.tracker.status).toBe('lost');
    });
});

describe('group commit (step 5)', () => {
    claim('fewer-calls', 'makes at most three quarters of the API calls that step 2 makes', async () => {
        const [two, five] = [await trial(2, undefined, 60), await trial(5, undefined, 60)];

        expect(calls(five) / calls(two)).toBeLessThanOrEqual(0.75);
    });
});
