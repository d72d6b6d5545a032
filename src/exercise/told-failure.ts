import { type Advice, fill } from './content.js';
import type { Finding } from './finding.js';
import type { TrialReport } from './judge.js';

/** What a trial has shown that failed: when it was struck, what was expected, and so on. */
export type Failing = Pick<TrialReport, 'moment' | 'expected' | 'came' | 'repeat'> & { finding: Finding };

/** The same in words for a learner. */
export interface ToldFailure extends Pick<Failing, 'moment' | 'expected' | 'came' | 'repeat'> {
    /** What was seen of the reason. */
    seen: string;
    /** What to do. */
    advice: string;
}

/** @param advice All that can be said of the exercise, by what it is for. */
export function tellFailure(
    { moment, expected, came, finding, repeat }: Failing,
    advice: Readonly<Record<string, Advice>>,
): ToldFailure {
    return { moment, expected, came, repeat, ...tellFinding(finding, advice) };
}

/** What was seen of a reason, and what to do. */
export function tellFinding({ advice: key, values = {} }: Finding, advice: Readonly<Record<string, Advice>>): Advice {
    const { seen, advice: what } = advice[key]!;
    return { seen: fill(seen, values), advice: fill(what, values) };
}
