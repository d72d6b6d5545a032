/** JSON in which the order of fields makes no difference. */
export function canonical(value: unknown): string {
    return JSON.stringify(sorted(value)) ?? 'undefined';
}

function sorted(value: unknown): unknown {
    if (Array.isArray(value)) return value.map(sorted);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(
        Object.entries(value)
            .sort(([a], [b]) => (a < b ? -1 : 1))
            .map(([name, field]) => [name, sorted(field)]),
    );
}

/** A copy without the named fields, at whatever depth they stand. */
export function withoutFields(value: unknown, fields: readonly string[]): unknown {
    if (fields.length === 0 || typeof value !== 'object' || value === null) return value;
    if (Array.isArray(value)) return value.map((item) => withoutFields(item, fields));
    return Object.fromEntries(
        Object.entries(value)
            .filter(([name]) => !fields.includes(name))
            .map(([name, field]) => [name, withoutFields(field, fields)]),
    );
}

/** Where two values first differ. */
export interface FirstDifference {
    /** As in code: `offers[2].price`; empty for the values themselves. */
    path: string;
    expected: unknown;
    actual: unknown;
}

/** Finds where two JSON values first differ; undefined when they don't. */
export function firstDifference(expected: unknown, actual: unknown, path = ''): FirstDifference | undefined {
    if (canonical(expected) === canonical(actual)) return undefined;
    if (!isContainer(expected) || !isContainer(actual) || Array.isArray(expected) !== Array.isArray(actual)) {
        return { path, expected, actual };
    }
    for (const name of new Set([...Object.keys(expected), ...Object.keys(actual)])) {
        const inner = Array.isArray(expected)
            ? `${path}[${name}]`
            : [path, name].filter((part) => part !== '').join('.');
        const found = firstDifference(expected[name as never], actual[name as never], inner);
        if (found) return found;
    }
    return { path, expected, actual };
}

function isContainer(value: unknown): value is object {
    return typeof value === 'object' && value !== null;
}
