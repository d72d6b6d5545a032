import chalk from 'chalk';

import type { TrialSubject } from '../trial/steps.js';
import type { ForkPoint } from '../mover/fork-point.js';
import { runFork, runTrial, type TrialOptions, type TrialResult } from '../trial/trial.js';
import { shortPath } from '../base/short-path.js';
import { listenForStop } from '../base/terminal/stop-signal.js';
import { trialHeading } from '../exercise/subject.js';
import { Timeline } from '../mover/cli/timeline.js';

/** The line above a trial's timeline. */
export function heading(step: TrialSubject, fault: string): string {
    return chalk.bold(trialHeading(step, fault));
}

/**
 * Runs a trial and shows its timeline. Ctrl-C ends Actor, platform and shop and says where the data is; a second
 * Ctrl-C ends this process at once, and the platform's watchdog the Actor.
 *
 * @param isVerbose Whether calls, locks and what Crawlee says of itself are shown as well.
 * @throws StoppedError after Ctrl-C.
 */
export async function watchTrial(
    options: TrialOptions,
    output: NodeJS.WriteStream | undefined,
    { fork, isVerbose = false }: { fork?: ForkPoint; isVerbose?: boolean } = {},
): Promise<TrialResult> {
    const timeline = output && new Timeline(output, isVerbose);
    const stop = listenForStop();
    try {
        const onEntry = timeline?.show;
        const trial = { ...options, signal: stop.signal, ...(onEntry && { onEntry }) };
        const result = await (fork ? runFork(trial, fork) : runTrial(trial));
        timeline?.end();
        if (result.verdict.ended === 'STOPPED') {
            process.stderr.write(`Stopped. What the run had stored by then is in ${shortPath(result.dir)}\n`);
            stop.throwIfStopped();
        }
        return result;
    } finally {
        stop.off();
    }
}
