import { inTemporaryFolder } from '../base/temporary-folder.js';
import type { Fault } from '../faults/fault-plan.js';
import { parseShopTrigger } from './shop-plan.js';
import { commandOf, type Step } from './steps.js';
import { runTrial, type TrialOptions, type TrialResult } from './trial.js';

/** Milliseconds until the kill where the reboot is ignored: just enough for the work in flight. */
const SHORT_GRACE_MILLIS = 5_000;

/**
 * Runs a step once and strikes it where the course strikes it, as the table of expected verdicts has it. Leaves nothing
 * on disk.
 *
 * @param reboot False when the platform ignores the reboot that the SDK asks for.
 * @throws Error when the trial can't run.
 */
export async function runStep(
    step: Step,
    fault: Fault | 'none',
    reboot: boolean,
    options: Pick<TrialOptions, 'signal' | 'onEntry'> = {},
): Promise<TrialResult> {
    return inTemporaryFolder(async (dir) =>
        runTrial({
            ...options,
            actor: { name: `step-${step.number}`, command: commandOf(step), cwd: dir },
            plan: fault === 'none' ? [] : [{ fault, trigger: parseShopTrigger(step.strikeAt) }],
            dir,
            rebootEndsMigration: reboot,
            ...(!reboot && { graceMillis: SHORT_GRACE_MILLIS }),
        }),
    );
}
