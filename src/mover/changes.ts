import type { Path } from './path.js';

/** One place at which two JSON values differ. What is undefined on one side is not there. */
export interface Change {
    path: Path;
    expected: unknown;
    actual: unknown;
}

/** All places at which two JSON values differ. The order of fields counts for nothing, that of lists does. */
export function changesBetween(expected: unknown, actual: unknown, path: Path = []): Change[] {
    if (Object.is(expected, actual)) return [];
    if (Array.isArray(expected) && Array.isArray(actual)) {
        const places = Array.from({ length: Math.max(expected.length, actual.length) }, (_, i) => i);
        return places.flatMap((i) => changesBetween(expected[i], actual[i], [...path, i]));
    }
    if (!isObject(expected) || !isObject(actual)) return [{ path, expected, actual }];
    const names = new Set([...Object.keys(expected), ...Object.keys(actual)]);
    return [...names].flatMap((name) => changesBetween(own(expected, name), own(actual, name), [...path, name]));
}

function isObject(value: unknown): value is Record<string, unknown> {
    return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function own(value: Record<string, unknown>, name: string): unknown {
    return Object.hasOwn(value, name) ? value[name] : undefined;
}
