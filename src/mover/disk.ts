import {
    constants,
    copyFileSync,
    type Dirent,
    lstatSync,
    mkdirSync,
    readdirSync,
    readlinkSync,
    rmSync,
    statSync,
    symlinkSync,
} from 'node:fs';
import { join, relative, sep } from 'node:path';

export interface DiskOptions {
    /** Folder that is copied. */
    image: string;
    /** Where the copy goes; what is there is removed. */
    dir: string;
    /** Folder for temporary files, emptied with the disk. Default: `tmp` in the copy. */
    temporary?: string;
    /** What becomes of a file or folder of the image. Default: all is copied. */
    choose?: (entry: Dirent, path: string) => 'copy' | 'link' | 'leave out';
    /** Bytes and files that are copied at most. Default: any number. */
    most?: { bytes: number; files: number };
}

/**
 * The disk of an Actor's processes: each finds a fresh copy of an image, as in a new container, and what the one
 * before wrote is gone. The folder for temporary files lies on it, too.
 */
export class Disk {
    readonly dir: string;
    readonly #temporary: string;
    readonly #left = new Set<string>();
    /** What was copied, by its path in the copy, as it was then. */
    readonly #copied: ReadonlyMap<string, Copied>;

    /**
     * @throws TooLargeError when the image holds more than may be copied; Error when it can't be.
     */
    constructor(options: DiskOptions) {
        const { image, dir, choose = () => 'copy', most = { bytes: Infinity, files: Infinity } } = options;
        this.dir = dir;
        this.#temporary = options.temporary ?? join(dir, 'tmp');
        remove(dir);
        this.#copied = copyFolder(image, dir, choose, { ...most });
        this.#emptyTemporary();
    }

    /** Files that processes have left behind, which are not part of the image. */
    get left(): readonly string[] {
        return [...this.#left];
    }

    /** Environment that keeps temporary files on the disk. */
    get env(): Record<string, string> {
        return { TMPDIR: this.#temporary, TEMP: this.#temporary, TMP: this.#temporary };
    }

    /** For the time between two processes. What none has touched since it was copied stays. */
    renew(): void {
        const isApart = relative(this.dir, this.#temporary).startsWith('..');
        if (isApart) for (const file of filesIn(this.#temporary)) this.#left.add(`tmp/${file}`);
        const seen = new Set<string>();
        this.#clean(this.dir, seen);
        for (const [path, { copy }] of this.#copied) if (!seen.has(path)) copy();
        this.#emptyTemporary();
    }

    /** Removes what was not copied, and what was and has changed. */
    #clean(dir: string, seen: Set<string>): void {
        for (const entry of readdirSync(dir, { withFileTypes: true })) {
            const path = join(dir, entry.name);
            const copied = this.#copied.get(path);
            if (copied && copied.stamp === stampOf(path)) {
                seen.add(path);
                if (entry.isDirectory()) this.#clean(path, seen);
                continue;
            }
            if (!copied) this.#leave(path, entry);
            remove(path);
        }
    }

    #leave(path: string, entry: Dirent): void {
        const paths = entry.isDirectory() ? filesIn(path).map((file) => join(path, file)) : [path];
        for (const one of paths) this.#left.add(relative(this.dir, one).split(sep).join('/'));
    }

    #emptyTemporary(): void {
        remove(this.#temporary);
        mkdirSync(this.#temporary, { recursive: true });
    }
}

interface Copied {
    stamp: string;
    /** Copies it anew. */
    copy: () => void;
}

/** Another one once a file is written to, or is another file; of a folder always the same. */
function stampOf(path: string): string {
    const stats = lstatSync(path, { bigint: true });
    return stats.isDirectory() ? 'folder' : `${stats.ino} ${stats.size} ${stats.ctimeNs}`;
}

/** Windows may hold on to the files of a process for a moment after its end. */
function remove(path: string): void {
    rmSync(path, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 });
}

/**
 * Has a path lead to a file or folder elsewhere, on Windows without the right to make symbolic links.
 *
 * @throws Error when it can't.
 */
export function linkTo(target: string, path: string): void {
    const isFolder = statSync(target).isDirectory();
    if (process.platform === 'win32' && !isFolder) copyFileSync(target, path);
    else symlinkSync(target, path, isFolder ? 'junction' : 'file');
}

/**
 * @param room Bytes and files that may still be copied.
 * @returns What was copied, each folder before what is in it.
 */
function copyFolder(
    from: string,
    to: string,
    choose: NonNullable<DiskOptions['choose']>,
    room: NonNullable<DiskOptions['most']>,
    copied = new Map<string, Copied>(),
): Map<string, Copied> {
    mkdirSync(to, { recursive: true });
    for (const entry of readdirSync(from, { withFileTypes: true })) {
        const [source, target] = [join(from, entry.name), join(to, entry.name)];
        const choice = choose(entry, source);
        if (choice === 'leave out') continue;
        const copy = copierOf(source, target, choice === 'link' ? choice : entry, room);
        copy();
        copied.set(target, { stamp: stampOf(target), copy });
        if (choice !== 'link' && entry.isDirectory()) copyFolder(source, target, choose, room, copied);
    }
    return copied;
}

function copierOf(
    source: string,
    target: string,
    what: Dirent | 'link',
    room: Required<DiskOptions>['most'],
): () => void {
    if (what === 'link') return () => linkTo(source, target);
    if (what.isDirectory()) return () => mkdirSync(target, { recursive: true });
    if (what.isSymbolicLink()) return () => symlinkSync(readlinkSync(source), target);
    if (!what.isFile()) throw new Error(`${source} is neither a file nor a folder`);
    room.files -= 1;
    room.bytes -= statSync(source).size;
    if (room.files < 0 || room.bytes < 0) throw new TooLargeError();
    // Where the disk can, both share their bytes until one is written to.
    return () => copyFileSync(source, target, constants.COPYFILE_FICLONE);
}

/** The image holds more than may be copied. */
export class TooLargeError extends Error {
    override name = 'TooLargeError';
}

/** All files below a folder, relative to it, with forward slashes. */
function filesIn(dir: string): string[] {
    return readdirSync(dir, { recursive: true, withFileTypes: true })
        .filter((entry) => !entry.isDirectory())
        .map((entry) =>
            relative(dir, join(entry.parentPath ?? entry.path, entry.name))
                .split(sep)
                .join('/'),
        );
}
