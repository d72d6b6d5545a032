import { ALIKE_TIME } from './alike.js';
import { changesBetween } from './changes.js';
import { comparedPart, compareRows, type RowDifferences, type RowRules } from './compare-rows.js';
import type { Row } from './leftovers.js';
import { fieldOf, generalPath, type Path } from './path.js';

/** A field of rows that is another one in each run. */
export interface VolatileField {
    /** As `generalPath` gives it. */
    place: string;
    /** Its name. */
    field: string;
}

/** Rows that are looked at: those of one dataset are mostly of one kind. */
const MAX_ROWS = 100;

/**
 * Finds the fields but for which the rows of two runs are the same, such as times. None where no fields explain how
 * they differ: then it is the rows themselves that are others.
 */
export function volatileFields({ missing, extra, differing, same }: RowDifferences, rules: RowRules): VolatileField[] {
    const pairs = differing.map(({ expected, actual }): Pair => [expected.row, actual.row]);
    const unpaired = { expected: missing.map(({ row }) => row), actual: extra.map(({ row }) => row) };
    const all = (side: 'expected' | 'actual'): Row[] => [...unpaired[side], ...same.map((pair) => pair[side].row)];
    const names = namesIn(all('expected'), all('actual'));
    const found = new Map<string, VolatileField>();
    for (const pair of [...pairs.slice(0, MAX_ROWS), ...mostAlike(unpaired.expected, unpaired.actual, names, rules)]) {
        for (const { path } of changesOf(pair, rules)) {
            const [place, field] = [generalPath(path), fieldOf(path)];
            if (field !== undefined && !names.has(place)) found.set(place, { place, field });
        }
    }
    const fields = [...found.values()];
    const isExplained = (left: readonly VolatileField[]): boolean => {
        const places = new Set([...(rules.places ?? []), ...left.map(({ place }) => place)]);
        const rest = compareRows(unpaired.expected, unpaired.actual, { ...rules, unique: [], places });
        return rest.missing.length + rest.extra.length + rest.duplicated.length === 0;
    };
    if (!isExplained(fields)) return [];
    // Those that are not needed are no noise. The first field of a row, which mostly names it, is the first to be kept.
    let needed = fields;
    for (const field of fields) {
        const fewer = needed.filter((other) => other !== field);
        if (pairs.length === 0 && fewer.length > 0 && isExplained(fewer)) needed = fewer;
    }
    return needed;
}

type Pair = readonly [expected: Row, actual: Row];

function changesOf([expected, actual]: Pair, rules: RowRules): ReturnType<typeof changesBetween> {
    return changesBetween(comparedPart(expected, rules), comparedPart(actual, rules));
}

/** Pairs rows that have most in common, their names before all, and leaves out those that have nothing. */
function mostAlike(
    expected: readonly Row[],
    actual: readonly Row[],
    names: ReadonlySet<string>,
    rules: RowRules,
): Pair[] {
    const left = actual.slice(0, MAX_ROWS);
    return expected.slice(0, MAX_ROWS).flatMap((row) => {
        const counts = left.map((other) => {
            const changes = changesOf([row, other], rules);
            return changes.some(({ path }) => names.has(generalPath(path))) ? Infinity : changes.length;
        });
        const fewest = Math.min(...counts);
        const size = leavesOf(comparedPart(row, rules)).length;
        if (fewest >= size) return [];
        const [other] = left.splice(counts.indexOf(fewest), 1);
        return [[row, other!] as const];
    });
}

/**
 * Places of texts that say which row it is: they are other ones in most rows, and some are there in both runs. What is
 * made up anew each time is never there twice, and a time that is one of the platform's by chance names nothing.
 */
function namesIn(before: readonly Row[], after: readonly Row[]): ReadonlySet<string> {
    const [texts, others] = [textsIn(before), textsIn(after)];
    const names = [...texts].filter(([place, found]) => {
        const distinct = new Set(found);
        const again = new Set(others.get(place));
        return distinct.size * 2 > found.length && [...distinct].some((text) => again.has(text));
    });
    return new Set(names.map(([place]) => place));
}

function textsIn(rows: readonly Row[]): ReadonlyMap<string, string[]> {
    const texts = new Map<string, string[]>();
    for (const { path, leaf } of rows.slice(0, MAX_ROWS).flatMap((row) => leavesOf(row))) {
        if (typeof leaf !== 'string' || leaf === ALIKE_TIME) continue;
        const place = generalPath(path);
        texts.set(place, [...(texts.get(place) ?? []), leaf]);
    }
    return texts;
}

function leavesOf(value: unknown, path: Path = []): { path: Path; leaf: unknown }[] {
    if (typeof value !== 'object' || value === null) return [{ path, leaf: value }];
    if (Array.isArray(value)) return value.flatMap((item, i) => leavesOf(item, [...path, i]));
    return Object.entries(value).flatMap(([name, field]) => leavesOf(field, [...path, name]));
}
