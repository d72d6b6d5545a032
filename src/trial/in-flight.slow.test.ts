import { describe, expect, it } from 'vitest';

import { inTemporaryFolder } from '../base/temporary-folder.js';
import { inFlightStates } from '../faults/in-flight-states.js';
import { runFork, runTrial, type TrialOptions, type TrialResult } from './trial.js';
import { commandOf, STEPS } from './steps.js';

const LATENCY = { apiLatencyMillis: 40 };

const optionsIn = (number: number, dir: string): Omit<TrialOptions, 'shop'> => ({
    ...LATENCY,
    actor: { name: `step-${number}`, command: commandOf(STEPS[number]!), cwd: dir },
    plan: [],
    dir,
});

/** Goes on from the states that calls in flight leave, until one is not exact. */
async function untilOneFails(number: number): Promise<{ tried: number; last: TrialResult | undefined }> {
    return inTemporaryFolder(async (dir) => {
        const shop = { products: 3 };
        const { trace } = await runTrial({ ...optionsIn(number, dir), shop, recordsRequests: true });
        let tried = 0;
        let last: TrialResult | undefined;
        for (const state of inFlightStates(trace, 1)) {
            last = await inTemporaryFolder(async (own) => runFork(optionsIn(number, own), { trace, ...state }));
            tried++;
            if (!last.verdict.exact) break;
        }
        return { tried, last };
    });
}

describe('where calls in flight together have been applied in a combination that no moment of the run shows', () => {
    it('step 2, which pushes and marks many at a time, goes wrong', async () => {
        const { last } = await untilOneFails(2);

        expect(last?.verdict.exact).toBe(false);
        // Its past is in the trace: the calls that were applied anew, and the fork.
        expect(last?.trace.entries.some(({ type }) => type === 'forked')).toBe(true);
        expect(last?.verdict.ended).toBe('SUCCEEDED');
    }, 600_000);

    it('step 5 is exact, whichever they are', async () => {
        const { last } = await untilOneFails(5);

        expect(last?.verdict).toMatchObject({ exact: true });
    }, 600_000);
});
