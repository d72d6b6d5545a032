import { canonical, firstDifference, type FirstDifference, withoutFields } from './canonical.js';
import { compareRows, type PlacedRow, type RowRules } from './compare-rows.js';
import type { Leftovers } from './leftovers.js';
import type { Row } from './leftovers.js';

/** One way in which a struck run's outcome is not that of the undisturbed run. Strikes are numbered from 1. */
export type Difference =
    | { kind: 'ended'; expected: string; actual: string }
    | { kind: 'missing-rows'; dataset: string; count: number; examples: readonly Row[] }
    | { kind: 'duplicated-rows'; dataset: string; count: number; examples: readonly Row[]; strikes: readonly number[] }
    | { kind: 'extra-rows'; dataset: string; count: number; examples: readonly Row[]; strikes: readonly number[] }
    | {
          kind: 'differing-rows';
          dataset: string;
          count: number;
          examples: readonly (FirstDifference & { row: Row })[];
          strikes: readonly number[];
      }
    | { kind: 'missing-record'; key: string }
    | { kind: 'extra-record'; key: string }
    | ({ kind: 'differing-record'; key: string } & FirstDifference)
    | { kind: 'requests'; queue: string; what: 'total' | 'handled'; expected: number; actual: number }
    | { kind: 'charges'; event: string; expected: number; actual: number }
    | { kind: 'started'; actor: string; expected: number; actual: number };

/**
 * For each strike, how many rows each dataset had when it struck: a row beyond that was pushed after the strike.
 */
export type RowMarks = readonly Readonly<Record<string, number>>[];

/** Examples that are kept of each kind of row. */
const MAX_EXAMPLES = 3;

/** Compares what a struck run has left with what the undisturbed run has left. */
export function differencesBetween(
    expected: Leftovers,
    actual: Leftovers,
    rules: RowRules,
    marks: RowMarks = [],
): Difference[] {
    return [
        ...compareEnds(expected, actual),
        ...namesOf(expected.datasets, actual.datasets).flatMap((dataset) =>
            compareDataset(dataset, expected.datasets[dataset] ?? [], actual.datasets[dataset] ?? [], rules, marks),
        ),
        ...namesOf(expected.records, actual.records).flatMap((key) => compareRecord(key, expected, actual, rules)),
        ...namesOf(expected.requests, actual.requests).flatMap((queue) => compareQueue(queue, expected, actual)),
        ...compareCounts(expected.charges, actual.charges).map(([event, counts]): Difference => ({
            kind: 'charges',
            event,
            ...counts,
        })),
        ...compareCounts(expected.started, actual.started).map(([actor, counts]): Difference => ({
            kind: 'started',
            actor,
            ...counts,
        })),
    ];
}

function compareEnds(expected: Leftovers, actual: Leftovers): Difference[] {
    const [before, after] = [expected, actual].map(({ ended, exitCode }) =>
        exitCode === undefined ? ended : `${ended} with exit code ${exitCode}`,
    );
    return before === after ? [] : [{ kind: 'ended', expected: before!, actual: after! }];
}

function compareDataset(
    dataset: string,
    expected: readonly Row[],
    actual: readonly Row[],
    rules: RowRules,
    marks: RowMarks,
): Difference[] {
    const { missing, duplicated, extra, differing } = compareRows(expected, actual, rules);
    const strikesOf = (rows: readonly PlacedRow[]): number[] => [
        ...new Set(rows.map(({ index }) => marks.filter((mark) => (mark[dataset] ?? 0) <= index).length)),
    ];
    const rowsOf = (rows: readonly PlacedRow[]): Row[] => rows.slice(0, MAX_EXAMPLES).map(({ row }) => row);
    const differences: Difference[] = [];
    if (missing.length > 0) {
        const examples = missing.slice(0, MAX_EXAMPLES);
        differences.push({ kind: 'missing-rows', dataset, count: missing.length, examples });
    }
    for (const [kind, rows] of [
        ['duplicated-rows', duplicated],
        ['extra-rows', extra],
    ] as const) {
        if (rows.length === 0) continue;
        differences.push({ kind, dataset, count: rows.length, examples: rowsOf(rows), strikes: strikesOf(rows) });
    }
    if (differing.length > 0) {
        const examples = differing.slice(0, MAX_EXAMPLES).map((pair) => ({
            row: pair.actual.row,
            ...firstDifference(withoutFields(pair.expected, rules.ignore ?? []), stripped(pair.actual.row, rules))!,
        }));
        const strikes = strikesOf(differing.map((pair) => pair.actual));
        differences.push({ kind: 'differing-rows', dataset, count: differing.length, examples, strikes });
    }
    return differences;
}

