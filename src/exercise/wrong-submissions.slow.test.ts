import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { makeWorkspace, WRONG_SUBMISSIONS, type WrongSubmission } from './fixtures/submissions.js';
import { runCheck } from './run-check.js';
import { type Stage, STAGES, type TrialId } from './stages.js';

let folder: string;

beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'actors-move-'));
});

afterAll(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));

/** Of a stage that a submission passes on its way to the one where it must fail, one trial. */
const PASSED: Readonly<Record<number, TrialId>> = {
    1: 'first',
    3: 'migrate without reboot',
    4: 'abort',
    5: 'crash before push',
};

/** All stages up to the one that must fail, but for the log, which takes 20 s and is the same in whatever fails later. */
function stagesFor({ stage: last, trial }: WrongSubmission): Stage[] {
    return STAGES.filter(({ number }) => number <= last && (number !== 2 || last === 2)).map((stage) => {
        const shown = stage.number === last ? trial : PASSED[stage.number];
        return shown ? { ...stage, trials: [shown] } : stage;
    });
}

describe.concurrent('a wrong submission', { timeout: 300_000 }, () => {
    it.each(WRONG_SUBMISSIONS)('that $name fails at stage $stage with the advice $advice', async (submission) => {
        const dir = makeWorkspace(join(folder, submission.name), submission.base, submission.name);

        const { stages, problem } = await runCheck({
            dir,
            stages: stagesFor(submission),
            // What never ends is waited for; all others may take their time on a busy machine.
            limits: { patienceMillis: submission.advice === 'never-exits' ? 20_000 : 60_000 },
        });

        const open = stages.find(({ status }) => status !== 'passed');
        expect({ problem, stage: open?.number, status: open?.status }).toEqual({
            problem: undefined,
            stage: submission.stage,
            status: 'failed',
        });
        expect(open!.reports.find(({ isPassed }) => !isPassed)?.finding?.advice).toBe(submission.advice);
    });
});
