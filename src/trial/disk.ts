import { cpSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join, relative, sep } from 'node:path';

/**
 * The disk of an Actor's processes: each finds a fresh copy of an image, as in a new container, and what the one
 * before wrote is gone. The folders for temporary files and of the user lie on it, too.
 */
export class Disk {
    readonly #left = new Set<string>();
    readonly #images: ReadonlySet<string>;

    /**
     * @param image Folder that is copied.
     * @param dir Where the disk is; what is there is removed.
     */
    constructor(
        private readonly image: string,
        readonly dir: string,
    ) {
        this.#images = new Set(files(image));
        this.#copy();
    }

    /** Files that processes have left behind, which are not part of the image. */
    get left(): readonly string[] {
        return [...this.#left];
    }

    /** Environment that keeps a process on its disk. */
    get env(): Record<string, string> {
        const temporary = join(this.dir, TEMPORARY);
        return { HOME: this.dir, USERPROFILE: this.dir, TMPDIR: temporary, TEMP: temporary, TMP: temporary };
    }

    /** For the time between two processes. */
    renew(): void {
        for (const file of files(this.dir)) if (!this.#images.has(file)) this.#left.add(file);
        this.#copy();
    }

    #copy(): void {
        // Windows may hold on to the files of a process for a moment after its end.
        rmSync(this.dir, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 });
        cpSync(this.image, this.dir, { recursive: true });
        mkdirSync(join(this.dir, TEMPORARY), { recursive: true });
    }
}

const TEMPORARY = 'tmp';

/** All files below a folder, relative to it, with forward slashes. */
function files(dir: string): string[] {
    return readdirSync(dir, { recursive: true, withFileTypes: true })
        .filter((entry) => !entry.isDirectory())
        .map((entry) =>
            relative(dir, join(entry.parentPath ?? entry.path, entry.name))
                .split(sep)
                .join('/'),
        );
}
