import type { DatasetItem } from './dataset.js';

/**
 * What makes two rows the same row: all their fields, but for those that are left out. Addresses that differ between
 * runs, such as a shop's, are passed in with a name that stays.
 */
export function rowKey(
    row: DatasetItem,
    { ignore = [], addresses = {} }: { ignore?: readonly string[]; addresses?: Readonly<Record<string, string>> } = {},
): string {
    let key = JSON.stringify(row, (field, value: unknown) => {
        if (ignore.includes(field)) return undefined;
        if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
        return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
    });
    for (const [address, name] of Object.entries(addresses)) key = key.replaceAll(address, name);
    return key;
}
