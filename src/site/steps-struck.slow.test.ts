import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { makeWorkspace } from '../exercise/fixtures/submissions.js';
import { LIMITS } from '../exercise/guard.js';
import { judgeStage, type StageResult } from '../exercise/judge.js';
import { runCheck } from '../exercise/run-check.js';
import { type Stage, STAGES, type TrialId } from '../exercise/stages.js';
import { witnessOf } from '../exercise/witness.js';
import { EXPECTED, ORDEALS, type Ordeal } from '../trial/expected.js';
import { runStep } from '../trial/run-step.js';
import { type Step, STEPS } from '../trial/steps.js';
import type { TrialResult } from '../trial/trial.js';
import { RECORDED_RUNS } from './figures.js';
import { columnOf, whatMatters } from './fixtures/what-matters.js';
import { readRecording } from './recordings.js';

/** Stages that the code of each step passes, and the advice for the first that it doesn't. */
const TABLE: readonly { step: number; passed: number[]; advice?: string }[] = [
    { step: 0, passed: [1, 2], advice: 'never-saved' },
    { step: 1, passed: [1, 2], advice: 'never-read' },
    { step: 2, passed: [1, 2], advice: 'saved-too-early' },
    { step: 3, passed: [1, 2], advice: 'saved-too-early' },
    { step: 4, passed: [1, 2, 3, 4], advice: 'never-saved-crash' },
    { step: 5, passed: [1, 2, 3, 4, 5, 6] },
];

/** As which trials of the check the stages judge a step that was struck. A stage that fails needs one that shows it. */
const SHOWN: Readonly<Record<number, Partial<Record<Ordeal, TrialId>>>> = {
    1: { none: 'first' },
    3: { 'migrate without reboot': 'migrate without reboot' },
    4: { abort: 'abort' },
    5: { crash: 'crash before push' },
    6: { crash: 'crash after push' },
};

const struck = new Map<Step, Map<Ordeal, TrialResult>>();

describe.concurrent.each(STEPS)('step $number ($title)', (step) => {
    it.each(ORDEALS)('shows under "%s" what the table says', async (ordeal) => {
        const result = await put(step, ordeal);
        const { verdict, missed, run } = result;
        struck.set(step, (struck.get(step) ?? new Map<Ordeal, TrialResult>()).set(ordeal, result));

        expect(missed).toEqual([]);
        expect(verdict.ended).toBe('SUCCEEDED');
        expect([verdict.tracker.status, verdict.dataset.status]).toEqual(EXPECTED[step.number]![ordeal]);
        expect(verdict.boots).toBe(ordeal === 'none' ? 1 : 2);
        expect(counters(run)).toEqual({ ...NO_COUNTS, ...COUNTED[ordeal] });
    });
});

/** The recordings that show what is struck above, too. */
const RECORDED = [...RECORDED_RUNS].flatMap(([name, run]) => {
    const ordeal = columnOf(run);
    return ordeal === undefined ? [] : [{ name, step: STEPS[run.step]!, ordeal }];
});

it.each(RECORDED)('the recording $name shows the same', ({ name, step, ordeal }) => {
    expect(whatMatters(readRecording(name))).toEqual(whatMatters(struck.get(step)!.get(ordeal)!.trace));
});

describe('the code of step', () => {
    let folder: string;
    beforeAll(() => {
        folder = mkdtempSync(join(tmpdir(), 'actors-move-'));
        for (const { number, folder: base } of STEPS) makeWorkspace(join(folder, String(number)), base);
    });
    afterAll(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));

    async function check(step: number, stages: readonly Stage[]): Promise<StageResult[]> {
        const { stages: results, problem } = await runCheck({
            dir: join(folder, String(step), 'workspace', 'asin-tracker'),
            stages,
            // On a busy machine.
            limits: { patienceMillis: 60_000 },
        });
        expect(problem).toBeUndefined();
        return results;
    }

    /** What the stages say of a step where it was struck above, without running it again. */
    function judgedAgain(step: number): StageResult[] {
        return STAGES.flatMap((stage) => {
            const outcomes = Object.entries(SHOWN[stage.number] ?? {}).map(([ordeal, id]) => {
                const result = struck.get(STEPS[step]!)!.get(ordeal as Ordeal)!;
                return { id, result, witness: witnessOf(result.trace), limits: LIMITS, dir: '' };
            });
            if (outcomes.length === 0) return [];
            const trials = outcomes.map(({ id }) => id);
            return [judgeStage({ ...stage, trials }, new Map(outcomes.map((outcome) => [outcome.id, outcome])))];
        });
    }

    /** Side by side, since the stage about the log waits for most of its 20 s. */
    it.concurrent.each(TABLE)('$step passes just stages $passed', async ({ step, passed, advice }) => {
        const isWhole = passed.length === STAGES.length;
        const logged = STAGES.find(({ judges }) => judges === 'log')!;
        const results = isWhole ? await check(step, STAGES) : [...(await check(step, [logged])), ...judgedAgain(step)];
        results.sort((a, b) => a.number - b.number);

        expect(results.map(({ number }) => number)).toEqual(STAGES.map(({ number }) => number));
        expect(results.filter(({ status }) => status === 'passed').map(({ number }) => number)).toEqual(passed);
        const failed = results.filter(({ status }) => status === 'failed');
        expect(failed).toHaveLength(STAGES.length - passed.length);
        expect(failed[0]?.reports[0]?.finding?.advice).toBe(advice);
    });
});

it('the table is what each stage says of the step that passes it', () => {
    const told = STEPS.map(({ number }) => STAGES.filter(({ step }) => step <= number).map((stage) => stage.number));

    expect(TABLE.map(({ passed }) => passed)).toEqual(told);
});

const NO_COUNTS = { migrationCount: 0, rebootCount: 0, restartCount: 0, resurrectCount: 0 };

/** What the platform counts for each ordeal. With the SDK's reboot, a migration is one; a crash is a kill without a counter. */
const COUNTED: Record<Ordeal, Partial<typeof NO_COUNTS>> = {
    none: {},
    migrate: { rebootCount: 1 },
    'migrate without reboot': { migrationCount: 1 },
    abort: { resurrectCount: 1 },
    crash: {},
    restart: { restartCount: 1 },
};

function counters({ migrationCount, rebootCount, restartCount, resurrectCount }: typeof NO_COUNTS): typeof NO_COUNTS {
    return { migrationCount, rebootCount, restartCount, resurrectCount };
}

async function put(step: Step, ordeal: Ordeal): ReturnType<typeof runStep> {
    const withoutReboot = ordeal === 'migrate without reboot';
    return runStep(step, withoutReboot ? 'migrate' : ordeal, !withoutReboot);
}
