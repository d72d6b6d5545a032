import { generalPath, type Path } from './path.js';

/** JSON in which the order of fields makes no difference. */
export function canonical(value: unknown): string {
    if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'undefined';
    if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
    const fields = Object.entries(value)
        .filter(([, field]) => field !== undefined)
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([name, field]) => `${JSON.stringify(name)}:${canonical(field)}`);
    return `{${fields.join(',')}}`;
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

/**
 * A copy without what stands at some places.
 *
 * @param places As `generalPath` gives them.
 */
export function withoutPlaces(value: unknown, places: ReadonlySet<string>, path: Path = []): unknown {
    if (places.size === 0) return value;
    if (places.has(generalPath(path))) return undefined;
    if (typeof value !== 'object' || value === null) return value;
    if (Array.isArray(value)) return value.map((item, i) => withoutPlaces(item, places, [...path, i]));
    return Object.fromEntries(
        Object.entries(value).flatMap(([name, field]) => {
            const inner = [...path, name];
            return places.has(generalPath(inner)) ? [] : [[name, withoutPlaces(field, places, inner)]];
        }),
    );
}
