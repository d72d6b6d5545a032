import { openSubject } from '../exercise/subject.js';
import { inTemporaryFolder } from '../base/temporary-folder.js';
import { trialOf } from '../trial/settings.js';
import { STEPS } from '../trial/steps.js';
import { runTrial, type TrialOptions, type TrialResult } from '../trial/trial.js';
import type { FigureRun } from './figures.js';

/**
 * Runs a figure's step as its settings say. Leaves nothing on disk.
 *
 * @throws Error when the trial can't run, or ends before it is struck.
 */
export async function recordRun(
    { step: number, settings }: Pick<FigureRun, 'step' | 'settings'>,
    options: Pick<TrialOptions, 'signal' | 'onEntry'> = {},
): Promise<TrialResult> {
    const step = STEPS[number]!;
    return inTemporaryFolder(async (dir) => {
        const opened = await openSubject(step, dir, settings.gracefulShutdown);
        if ('problem' in opened) throw new Error(opened.problem);
        const result = await runTrial({ ...opened.subject, ...trialOf(settings, step), ...options, dir });
        if (result.missed.length > 0) throw new Error('The run has ended before it could be struck.');
        return result;
    });
}
