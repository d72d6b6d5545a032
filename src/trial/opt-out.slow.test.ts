import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { describe, expect, it } from 'vitest';

import type { Fault } from '../faults/fault-plan.js';
import { parseShopTrigger } from './shop-plan.js';
import { runTrial } from './trial.js';
import { commandOf, type Step, STEPS } from './steps.js';

/** Without the SDK's own exit and reboot, a process lives until the grace period is over. */
describe.concurrent.each(STEPS.slice(4))('step $number, without the graceful shutdown of the SDK', (step) => {
    it.each<Fault>(['migrate', 'abort'])('is exact under "%s"', async (fault) => {
        const { verdict, missed } = await strike(step, fault);

        expect(missed).toEqual([]);
        expect(verdict).toMatchObject({ exact: true, boots: 2 });
    });
});

async function strike(step: Step, fault: Fault): ReturnType<typeof runTrial> {
    const dir = await mkdtemp(join(tmpdir(), 'actors-move-'));
    try {
        return await runTrial({
            actor: { name: 'opted-out', command: commandOf(step, false), cwd: dir },
            plan: [{ fault, trigger: parseShopTrigger(step.strikeAt) }],
            dir,
            graceMillis: 5_000,
        });
    } finally {
        await rm(dir, { recursive: true, force: true });
    }
}
