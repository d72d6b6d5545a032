import { expect, it } from 'vitest';

import { randomPlan } from './random-plan.js';

it('a random plan is the same for the same seed, and within the pages that there are', () => {
    const options = { fault: 'crash', times: 50, pages: { product: 12, offers: 12 } } as const;
    const plan = randomPlan({ ...options, seed: 7 });

    expect(plan).toEqual(randomPlan({ ...options, seed: 7 }));
    expect(plan).not.toEqual(randomPlan({ ...options, seed: 8 }));
    expect(plan).toHaveLength(50);
    for (const { trigger } of plan) {
        expect(trigger).toMatchObject({ kind: 'page', page: expect.stringMatching(/^(product|offers)$/) });
        expect((trigger as { n: number }).n).toBeGreaterThanOrEqual(1);
        expect((trigger as { n: number }).n).toBeLessThanOrEqual(12);
    }
});
