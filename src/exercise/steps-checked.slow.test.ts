import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { STEPS } from '../trial/steps.js';
import { makeWorkspace } from './fixtures/submissions.js';
import type { StageResult } from './judge.js';
import { runCheck } from './run-check.js';
import { type Stage, STAGES, type TrialId } from './stages.js';

/** Stages that the code of each step passes, and the advice for the first that it doesn't. */
const TABLE: readonly { step: number; passed: number[]; advice?: string }[] = [
    { step: 0, passed: [1, 2], advice: 'never-saved' },
    { step: 1, passed: [1, 2], advice: 'never-read' },
    { step: 2, passed: [1, 2], advice: 'saved-too-early' },
    { step: 3, passed: [1, 2], advice: 'saved-too-early' },
    { step: 4, passed: [1, 2, 3, 4], advice: 'never-saved-crash' },
    { step: 5, passed: [1, 2, 3, 4, 5, 6] },
];

/** Where a stage must fail, one trial shows it. */
function shows(stage: number, step: number): TrialId {
    if (stage === 3) return 'migrate without reboot';
    if (stage === 4) return 'abort';
    // Steps 0 to 2 push offer by offer, so that this one strikes them twice.
    return stage === 6 || step <= 2 ? 'crash after push' : 'crash before push';
}

let folder: string;
/** The second stage of each step, which takes 20 s in which little happens: all at once, beside the others. */
let logs: Map<number, Promise<StageResult>>;

beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'actors-move-'));
    for (const { number, folder: base } of STEPS) makeWorkspace(join(folder, String(number)), base);
    logs = new Map(STEPS.map(({ number }) => [number, check(number, [STAGES[1]!]).then(([stage]) => stage!)]));
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

describe('the code of step', { timeout: 300_000 }, () => {
    it.each(TABLE)('$step passes just stages $passed', async ({ step, passed, advice }) => {
        const others = STAGES.filter(({ number }) => number !== 2).map((stage) =>
            passed.includes(stage.number) ? stage : { ...stage, trials: [shows(stage.number, step)] },
        );

        const results = [...(await check(step, others)), await logs.get(step)!].sort((a, b) => a.number - b.number);

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
