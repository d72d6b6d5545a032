import { unlessUnwritable } from '../base/cannot-write-error.js';
import type { Progress } from '../course/progress.js';
import { readHints, type StageHints } from './content.js';
import { type CheckProgress, firstOpenStage } from './progress.js';

/** Hints a stage; what comes after the last one is the step that solves it. */
export const HINTS_PER_STAGE = 3;

/** What a learner is shown who asks for help. */
export type Help =
    | { kind: 'none'; why: 'all passed' }
    /** `number` counts from 1. */
    | { kind: 'hint'; stage: number; number: number; text: string }
    | { kind: 'step'; stage: number };

/**
 * The next hint for the first stage that is not passed, and what to remember of it.
 *
 * @param giveUp Skips what is left of the hints.
 */
export function nextHelp(
    progress: CheckProgress,
    hints: readonly StageHints[],
    giveUp = false,
): { help: Help; progress: CheckProgress } {
    const stage = firstOpenStage(progress);
    if (stage === undefined) return { help: { kind: 'none', why: 'all passed' }, progress };
    const number = giveUp ? HINTS_PER_STAGE + 1 : (progress.hints[stage] ?? 0) + 1;
    const remembered = { ...progress, hints: { ...progress.hints, [stage]: Math.min(number, HINTS_PER_STAGE + 1) } };
    const text = hints.find((entry) => entry.stage === stage)?.hints[number - 1];
    const help: Help = text === undefined ? { kind: 'step', stage } : { kind: 'hint', stage, number, text };
    return { help, progress: remembered };
}

/** The hints of a stage that a learner has been shown. */
export function shownStageHints(progress: CheckProgress, stage: number, hints: readonly StageHints[]): string[] {
    return hints.find((entry) => entry.stage === stage)?.hints.slice(0, progress.hints[stage] ?? 0) ?? [];
}

/** Gives the next help; that it was shown is remembered, or why it can't be is said. */
export function showHelp(progress: Progress<CheckProgress>, giveUp = false): { help: Help; unkept?: string } {
    const { help } = nextHelp(progress.read(), readHints(), giveUp);
    const unkept = unlessUnwritable(() =>
        progress.update((present) => nextHelp(present, readHints(), giveUp).progress),
    );
    return { help, ...(unkept !== undefined && { unkept }) };
}