function stripped(row: Row, { ignore = [] }: RowRules): unknown {
    return withoutFields(row, ignore);
}

function compareRecord(key: string, expected: Leftovers, actual: Leftovers, { ignore = [] }: RowRules): Difference[] {
    const [before, after] = [expected.records[key], actual.records[key]];
    if (!before || !after) return [{ kind: before ? 'missing-record' : 'extra-record', key }];
    const [wanted, found] = [before, after].map(({ value }) => withoutFields(value, ignore));
    const difference = firstDifference(wanted, found);
    return difference ? [{ kind: 'differing-record', key, ...difference }] : [];
}

function compareQueue(queue: string, expected: Leftovers, actual: Leftovers): Difference[] {
    const none = { total: 0, handled: 0 };
    const [before, after] = [expected.requests[queue] ?? none, actual.requests[queue] ?? none];
    return (['total', 'handled'] as const).flatMap((what) =>
        before[what] === after[what]
            ? []
            : [{ kind: 'requests' as const, queue, what, expected: before[what], actual: after[what] }],
    );
}

type Counts = Readonly<Record<string, number>>;

/** Counts that are not the same on both sides. */
function compareCounts(
    expected: Counts,
    actual: Counts,
): [name: string, counts: { expected: number; actual: number }][] {
    return namesOf(expected, actual).flatMap((name) => {
        const [before, after] = [expected[name] ?? 0, actual[name] ?? 0];
        return before === after ? [] : [[name, { expected: before, actual: after }]];
    });
}

function namesOf(a: object, b: object): string[] {
    return [...new Set([...Object.keys(a), ...Object.keys(b)])].sort();
}

/** The worst that differences come to, from nothing to a run that did not end as it should. */
export const JUDGEMENTS = ['same', 'duplicated', 'differing', 'missing', 'broken'] as const;
export type Judgement = (typeof JUDGEMENTS)[number];

/**
 * `broken`: the run did not end as the undisturbed one; `missing`: rows or records are not there; `differing`: something
 * is there that should not be, or is another; `duplicated`: rows are there too often, and nothing else is wrong.
 */
export function judgementOf(differences: readonly Difference[]): Judgement {
    const kinds = new Set(differences.map(({ kind }) => kind));
    if (kinds.size === 0) return 'same';
    if (kinds.has('ended')) return 'broken';
    if (kinds.has('missing-rows') || kinds.has('missing-record')) return 'missing';
    return kinds.size === 1 && kinds.has('duplicated-rows') ? 'duplicated' : 'differing';
}

/** True when all rows that differ could be the same rows with another value in some field. */
export function mayBeVolatile(differences: readonly Difference[]): boolean {
    const missing = differences.find(({ kind }) => kind === 'missing-rows');
    const extra = differences.find(({ kind }) => kind === 'extra-rows');
    if (missing?.kind !== 'missing-rows' || extra?.kind !== 'extra-rows') return false;
    const fields = ({ examples }: { examples: readonly Row[] }): string => canonical(Object.keys(examples[0]!).sort());
    return missing.dataset === extra.dataset && fields(missing) === fields(extra);
}
