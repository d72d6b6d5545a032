import { expect, it } from 'vitest';

import type { ApiCall } from '../platform/index.js';
import { formatPlan } from './fault-plan.js';
import { drawn, spread } from './strike-points.js';

const calls = Array.from({ length: 60 }, (_, i) => ({ n: i + 1 }) as ApiCall);

it('spreads strikes evenly over the calls of a run, and finds a call in the shortest run', () => {
    expect(formatPlan(spread('migrate', 1, calls))).toBe('migrate:call@30:after');
    expect(formatPlan(spread('crash', 3, calls))).toBe('crash:call@15:after,crash:call@30:after,crash:call@45:after');
    expect(formatPlan(spread('crash', 1, []))).toBe('crash:call@1:after');
});

it('draws the same strikes from the same seed, in order and within the run', () => {
    const plan = drawn('abort', 20, calls, 7);
    const places = plan.map(({ trigger }) => (trigger.kind === 'call' ? trigger.n : NaN));

    expect(plan).toEqual(drawn('abort', 20, calls, 7));
    expect(plan).not.toEqual(drawn('abort', 20, calls, 8));
    expect(places).toEqual([...places].sort((a, b) => a - b));
    expect(places.every((n) => n >= 1 && n <= 60)).toBe(true);
});
