import { describe, expect, it } from 'vitest';

import { STEPS } from '../trial/steps.js';
import { readHints } from './content.js';
import { type Help, nextHelp } from './hints.js';
import type { StageResult } from './judge.js';
import { type CheckProgress, firstOpenStage, withResults } from './progress.js';
import { STAGE_NUMBERS, STAGES } from './stages.js';

const NOTHING: CheckProgress = { passed: [], failed: [], hints: {} };

/** Asks for help again and again. */
function ask(progress: CheckProgress, times: number): Help[] {
    const helps: Help[] = [];
    for (let n = 0, present = progress; n < times; n++) {
        const next = nextHelp(present, readHints());
        helps.push(next.help);
        present = next.progress;
    }
    return helps;
}

describe('help', () => {
    it('is three hints for the first stage that is not passed, then the step, however often one asks', () => {
        expect(ask({ ...NOTHING, passed: [1, 3] }, 5)).toMatchObject([
            { kind: 'hint', stage: 2, number: 1 },
            { kind: 'hint', stage: 2, number: 2 },
            { kind: 'hint', stage: 2, number: 3 },
            { kind: 'step', stage: 2 },
            { kind: 'step', stage: 2 },
        ]);
    });

    it('begins with the first hint of each stage', () => {
        const { progress } = nextHelp(NOTHING, readHints());

        expect(nextHelp({ ...progress, passed: [1] }, readHints()).help).toMatchObject({ stage: 2, number: 1 });
    });

    it('is the step at once for whoever gives up', () => {
        const { help, progress } = nextHelp(NOTHING, readHints(), true);

        expect(help).toEqual({ kind: 'step', stage: 1 });
        expect(progress.hints).toEqual({ 1: 4 });
    });

    it('is none when all stages are passed', () => {
        expect(ask({ ...NOTHING, passed: [...STAGE_NUMBERS] }, 1)).toEqual([{ kind: 'none', why: 'all passed' }]);
    });

    it('is there for each stage, three times something else', () => {
        const hints = readHints();

        expect(hints.map(({ stage }) => stage)).toEqual(STAGE_NUMBERS);
        expect(new Set(hints.flatMap((entry) => entry.hints)).size).toBe(3 * STAGES.length);
    });

    it('ends with a step that is there', () => {
        const steps = STEPS.map(({ number }) => number);

        expect(STAGES.filter(({ step }) => !steps.includes(step))).toEqual([]);
    });
});

describe('progress', () => {
    const result = (number: number, status: StageResult['status']): StageResult => {
        return { number, title: '', status, reports: [] };
    };

    it('is what the last check of each stage has shown', () => {
        const before: CheckProgress = { passed: [1, 2, 5], failed: [3], hints: { 3: 2 } };

        const after = withResults(before, [result(3, 'passed'), result(2, 'failed'), result(5, 'not tried')]);

        expect(after).toEqual({ passed: [1, 3, 5], failed: [2], hints: { 3: 2 } });
    });

    it('leads to the first stage that is not passed', () => {
        expect(firstOpenStage({ passed: [1, 2, 4] })).toBe(3);
        expect(firstOpenStage({ passed: [...STAGE_NUMBERS] })).toBeUndefined();
    });
});
