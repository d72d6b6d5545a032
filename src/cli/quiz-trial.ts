import type { ProbeOf } from '../quiz/question.js';
import { runPrediction } from '../quiz/run-prediction.js';
import type { PredictionOutcome } from '../quiz/session.js';
import { listenForStop } from '../base/terminal/stop-signal.js';

/**
 * Runs the trial of a prediction until it ends or Ctrl-C ends it; a text says why it shows nothing.
 *
 * @throws StoppedError after Ctrl-C, when the Actor has been ended.
 */
export async function runHere(
    probe: ProbeOf<'predict'>,
    onPage: (served: number, expected: number) => void,
): Promise<PredictionOutcome | string> {
    const stop = listenForStop();
    try {
        const ran = await runPrediction(probe, { signal: stop.signal, onPage });
        stop.throwIfStopped();
        return typeof ran === 'string' ? ran : ran.outcome;
    } catch (error) {
        stop.throwIfStopped();
        throw error;
    } finally {
        stop.off();
    }
}
