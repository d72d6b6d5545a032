import { canonical } from './canonical.js';
import type { Leftovers } from './leftovers.js';

/** What a run has left undisturbed and struck: the run that is tried, or one that it has started. */
export interface Sides {
    expected: Leftovers;
    actual: Leftovers;
}

/** Pairs runs of one Actor: those with the same input in order, and what is left of both sides in order as well. */
export function startedPairs(
    before: readonly Leftovers[],
    after: readonly Leftovers[],
): { pairs: Sides[]; extra: readonly Leftovers[] } {
    const left = [...after];
    const pairs: Sides[] = [];
    const lacking = before.filter((expected) => {
        const place = left.findIndex((actual) => inputOf(actual) === inputOf(expected));
        const [actual] = place === -1 ? [] : left.splice(place, 1);
        if (actual) pairs.push({ expected, actual });
        return !actual;
    });
    for (const expected of lacking) {
        const actual = left.shift();
        if (actual) pairs.push({ expected, actual });
    }
    return { pairs, extra: left };
}

function inputOf({ records }: Leftovers): string {
    const { INPUT: input } = records;
    return input && 'value' in input ? canonical(input.value) : (input?.sha256 ?? '');
}
