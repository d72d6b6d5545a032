import type { DatasetItem } from './dataset.js';

/**
 * What makes two rows the same row: all their fields, but for those that are left out. Addresses that differ between
 * runs, such as a shop's, are passed in with a name that stays.
 */
export function rowKey(
    row: DatasetItem,
    { ignore = [], addresses = {} }: { ignore?: readonly string[]; addresses?: Readonly<Record<string, string>> } = {},
): string {
    let key = JSON.stringify(ignore.length === 0 && isInOrder(row) ? row : inOrder(row, ignore));
    for (const [address, name] of Object.entries(addresses)) {
        if (key.includes(address)) key = key.replaceAll(address, name);
    }
    return key;
}

function isInOrder(value: unknown): boolean {
    if (typeof value !== 'object' || value === null) return true;
    if (Array.isArray(value)) return value.every(isInOrder);
    let before = '';
    for (const [name, field] of Object.entries(value)) {
        if (name < before || !isInOrder(field)) return false;
        before = name;
    }
    return true;
}

/** The same value with the fields of each object in one order, and without some. */
function inOrder(value: unknown, ignore: readonly string[]): unknown {
    if (typeof value !== 'object' || value === null) return value;
    if (Array.isArray(value)) return value.map((one) => inOrder(one, ignore));
    const ordered: Record<string, unknown> = {};
    for (const name of Object.keys(value).sort()) {
        if (!ignore.includes(name)) ordered[name] = inOrder((value as Record<string, unknown>)[name], ignore);
    }
    return ordered;
}
