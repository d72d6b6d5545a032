import { canonical } from './canonical.js';
import type { Difference } from './difference.js';
import type { CompareContext } from './differences.js';
import type { Leftovers, Row } from './leftovers.js';
import type { Noise } from './noise.js';

/**
 * Rows that are there twice in a dataset whose rows are others in each run, though no undisturbed run has a row twice:
 * noise does not hide these.
 */
export function repeatedRows(
    undisturbed: readonly Leftovers[],
    actual: Leftovers,
    { subjects }: Noise,
    { origins, strikes = [] }: CompareContext,
): Difference[] {
    return Object.entries(actual.datasets).flatMap(([dataset, rows]): Difference[] => {
        const isNoisy = subjects.has(`|rows|${dataset}`);
        if (!isNoisy || undisturbed.some(({ datasets }) => repeats(datasets[dataset] ?? []).length > 0)) return [];
        const repeated = repeats(rows);
        const [first] = repeated;
        if (first === undefined) return [];
        const indexes = origins ? repeated.map((index) => origins.row(actual.ids.datasets[dataset], index)) : [];
        const since = new Set(indexes.map((index) => strikes.filter((strike) => strike <= index).length));
        return [
            {
                kind: 'duplicated-rows',
                of: '',
                dataset,
                count: repeated.length,
                examples: repeated.slice(0, 3).map((index) => rows[index]!),
                strikes: [...since],
                ...(indexes[0] !== undefined && { at: indexes[0] }),
            },
        ];
    });
}

/** Places of rows that are there before them already. */
function repeats(rows: readonly Row[]): number[] {
    const seen = new Set<string>();
    return rows.flatMap((row, index) => {
        const content = canonical(row);
        if (seen.has(content)) return [index];
        seen.add(content);
        return [];
    });
}
