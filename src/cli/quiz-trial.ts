import type { ProbeOf } from '../quiz/question.js';
import type { PredictionOutcome } from '../quiz/session.js';
import { StoppedError } from '../base/terminal/command.js';
import { listenForStop } from '../base/terminal/stop-signal.js';
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
    try {
        const { runStep } = await import('../trial/run-step.js');
        stop.throwIfStopped();
        const { verdict, missed } = await runStep(findStep(String(step)), fault, reboot, {
            signal: stop.signal,
            onEvent: (event) => {
                if (event.type === 'page') onPage(event.pages.requested - event.pages.again, event.expected);
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
