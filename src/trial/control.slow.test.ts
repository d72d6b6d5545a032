import { describe, expect, it } from 'vitest';

import { seededRandom } from '../base/random.js';
import { inTemporaryFolder } from '../base/temporary-folder.js';
import { type CrashState, crashStates } from '../faults/crash-states.js';
import type { FaultPlan } from '../faults/fault-plan.js';
import type { Trace } from '../trace/trace.js';
import { writersOf } from '../trace/writers.js';
import { isAtStake } from './judge-trace.js';
import { runFork, runTrial, type TrialOptions, type TrialResult } from './trial.js';
import { commandOf, type Step, STEPS } from './steps.js';

/** One product, so that one request comes after the other, and the calls are in the same order each time. */
const SHOP = { products: 1 };

const optionsIn = (dir: string, step: Step, plan: FaultPlan = []): Omit<TrialOptions, 'shop'> => ({
    actor: { name: `step-${step.number}`, command: commandOf(step), cwd: dir },
    plan,
    dir,
});

/** A state in which something is at stake, and that a call has made: drawn with the step's number. */
function drawnState(trace: Trace, { number }: Step): { state: CrashState; plan: FaultPlan } {
    const writers = writersOf(trace);
    const states = crashStates(trace).filter(({ index }) => writers.has(index) && isAtStake(trace, index));
    const state = states[Math.floor(seededRandom(number)() * states.length)]!;
    const { operationId, nOfOperation } = writers.get(state.index)!;
    const trigger = { kind: 'call', operation: operationId, n: nOfOperation!, when: 'after' } as const;
    return { state, plan: [{ fault: 'crash', trigger }] };
}

/** All that can be told of a run from what it has left. */
function outcomeOf({ verdict }: TrialResult): unknown {
    const { ended, tracker, dataset } = verdict;
    return { ended, tracker, dataset };
}

describe('going on from a crash state leaves what a real kill at its call leaves', () => {
    it.concurrent.each(STEPS)('step $number', async (step) => {
        await inTemporaryFolder(async (dir) => {
            const { trace } = await runTrial({ ...optionsIn(dir, step), shop: SHOP });
            const { state, plan } = drawnState(trace, step);
            const { index } = state;

            const killed = await inTemporaryFolder(async (own) =>
                runTrial({ ...optionsIn(own, step, plan), shop: SHOP }),
            );
            const forked = await inTemporaryFolder(async (own) => runFork(optionsIn(own, step), { trace, index }));

            expect(killed.missed).toEqual([]);
            expect([killed.verdict.boots, forked.verdict.boots]).toEqual([2, 2]);
            expect(outcomeOf(forked)).toEqual(outcomeOf(killed));
        });
    });
});
