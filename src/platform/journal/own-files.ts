import { chmodSync, type Dirent, lstatSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';

/** Folders of a data directory that hold files of the platform, and nothing else. */
const FOLDERS = ['blobs', 'logs'];

const OTHERS_BITS = 0o077;

/**
 * Sees to it that what a platform reads and writes in a data directory lies there: a link, in a directory from somebody
 * else, would have it use a file elsewhere.
 *
 * @throws Error that names the first link.
 */
export function assertOwnFiles(dir: string): void {
    for (const { folder, entry } of ownEntries(dir)) {
        if (!entry.isSymbolicLink()) continue;
        throw new Error(`${join(folder, entry.name)} is a link, and a data directory holds its files itself`);
    }
}

/** Takes a data directory away from all but its owner, with all that is in it. Windows has no such modes. */
export function closeToOthers(dir: string): void {
    if (process.platform === 'win32') return;
    const isOpen = (path: string): boolean => (lstatSync(path).mode & OTHERS_BITS) !== 0;
    const openFolders = new Set([dir, ...FOLDERS.map((name) => join(dir, name))].filter(exists).filter(isOpen));
    for (const { folder, entry } of ownEntries(dir)) {
        // Where nobody else can go, no file needs a look: there may be many.
        if (entry.isFile() && openFolders.has(folder)) chmodSync(join(folder, entry.name), 0o600);
    }
    for (const folder of openFolders) chmodSync(folder, 0o700);
}

/** Removes what processes that were killed have left half written. Only the holder of the directory may do that. */
export function sweepUnfinished(dir: string): void {
    for (const { folder, entry } of ownEntries(dir)) {
        if (entry.isFile() && entry.name.endsWith('.tmp')) rmSync(join(folder, entry.name), { force: true });
    }
}

function exists(path: string): boolean {
    return lstatSync(path, { throwIfNoEntry: false }) !== undefined;
}

/** The platform's files and folders, and no others: an export or an Actor's disk may lie beside them. */
function* ownEntries(dir: string): Generator<{ folder: string; entry: Dirent }> {
    for (const entry of readdirSync(dir, { withFileTypes: true })) {
        if (entry.isDirectory() && !FOLDERS.includes(entry.name)) continue;
        yield { folder: dir, entry };
        if (!entry.isDirectory()) continue;
        const folder = join(dir, entry.name);
        for (const file of readdirSync(folder, { withFileTypes: true })) yield { folder, entry: file };
    }
}
