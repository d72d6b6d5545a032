import { createHash } from 'node:crypto';

import { recordFile } from './export-files.js';

/** Bytes that a file's name may have on every common file system. */
const MAX_BYTES = 255;
const HASH_LENGTH = 12;

/** What a name is made from. */
export interface Named {
    key: string;
    contentType: string;
}

/**
 * The files of records, none under the name of another: as `recordFile` calls them, and where the disk does not take
 * that name, or another record has it, with a part of the key's SHA-256. The same records always get the same names.
 *
 * @param ignoresCase Whether the disk takes `a` and `A` for the same name.
 */
export function recordFiles(records: readonly Named[], ignoresCase: boolean): ReadonlyMap<string, string> {
    const byKey = records.toSorted((a, b) => (a.key < b.key ? -1 : 1));
    return namesOf(
        byKey.map(({ key, contentType }) => ({ key, name: recordFile(key, contentType) })),
        ignoresCase,
    );
}

/** The folders of storages, by id: their labels, none twice. See `recordFiles`. */
export function folderNames(
    storages: readonly { id: string; label: string }[],
    ignoresCase: boolean,
): ReadonlyMap<string, string> {
    return namesOf(
        storages.map(({ id, label }) => ({ key: id, name: label })),
        ignoresCase,
    );
}

function namesOf(wanted: readonly { key: string; name: string }[], ignoresCase: boolean): ReadonlyMap<string, string> {
    const names = new Map<string, string>();
    const taken = new Set<string>();
    const folded = (name: string): string => (ignoresCase ? name.toLowerCase() : name);
    for (const { key, name } of wanted) {
        const isFree = Buffer.byteLength(name) <= MAX_BYTES && !taken.has(folded(name));
        const own = isFree ? name : withHash(name, key);
        names.set(key, own);
        taken.add(folded(own));
    }
    return names;
}

/** The hash stands before the extension: `CASE-3f2a91b0c4d5.txt`. */
function withHash(name: string, key: string): string {
    const hash = `-${createHash('sha256').update(key).digest('hex').slice(0, HASH_LENGTH)}`;
    const dot = name.lastIndexOf('.');
    const [stem, extension] = dot <= 0 ? [name, ''] : [name.slice(0, dot), name.slice(dot)];
    // Keys are ASCII: https://docs.apify.com/api/v2/key-value-store-record-put
    return stem.slice(0, MAX_BYTES - hash.length - extension.length) + hash + extension;
}
