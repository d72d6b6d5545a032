import type { RunCall } from '../trace/trace.js';
import type { Fault, FaultPlan } from './fault-plan.js';
import { seededRandom } from '../base/random.js';

/** Strikes at API calls spread evenly over an undisturbed run's: one in its middle, two at its thirds, and so on. */
export function spread(fault: Fault, times: number, calls: readonly Pick<RunCall, 'n' | 'operationId'>[]): FaultPlan {
    return Array.from({ length: times }, (_, i) =>
        strikeAt(fault, Math.max(1, Math.round(((i + 1) * calls.length) / (times + 1))), 'after'),
    );
}

/** Strikes at API calls drawn from a seed, in order: the same seed draws the same calls. */
export function drawn(
    fault: Fault,
    times: number,
    calls: readonly Pick<RunCall, 'n' | 'operationId'>[],
    seed: number,
): FaultPlan {
    const random = seededRandom(seed);
    const places = Array.from({ length: times }, () => ({
        n: 1 + Math.floor(random() * calls.length),
        when: random() < 0.5 ? ('before' as const) : ('after' as const),
    }));
    return places.sort((a, b) => a.n - b.n).map(({ n, when }) => strikeAt(fault, n, when));
}

/** Strikes between the requests to a run that serves, spread evenly over them: one after the first half of them. */
export function spreadOverRequests(fault: Fault, times: number, requests: number): FaultPlan {
    return Array.from({ length: times }, (_, i) => {
        const n = Math.min(requests, Math.round(((i + 1) * requests) / (times + 1)) + 1);
        return { fault, trigger: { kind: 'page', page: 'request', n } };
    });
}

function strikeAt(fault: Fault, n: number, when: 'before' | 'after'): FaultPlan[number] {
    return { fault, trigger: { kind: 'call', operation: 'any', n, when } };
}
