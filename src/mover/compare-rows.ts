import { canonical, withoutFields } from './canonical.js';
import type { Row } from './leftovers.js';

/** What makes two rows the same. */
export interface RowRules {
    /** Fields that together name a row. Without any, a row is named by all that it holds. */
    unique?: readonly string[];
    /** Fields that are left out wherever they stand, such as times. */
    ignore?: readonly string[];
}

/** A row of the struck run, and its place in the dataset, from 0. */
export interface PlacedRow {
    row: Row;
    index: number;
}

/** How the rows of a struck run differ from those of the undisturbed one. Their order does not count. */
export interface RowDifferences {
    /** Rows that the undisturbed run has, and this one lacks. */
    missing: readonly Row[];
    /** Rows that are there more often than in the undisturbed run. */
    duplicated: readonly PlacedRow[];
    /** Rows of no kind that the undisturbed run has. */
    extra: readonly PlacedRow[];
    /** Rows of the same name whose other fields differ; only with `unique`. */
    differing: readonly { expected: Row; actual: PlacedRow }[];
}

interface Group {
    expected: Row[];
    actual: PlacedRow[];
}

/** Compares two datasets as multisets. */
export function compareRows(expected: readonly Row[], actual: readonly Row[], rules: RowRules): RowDifferences {
    const { unique = [], ignore = [] } = rules;
    const nameOf = (row: Row): string =>
        unique.length === 0
            ? canonical(withoutFields(row, ignore))
            : canonical(unique.map((field) => row[field] ?? null));
    const groups = new Map<string, Group>();
    const groupOf = (row: Row): Group => {
        const name = nameOf(row);
        const group = groups.get(name) ?? { expected: [], actual: [] };
        groups.set(name, group);
        return group;
    };
    for (const row of expected) groupOf(row).expected.push(row);
    for (const [index, row] of actual.entries()) groupOf(row).actual.push({ row, index });

    const missing: Row[] = [];
    const duplicated: PlacedRow[] = [];
    const extra: PlacedRow[] = [];
    const differing: { expected: Row; actual: PlacedRow }[] = [];
    for (const group of groups.values()) {
        const { lacking, left } = matched(group, ignore);
        const pairs = Math.min(lacking.length, left.length);
        for (let i = 0; i < pairs; i++) differing.push({ expected: lacking[i]!, actual: left[i]! });
        missing.push(...lacking.slice(pairs));
        (group.expected.length > 0 ? duplicated : extra).push(...left.slice(pairs));
    }
    const byIndex = (a: PlacedRow, b: PlacedRow): number => a.index - b.index;
    return { missing, duplicated: duplicated.sort(byIndex), extra: extra.sort(byIndex), differing };
}

/** Takes rows that are alike out of a group, the earliest first, and returns the rest of both sides. */
function matched({ expected, actual }: Group, ignore: readonly string[]): { lacking: Row[]; left: PlacedRow[] } {
    const waiting = new Map<string, Row[]>();
    for (const row of expected) {
        const content = canonical(withoutFields(row, ignore));
        const alike = waiting.get(content);
        if (alike) alike.push(row);
        else waiting.set(content, [row]);
    }
    const left = actual.filter(({ row }) => waiting.get(canonical(withoutFields(row, ignore)))?.shift() === undefined);
    return { lacking: [...waiting.values()].flat(), left };
}
