import { PageCounter } from '../trace/page-figures.js';
import type { Trace } from '../trace/trace.js';
import { findStep } from '../trial/steps.js';
import type { ProbeOf } from './question.js';
import type { PredictionOutcome } from './session.js';

export interface PredictionOptions {
    signal: AbortSignal;
    /** Told of pages served so far, and of pages of the shop. */
    onPage: (served: number, expected: number) => void;
}

/** A prediction's trial that has run to its end. */
export interface PredictionRun {
    outcome: PredictionOutcome;
    trace: Trace;
}

/**
 * Runs the trial of a prediction; a text says why it shows nothing. Platform and shop are loaded only here.
 *
 * @throws what the signal was aborted with, when the Actor has been ended.
 */
export async function runPrediction(
    { step, fault, reboot }: ProbeOf<'predict'>,
    { signal, onPage }: PredictionOptions,
): Promise<PredictionRun | string> {
    const pages = new PageCounter();
    let expected = 0;
    try {
        const { runStep } = await import('../trial/run-step.js');
        signal.throwIfAborted();
        const { verdict, missed, trace } = await runStep(findStep(String(step)), fault, reboot, {
            signal,
            onEntry: (entry) => {
                pages.add(entry);
                if (entry.type === 'subject') expected = entry.subject.shop?.pages ?? 0;
                if (entry.type !== 'page') return;
                const { requested, again } = pages.figures;
                onPage(requested - again, expected);
            },
        });
        signal.throwIfAborted();
        if (missed.length > 0) return 'The run has ended before it could be struck, so it shows nothing.';
        if (verdict.ended !== 'SUCCEEDED') return `The run has ended as ${verdict.ended}, so it shows nothing.`;
        const { status, counted, truth } = verdict.tracker;
        return { outcome: { tracker: status, counted, truth }, trace };
    } catch (error) {
        signal.throwIfAborted();
        return `The trial could not run: ${(error as Error).message.split('\n')[0]}`;
    }
}
