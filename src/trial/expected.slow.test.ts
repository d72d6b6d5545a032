import { describe, expect, it } from 'vitest';

import { EXPECTED, ORDEALS, type Ordeal } from './expected.js';
import { runStep } from './run-step.js';
import { type Step, STEPS } from './steps.js';

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

async function put(step: Step, ordeal: Ordeal): ReturnType<typeof runStep> {
    const withoutReboot = ordeal === 'migrate without reboot';
    return runStep(step, withoutReboot ? 'migrate' : ordeal, !withoutReboot);
}
