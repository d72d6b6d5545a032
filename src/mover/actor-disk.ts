import { type Dirent, existsSync, mkdirSync, readdirSync, realpathSync, rmSync } from 'node:fs';
import { basename, dirname, join, relative, sep } from 'node:path';

import { makeTemporaryFolder } from '../base/temporary-folder.js';
import { Disk, linkTo, TooLargeError } from './disk.js';

/** What of an Actor's folder is copied for each process at most, besides its packages. */
const MOST = { bytes: 100 * 1024 * 1024, files: 5_000 };

const TOO_LARGE = `its folder holds more than ${MOST.bytes / 1024 / 1024} MB or ${MOST.files} files besides its packages`;

/** Packages are not written to, and too many to be copied. */
const LINKED = new Set(['node_modules', '.venv', 'venv']);

/** A folder that holds one of these belongs to what the Actor is part of. */
const OF_A_PROJECT = ['package.json', 'node_modules', '.git'];

/** How an Actor's process is started. */
export interface Workplace {
    command: [program: string, ...args: string[]];
    cwd: string;
    env: Record<string, string>;
}

/**
 * A disk for the processes of one run: a copy of the Actor's folder in a temporary one, among links to all that lies
 * around the original, so that packages and relative paths are found as there.
 */
export class ActorDisk {
    /** Temporary folder that holds all of it. */
    readonly root: string;
    readonly #disk: Disk;

    /**
     * @param folder The Actor's.
     * @throws Error with the reason when its folder can't be copied.
     */
    constructor(private readonly folder: string) {
        // As processes see it: on macOS the folder for temporary files is a link.
        this.root = realpathSync(makeTemporaryFolder());
        try {
            // Packages are looked for from where it is, and not from where a link to it is.
            const real = realpathSync(folder);
            if (this.root.startsWith(real + sep)) throw new Error('the folder for temporary files lies in its own');
            const parents = parentsOf(real);
            // A loader that knows packages by their places would not know the copy.
            const map = [real, ...parents].map((dir) => join(dir, '.pnp.cjs')).find((file) => existsSync(file));
            if (map !== undefined) throw new Error(`${map} names places of packages`);
            const dir = join(this.root, 'disk', relative(dirname(parents.at(-1)!), real));
            const temporary = join(this.root, 'tmp');
            this.#disk = new Disk({ image: real, dir, temporary, choose, most: MOST });
            for (const parent of parents) linkSiblings(parent, real, join(this.root, 'disk'), parents.at(-1)!);
        } catch (error) {
            this.remove();
            throw error instanceof TooLargeError ? new Error(TOO_LARGE) : error;
        }
    }

    /** Files that processes have left on it. */
    get left(): readonly string[] {
        return this.#disk.left;
    }

    renew(): void {
        this.#disk.renew();
    }

    /** Where the Actor's process works, with its command as it is to be called there. */
    place(command: Workplace['command']): Workplace {
        const { dir, env } = this.#disk;
        const there = (word: string): string =>
            word.startsWith(this.folder + sep) ? join(dir, relative(this.folder, word)) : word;
        const [program, ...args] = command;
        return { command: [there(program), ...args.map(there)], cwd: dir, env };
    }

    remove(): void {
        rmSync(this.root, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 });
    }
}

/** Folders above an Actor's that belong to the same project, from the nearest; the nearest in any case. */
function parentsOf(folder: string): string[] {
    const all: string[] = [];
    for (let dir = dirname(folder); !all.includes(dir); dir = dirname(dir)) all.push(dir);
    const last = all.findLastIndex((dir) => OF_A_PROJECT.some((name) => existsSync(join(dir, name))));
    return all.slice(0, Math.max(1, last + 1));
}

/** Links all that lies in a folder, but for that which leads to the Actor's own. */
function linkSiblings(parent: string, folder: string, root: string, top: string): void {
    const to = join(root, relative(dirname(top), parent));
    mkdirSync(to, { recursive: true });
    const [own] = relative(parent, folder).split(sep);
    for (const name of readdirSync(parent)) {
        if (name === own) continue;
        try {
            linkTo(join(parent, name), join(to, name));
        } catch {
            // A broken link, or a file that is gone by now: the Actor could not have used it either.
        }
    }
}

function choose(entry: Dirent, path: string): 'copy' | 'link' | 'leave out' {
    if (LINKED.has(entry.name)) return 'link';
    return entry.isDirectory() && isNoPartOfAnActor(path) ? 'leave out' : 'copy';
}

/** History of the source, local storages of `apify run`, and data that the mover keeps: none is in a container. */
function isNoPartOfAnActor(dir: string): boolean {
    const name = basename(dir);
    return (
        name === '.git' ||
        name === '.actors-move' ||
        (name === 'storage' && ['datasets', 'key_value_stores'].some((kind) => existsSync(join(dir, kind)))) ||
        existsSync(join(dir, 'journal.jsonl'))
    );
}
