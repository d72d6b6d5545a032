import { existsSync } from 'node:fs';

import { commandOf, STEPS } from '../trial/steps.js';
import type { ProbeOf } from './question.js';

/** Whether the step that a prediction is about is there to be run. Apart from `runPrediction`, since it costs nothing. */
export function canRun({ step }: ProbeOf<'predict'>): boolean {
    const found = STEPS.find(({ number }) => number === step);
    return found !== undefined && existsSync(commandOf(found).at(-1)!);
}
