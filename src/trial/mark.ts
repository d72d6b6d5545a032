import type { Verdict } from './verdict.js';

/** What one trial of a proof comes to, from the best to the worst. */
export const MARKS = ['exact', 'duplicated', 'miscounted', 'lost', 'hung'] as const;
export type Mark = (typeof MARKS)[number];

/**
 * The worst thing that a verdict says: `hung` did not end well, `lost` lacks the object or rows, `miscounted` has wrong
 * counts, `duplicated` has right counts and rows that are there twice.
 */
export function markOf({ ended, tracker, dataset, exact }: Verdict): Mark {
    if (exact) return 'exact';
    if (ended !== 'SUCCEEDED') return 'hung';
    if (tracker.status === 'lost' || dataset.missing > 0) return 'lost';
    return tracker.status === 'exact' ? 'duplicated' : 'miscounted';
}

/** What all trials of a proof come to. */
export interface Summary {
    points: number;
    outcomes: Record<Mark, number>;
    /** Points at which the run had ended before it could be struck. They count as what they came to. */
    notReached: number;
    /** Largest difference between counted and true offers. */
    worstMiscount: number;
    /** Rows too many, over all trials. */
    duplicates: number;
    /** Pages fetched again, over all trials. */
    pagesAgain: number;
    /** Points at which something could be lost, and how many of these are exact. */
    atStake: { points: number; exact: number };
}

type Judged = { outcome: Mark; verdict: Verdict; isReached: boolean; isAtStake: boolean };

export function summarize(trials: readonly Judged[]): Summary {
    const outcomes = Object.fromEntries(MARKS.map((outcome) => [outcome, 0])) as Record<Mark, number>;
    const summary = { points: trials.length, notReached: 0, worstMiscount: 0, duplicates: 0, pagesAgain: 0 };
    for (const { outcome, verdict, isReached } of trials) {
        outcomes[outcome]++;
        if (!isReached) summary.notReached++;
        const miscount = Math.abs(verdict.tracker.counted - verdict.tracker.truth);
        summary.worstMiscount = Math.max(summary.worstMiscount, miscount);
        summary.duplicates += verdict.dataset.duplicates;
        summary.pagesAgain += verdict.pages.again;
    }
    const atStake = trials.filter(({ isAtStake }) => isAtStake);
    const exact = atStake.filter(({ outcome }) => outcome === 'exact').length;
    return { ...summary, outcomes, atStake: { points: atStake.length, exact } };
}
