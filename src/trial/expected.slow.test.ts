import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { describe, expect, it } from 'vitest';

import type { Fault } from '../faults/fault-plan.js';
import { parseShopTrigger } from './shop-plan.js';
import { runTrial } from './trial.js';
import { EXPECTED, ORDEALS, type Ordeal } from './expected.js';
import { commandOf, type Step, STEPS } from './steps.js';

describe.concurrent.each(STEPS)('step $number ($title)', (step) => {
    it.each(ORDEALS)('shows under "%s" what the table says', async (ordeal) => {
        const { verdict, missed, run } = await put(step, ordeal);

        expect(missed).toEqual([]);
        expect(verdict.ended).toBe('SUCCEEDED');
        expect([verdict.tracker.status, verdict.dataset.status]).toEqual(EXPECTED[step.number]![ordeal]);
        expect(verdict.boots).toBe(ordeal === 'none' ? 1 : 2);
        expect(counters(run)).toEqual({ ...NO_COUNTS, ...COUNTED[ordeal] });
    });
});

const NO_COUNTS = { migrationCount: 0, rebootCount: 0, restartCount: 0, resurrectCount: 0 };

/** What the platform counts for each ordeal. With the SDK's reboot, a migration is one; a crash is a kill without a counter. */
const COUNTED: Record<Ordeal, Partial<typeof NO_COUNTS>> = {
    none: {},
    migrate: { rebootCount: 1 },
    'migrate without reboot': { migrationCount: 1 },
    abort: { resurrectCount: 1 },
    crash: {},
    restart: { restartCount: 1 },
};

function counters({ migrationCount, rebootCount, restartCount, resurrectCount }: typeof NO_COUNTS): typeof NO_COUNTS {
    return { migrationCount, rebootCount, restartCount, resurrectCount };
}

async function put(step: Step, ordeal: Ordeal): ReturnType<typeof runTrial> {
    const withoutReboot = ordeal === 'migrate without reboot';
    const fault: Fault | 'none' = withoutReboot ? 'migrate' : ordeal;
    const dir = await mkdtemp(join(tmpdir(), 'actors-move-'));
    try {
        return await runTrial({
            actor: { name: `step-${step.number}`, command: commandOf(step), cwd: dir },
            plan: fault === 'none' ? [] : [{ fault, trigger: parseShopTrigger(step.strikeAt) }],
            dir,
            rebootEndsMigration: !withoutReboot,
            // Without the reboot, the process lives until the grace period is over: here just long enough for its work.
            ...(withoutReboot && { graceMillis: 5_000 }),
        });
    } finally {
        await rm(dir, { recursive: true, force: true });
    }
}
