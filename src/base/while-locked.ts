import { readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';

import { CannotWriteError } from './cannot-write-error.js';
import { isAlive } from './is-alive.js';
import { processSpace } from './process-space.js';

/** How long to wait for another process before saying so: its work takes milliseconds. */
const PATIENCE_MILLIS = 10_000;
const LOOK_EVERY_MILLIS = 5;

/**
 * Does some short work while no other process does work under the same file, for which it waits. The file of a process
 * that was killed holds up nobody.
 *
 * @param file Is made for the time of the work, in a folder that is there.
 * @throws CannotWriteError when another process works for too long; Error of the file system; of the work.
 */
export function whileLocked<T>(file: string, work: () => T): T {
    const until = Date.now() + PATIENCE_MILLIS;
    while (!take(file)) {
        if (removeLeft(file)) continue;
        if (Date.now() > until) {
            const held = new Error(`another process holds ${file}; if there is none, remove that file`);
            throw new CannotWriteError('What is to be kept', held);
        }
        Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, LOOK_EVERY_MILLIS);
    }
    try {
        return work();
    } finally {
        rmSync(file, { force: true });
    }
}

function take(file: string): boolean {
    try {
        writeFileSync(file, `${processSpace()} ${process.pid}`, { flag: 'wx' });
        return true;
    } catch (error) {
        const { code } = error as NodeJS.ErrnoException;
        // On Windows a file that is being removed is none of one's own for a moment.
        if (code === 'EEXIST' || (process.platform === 'win32' && code === 'EPERM')) return false;
        throw error;
    }
}

/** Returns whether it was the file of a process that is gone, and is no more. */
function removeLeft(file: string): boolean {
    const holder = holderOf(file);
    if (holder === undefined || !isLeft(file, holder)) return false;
    // Of several that find it, one moves it away.
    const aside = `${file}.${process.pid}`;
    try {
        renameSync(file, aside);
    } catch {
        return true;
    }
    rmSync(aside, { force: true });
    return true;
}

function holderOf(file: string): string | undefined {
    try {
        return readFileSync(file, 'utf8');
    } catch {
        return undefined;
    }
}

function isLeft(file: string, holder: string): boolean {
    const [space, pid] = holder.split(' ');
    if (space === processSpace()) return !isAlive(Number(pid));
    // One in another container can't be asked for, nor one that was killed before it had said who it is.
    const { mtimeMs = Date.now() } = statSync(file, { throwIfNoEntry: false }) ?? {};
    return Date.now() - mtimeMs > PATIENCE_MILLIS / 2;
}
