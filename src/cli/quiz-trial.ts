import type { ProbeOf } from '../quiz/question.js';
import type { PredictionOutcome } from '../quiz/session.js';
import { StoppedError } from '../base/terminal/command.js';
import { listenForStop } from '../base/terminal/stop-signal.js';
import { PageCounter } from '../trace/page-figures.js';
import { findStep } from '../trial/steps.js';

/**
 * Runs the trial of a prediction; a text says why it shows nothing. Platform and shop are loaded only here.
 *
 * @param onPage Told of pages served so far, and of pages of the shop.
 * @throws StoppedError after Ctrl-C, when the Actor has been ended.
 */
export async function runHere(
    { step, fault, reboot }: ProbeOf<'predict'>,
    onPage: (served: number, expected: number) => void,
): Promise<PredictionOutcome | string> {
    const stop = listenForStop();
    const pages = new PageCounter();
    let expected = 0;
    try {
        const { runStep } = await import('../trial/run-step.js');
        stop.throwIfStopped();
        const { verdict, missed } = await runStep(findStep(String(step)), fault, reboot, {
            signal: stop.signal,
            onEntry: (entry) => {
                pages.add(entry);
                if (entry.type === 'subject') expected = entry.subject.shop?.pages ?? 0;
                if (entry.type !== 'page') return;
                const { requested, again } = pages.figures;
                onPage(requested - again, expected);
            },
        });
        stop.throwIfStopped();
        if (missed.length > 0) return 'The run has ended before it could be struck, so it shows nothing.';
        if (verdict.ended !== 'SUCCEEDED') return `The run has ended as ${verdict.ended}, so it shows nothing.`;
        const { status, counted, truth } = verdict.tracker;
        return { tracker: status, counted, truth };
    } catch (error) {
        if (error instanceof StoppedError) throw error;
        return `The trial could not run: ${(error as Error).message.split('\n')[0]}`;
    } finally {
        stop.off();
    }
}
