import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';

import * as v from 'valibot';
import type writeFileAtomic from 'write-file-atomic';

import { writing } from '../base/cannot-write-error.js';
import { parseJson } from '../base/parse-json.js';
import { projectRoot } from '../base/paths.js';
import { UsageError } from '../base/usage-error.js';
import { whileLocked } from '../base/while-locked.js';

/** Folder of a learner's progress: `.course/` in the project, or what `ACTORS_MOVE_HOME` names. */
export function courseHome(env: NodeJS.ProcessEnv = process.env): string {
    return env.ACTORS_MOVE_HOME ? resolve(env.ACTORS_MOVE_HOME) : join(projectRoot, '.course');
}

export interface ProgressOptions<T> {
    /** Name of the file, without its ending: one for each part of the course that keeps progress. */
    name: string;
    /** What the file must hold. */
    schema: v.GenericSchema<unknown, T>;
    /** What holds before anything was done. */
    empty: T;
    /** Default: `courseHome()`. */
    dir?: string;
    /** Told in one line when a damaged file was set aside. */
    warn: (message: string) => void;
}

/**
 * What a learner has done in one part of the course, as a JSON file. A write replaces the file as a whole, so a kill
 * at any moment leaves the old content or the new. A missing file is the first start; a damaged one is set aside under
 * a new name, never deleted.
 */
export class Progress<T> {
    readonly file: string;
    readonly #options: ProgressOptions<T> & { dir: string };

    constructor(options: ProgressOptions<T>) {
        this.#options = { ...options, dir: options.dir ?? courseHome() };
        this.file = join(this.#options.dir, `${options.name}.json`);
    }

    /** @throws UsageError when the file is there and can't be read or set aside. */
    read(): T {
        let text: string;
        try {
            text = readFileSync(this.file, 'utf8');
        } catch (error) {
            if ((error as NodeJS.ErrnoException).code === 'ENOENT') return this.#options.empty;
            throw new UsageError(`${this.#what} can't be read: ${(error as Error).message}.`);
        }
        const { success, output } = v.safeParse(this.#options.schema, parseJson(text));
        if (success) return output;
        const aside = this.setAside('damaged');
        this.#options.warn(`${this.file} is damaged. It is kept as ${aside}, and progress starts anew.`);
        return this.#options.empty;
    }

    /**
     * Writes what `change` makes of the present content, unless it changes nothing. On disk before it returns. Of several
     * processes that do so at once, each changes what the one before it has written.
     *
     * @throws CannotWriteError when the folder or the file can't be written.
     */
    update(change: (present: T) => T): T {
        return this.#alone(() => {
            const present = this.read();
            const content = change(present);
            if (content === present) return present;
            this.#sweep();
            replaceFile()(this.file, `${JSON.stringify(content, null, 4)}\n`);
            return content;
        });
    }

    /** Moves the file out of the way, so that progress starts anew; returns its new name. */
    setAside(why: string): string {
        const time = new Date().toISOString().replaceAll(':', '-').replace(/\..*/, '');
        const aside = join(this.#options.dir, `${this.#options.name}.${why}-${time}-${process.pid}.json`);
        writing(this.#what, () => renameSync(this.file, aside));
        return aside;
    }

    /** What is thrown besides what the file system refuses is thrown on. */
    #alone<R>(work: () => R): R {
        return writing(this.#what, () => {
            mkdirSync(this.#options.dir, { recursive: true });
            return whileLocked(`${this.file}.lock`, work);
        });
    }

    /** Removes what processes have left that were killed while they wrote. */
    #sweep(): void {
        for (const name of readdirSync(this.#options.dir)) {
            const isLeft = name.startsWith(`${this.#options.name}.json.`) && /\.\d+$/.test(name);
            if (isLeft) rmSync(join(this.#options.dir, name), { force: true });
        }
    }

    get #what(): string {
        return `Progress in ${this.file}`;
    }
}

/** Loaded at the first write: what it needs would be a tenth of the start of a command that only reads. */
function replaceFile(): typeof writeFileAtomic.sync {
    const { sync } = createRequire(import.meta.url)('write-file-atomic') as typeof writeFileAtomic;
    return sync;
}
