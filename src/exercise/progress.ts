import { existsSync } from 'node:fs';

import * as v from 'valibot';

import { type PartProgress, partProgress } from '../course/part-progress.js';
import { Progress } from '../course/progress.js';
import type { StageResult } from './judge.js';
import { STAGE_NUMBERS } from './stages.js';

const stageNumber = v.picklist(STAGE_NUMBERS);

const schema = v.object({
    /** Stages that the last check of them has passed. */
    passed: v.array(stageNumber),
    /** Stages that the last check of them has failed. */
    failed: v.array(stageNumber),
    /** Hints that were shown, by stage; 4 means that the step that solves it was shown. */
    hints: v.record(v.string(), v.pipe(v.number(), v.integer(), v.minValue(0))),
});

/** How far a learner has come with the exercise. */
export type CheckProgress = v.InferOutput<typeof schema>;

const EMPTY: CheckProgress = { passed: [], failed: [], hints: {} };

/** @param warn Told in one line when the file was damaged. */
export function openCheckProgress(warn: (message: string) => void, dir?: string): Progress<CheckProgress> {
    return new Progress({ name: 'check', schema, empty: EMPTY, warn, ...(dir !== undefined && { dir }) });
}

/** Has stages and hints begin anew: what was kept of them goes under another name. */
export function setCheckProgressAside(dir?: string): void {
    const progress = openCheckProgress(() => {}, dir);
    if (existsSync(progress.file)) progress.setAside('reset');
}

/** What a check changes: stages that it has not tried stay as they were. */
export function withResults(present: CheckProgress, results: readonly StageResult[]): CheckProgress {
    const numbers = (status: StageResult['status']): number[] =>
        results.filter((result) => result.status === status).map(({ number }) => number);
    const [passed, failed] = [numbers('passed'), numbers('failed')];
    const isTried = (number: number): boolean => passed.includes(number) || failed.includes(number);
    const merge = (before: readonly number[], now: readonly number[]): number[] =>
        [...before.filter((number) => !isTried(number)), ...now].sort((a, b) => a - b);
    return { ...present, passed: merge(present.passed, passed), failed: merge(present.failed, failed) };
}

/** The first stage that is not passed; undefined when all are. */
export function firstOpenStage({ passed }: Pick<CheckProgress, 'passed'>): number | undefined {
    return STAGE_NUMBERS.find((number) => !passed.includes(number));
}

/** Stages that the learner's own tracker passed when it was last checked. */
export function exerciseProgress(dir?: string): PartProgress {
    const passed = v.object({ passed: v.array(v.number()) });
    return partProgress('check', passed, STAGE_NUMBERS, (kept, stage) => kept.passed.includes(stage), dir);
}
