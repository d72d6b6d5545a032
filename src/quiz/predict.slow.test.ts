import { describe, expect, it } from 'vitest';

import { readQuestionFiles } from '../checks/question-files.js';
import { readRepository } from '../checks/repository.js';
import { projectRoot } from '../base/paths.js';
import type { Probe } from './question.js';
import { runPrediction } from './run-trial.js';

type Predict = Extract<Probe, { kind: 'predict' }>;

const { sources } = readQuestionFiles(readRepository(projectRoot));
const predictions = sources.flatMap(({ question }) =>
    question.probes.filter((probe): probe is Predict => probe.kind === 'predict'),
);

/** Several probes may be about the same trial, and it shows all of them the same. */
const trials = new Map<string, Predict[]>();
for (const probe of predictions) trials.set(trialOf(probe), [...(trials.get(trialOf(probe)) ?? []), probe]);

function trialOf({ step, fault, reboot }: Predict): string {
    return `step ${step}, ${fault}${reboot ? '' : ' without reboot'}`;
}

it('several steps are predicted, under several faults', () => {
    expect(trials.size).toBeGreaterThanOrEqual(5);
    expect(new Set(predictions.map(({ step }) => step)).size).toBeGreaterThanOrEqual(3);
    expect(new Set(predictions.map(({ fault }) => fault)).size).toBeGreaterThanOrEqual(3);
    expect(new Set(predictions.map(({ truth }) => truth)).size).toBeGreaterThanOrEqual(3);
});

describe.concurrent.each([...trials])('%s', (_, probes) => {
    it('shows what the quiz says', async () => {
        const [first] = probes;
        const { verdict, missed } = await runPrediction(first!);

        expect(missed).toEqual([]);
        expect(verdict.ended).toBe('SUCCEEDED');
        expect(verdict.boots).toBe(first!.fault === 'none' ? 1 : 2);
        expect(probes.map(({ id, truth }) => ({ id, truth }))).toEqual(
            probes.map(({ id }) => ({ id, truth: verdict.tracker.status })),
        );
    });
});
