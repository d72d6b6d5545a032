import { areSame, canonical, withoutFields, withoutPlaces } from './canonical.js';
import type { Row } from './leftovers.js';

/** What makes two rows the same. */
export interface RowRules {
    /** Fields that together name a row. Without any, a row is named by all that it holds. */
    unique?: readonly string[];
    /** Fields that are left out wherever they stand, such as times. */
    ignore?: readonly string[];
    /** Places in a row that are left out, as `generalPath` gives them. */
    places?: ReadonlySet<string>;
}

/** A row, and its place in the dataset, from 0. */
export interface PlacedRow {
    row: Row;
    index: number;
}

/** How the rows of a struck run differ from those of the undisturbed one. Their order does not count. */
export interface RowDifferences {
    /** Rows that the undisturbed run has, and this one lacks. */
    missing: readonly PlacedRow[];
    /** Rows that are there more often than in the undisturbed run. */
    duplicated: readonly PlacedRow[];
    /** Rows of no kind that the undisturbed run has. */
    extra: readonly PlacedRow[];
    /** Rows of the same name whose other fields differ; only with `unique`. */
    differing: readonly RowPair[];
    /** Rows that are the same on both sides, in the order of the undisturbed run. */
    same: readonly RowPair[];
}

export interface RowPair {
    expected: PlacedRow;
    actual: PlacedRow;
}

/** A row and what it says, as one text. */
interface ReadRow {
    placed: PlacedRow;
    content: string;
}

interface Group {
    expected: ReadRow[];
    actual: ReadRow[];
}

const NO_PLACES: ReadonlySet<string> = new Set();

/** A row without what is left out. */
export function comparedPart(row: Row, { ignore = [], places = NO_PLACES }: RowRules): unknown {
    return withoutPlaces(withoutFields(row, ignore), places);
}

/** Compares two datasets as multisets. */
export function compareRows(expected: readonly Row[], actual: readonly Row[], rules: RowRules): RowDifferences {
    if (areSameRows(expected, actual, rules)) {
        const same = expected.map((row, index) => ({
            expected: { row, index },
            actual: { row: actual[index]!, index },
        }));
        return { missing: [], duplicated: [], extra: [], differing: [], same };
    }
    const { unique = [] } = rules;
    const groups = new Map<string, Group>();
    const add = (side: keyof Group, row: Row, index: number): void => {
        const content = canonical(comparedPart(row, rules));
        const name = unique.length === 0 ? content : canonical(unique.map((field) => row[field] ?? null));
        const group = groups.get(name) ?? { expected: [], actual: [] };
        groups.set(name, group);
        group[side].push({ placed: { row, index }, content });
    };
    for (const [index, row] of expected.entries()) add('expected', row, index);
    for (const [index, row] of actual.entries()) add('actual', row, index);

    const missing: PlacedRow[] = [];
    const duplicated: PlacedRow[] = [];
    const extra: PlacedRow[] = [];
    const differing: RowPair[] = [];
    const same: RowPair[] = [];
    for (const group of groups.values()) {
        const { pairs, lacking, left } = matched(group);
        const count = Math.min(lacking.length, left.length);
        for (let i = 0; i < count; i++) differing.push({ expected: lacking[i]!, actual: left[i]! });
        missing.push(...lacking.slice(count));
        (group.expected.length > 0 ? duplicated : extra).push(...left.slice(count));
        same.push(...pairs);
    }
    const byIndex = (a: PlacedRow, b: PlacedRow): number => a.index - b.index;
    return {
        missing: missing.sort(byIndex),
        duplicated: duplicated.sort(byIndex),
        extra: extra.sort(byIndex),
        differing,
        same: same.sort((a, b) => byIndex(a.expected, b.expected)),
    };
}

/** Whether all rows are the same, in the same order, as they mostly are. */
function areSameRows(expected: readonly Row[], actual: readonly Row[], rules: RowRules): boolean {
    const areWhole = (rules.ignore ?? []).length + (rules.places ?? NO_PLACES).size === 0;
    const part = (row: Row): unknown => (areWhole ? row : comparedPart(row, rules));
    return expected.length === actual.length && expected.every((row, i) => areSame(part(row), part(actual[i]!)));
}

/** Takes rows that are alike out of a group, the earliest first, and returns them and the rest of both sides. */
function matched({ expected, actual }: Group): { pairs: RowPair[]; lacking: PlacedRow[]; left: PlacedRow[] } {
    const waiting = new Map<string, PlacedRow[]>();
    for (const { placed, content } of expected) {
        const alike = waiting.get(content);
        if (alike) alike.push(placed);
        else waiting.set(content, [placed]);
    }
    const pairs: RowPair[] = [];
    const left = actual.flatMap(({ placed, content }) => {
        const found = waiting.get(content)?.shift();
        if (!found) return [placed];
        pairs.push({ expected: found, actual: placed });
        return [];
    });
    return { pairs, lacking: [...waiting.values()].flat(), left };
}
