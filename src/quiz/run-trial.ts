import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { commandOf, STEPS } from '../trial/steps.js';
import { parseShopTrigger } from '../trial/shop-plan.js';
import { runTrial, type TrialResult } from '../trial/trial.js';
import type { ProbeOf } from './question.js';

/** Milliseconds until the kill where the reboot is ignored: just enough for the work in flight. */
const SHORT_GRACE_MILLIS = 5_000;

export interface PredictionOptions {
    /** Ends the trial, its Actor and its shop. */
    signal?: AbortSignal;
    /** Pages served so far, and pages of the shop. */
    onPage?: (served: number, expected: number) => void;
}

/**
 * Runs the trial that a prediction is about: the step, struck where the course strikes it. Leaves nothing on disk.
 * Imports the platform, so only who runs it should import it.
 *
 * @throws Error when the trial can't run, or the step is not there.
 */
export async function runPrediction(probe: ProbeOf<'predict'>, options: PredictionOptions = {}): Promise<TrialResult> {
    const step = STEPS.find(({ number }) => number === probe.step);
    if (!step) throw new Error(`The solution has no step ${probe.step}.`);
    const dir = await mkdtemp(join(tmpdir(), 'actors-move-quiz-'));
    const { fault, reboot } = probe;
    try {
        return await runTrial({
            actor: { name: `step-${step.number}`, command: commandOf(step), cwd: dir },
            plan: fault === 'none' ? [] : [{ fault, trigger: parseShopTrigger(step.strikeAt) }],
            dir,
            rebootEndsMigration: reboot,
            ...(!reboot && { graceMillis: SHORT_GRACE_MILLIS }),
            ...(options.signal && { signal: options.signal }),
            onEvent: (event) => {
                if (event.type === 'page') options.onPage?.(event.pages.requested - event.pages.again, event.expected);
            },
        });
    } finally {
        await rm(dir, { recursive: true, force: true, maxRetries: 5 });
    }
}
