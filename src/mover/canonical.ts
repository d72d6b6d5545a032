import { generalPath, type Path } from './path.js';

/** JSON in which the order of fields makes no difference. */
export function canonical(value: unknown): string {
    if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'undefined';
    if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
    const fields = value as Readonly<Record<string, unknown>>;
    const names = Object.keys(fields);
    if (!areInOrder(names)) names.sort();
    let json = '';
    for (const name of names) {
        const field = fields[name];
        if (field !== undefined) json += `${json === '' ? '' : ','}${JSON.stringify(name)}:${canonical(field)}`;
    }
    return `{${json}}`;
}

function areInOrder(names: readonly string[]): boolean {
    for (let i = 1; i < names.length; i++) if (names[i - 1]! > names[i]!) return false;
    return true;
}

/** Whether two JSON values are the same, whatever the order of fields. */
export function areSame(a: unknown, b: unknown): boolean {
    if (a === b) return true;
    if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
    if (Array.isArray(a) !== Array.isArray(b)) return false;
    const [left, right] = [a as Readonly<Record<string, unknown>>, b as Readonly<Record<string, unknown>>];
    const names = Object.keys(left);
    if (names.length !== Object.keys(right).length) return false;
    for (const name of names) if (!Object.hasOwn(right, name) || !areSame(left[name], right[name])) return false;
    return true;
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
