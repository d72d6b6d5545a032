import { describe, expect, it } from 'vitest';

import { markOf, summarize } from './mark.js';
import type { Verdict } from './verdict.js';

const verdict = (change: object): Verdict =>
    ({
        exact: false,
        ended: 'SUCCEEDED',
        tracker: { status: 'exact', counted: 10, truth: 10, asins: {} },
        dataset: { status: 'exact', duplicates: 0, missing: 0 },
        pages: { requested: 5, again: 1 },
        ...change,
    }) as Verdict;

describe('the outcome of a trial', () => {
    it.each([
        ['exact', verdict({ exact: true })],
        ['duplicated', verdict({ dataset: { duplicates: 1, missing: 0 } })],
        ['miscounted', verdict({ tracker: { status: 'over-counted' } })],
        ['lost', verdict({ tracker: { status: 'lost' } })],
        ['lost', verdict({ dataset: { duplicates: 0, missing: 1 } })],
        ['hung', verdict({ ended: 'TIMED OUT BY THE TRIAL' })],
        ['hung', verdict({ ended: 'FAILED', tracker: { status: 'lost' } })],
    ] as const)('is %s for the worst that its verdict says', (outcome, given) => {
        expect(markOf(given)).toBe(outcome);
    });

    it('is summed up over all trials', () => {
        const trials = [
            { outcome: 'exact' as const, verdict: verdict({ exact: true }), isReached: false, isAtStake: false },
            {
                outcome: 'miscounted' as const,
                isReached: true,
                isAtStake: true,
                verdict: verdict({
                    tracker: { status: 'over-counted', counted: 14, truth: 10, asins: {} },
                    dataset: { duplicates: 3, missing: 0 },
                }),
            },
        ];

        expect(summarize(trials)).toMatchObject({
            points: 2,
            notReached: 1,
            worstMiscount: 4,
            duplicates: 3,
            pagesAgain: 2,
            atStake: { points: 1, exact: 0 },
            outcomes: { exact: 1, miscounted: 1, lost: 0 },
        });
    });
});
