import type { Difference } from './difference.js';
import { describe } from './difference-text.js';
import { Around } from './around.js';
import type { Trace } from '../trace/trace.js';

/** One thing that is wrong. */
export interface ComparisonFinding {
    /** What differs. */
    sentence: string;
    /** Since which strikes: `strike 1 (crash at call@7:after)`. */
    since?: string;
    /** What the Actor did around it, and in brackets where it came about. */
    around?: string;
    difference: Difference;
}

/**
 * Says of differences since when they are there, and what the Actor did around it.
 *
 * @param trace Of the struck run.
 * @param struck What struck it, in order.
 */
export function findingsOf(
    differences: readonly Difference[],
    trace: Trace,
    struck: readonly string[],
): ComparisonFinding[] {
    const surroundings = differences.length > 0 ? new Around(trace) : undefined;
    return differences.map((difference) => {
        const { at, strikes } = difference;
        const since = sinceText(strikes, struck);
        return {
            sentence: describe(difference),
            ...(since !== undefined && { since }),
            ...(at !== undefined && surroundings && { around: surroundings.at(at) }),
            difference,
        };
    });
}

function sinceText(strikes: readonly number[], struck: readonly string[]): string | undefined {
    if (strikes.length === 0 || struck.length === 0) return undefined;
    const named = strikes.flatMap((n) => {
        const one = struck[n - 1];
        return one === undefined ? [] : [`strike ${n} (${one})`];
    });
    return named.length === 0 ? 'before any strike' : named.join(', ');
}
