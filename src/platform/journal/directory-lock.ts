import { closeSync, openSync, readdirSync, rmSync, statSync, writeFileSync, writeSync } from 'node:fs';
import { join, resolve } from 'node:path';

import { isAlive } from '../../base/is-alive.js';
import { processSpace } from '../../base/process-space.js';

/** How often a holder shows that it is there, and after how long without a sign it is taken to be gone. */
const BEAT_MILLIS = 2_000;
const SILENT_MILLIS = 30_000;

/** A data directory that is held for this process. */
export interface DirectoryLock {
    /** True once somebody else has taken it: it must not be written to any more. */
    readonly isLost: boolean;
    /** Gives it back. */
    release(): void;
}

const heldHere = new Set<string>();

/**
 * Takes a data directory, which must be there, for this process. Each process first puts down a file with its own id and
 * then looks for others, so two that start at the same moment can both step back but never both go on.
 *
 * Whether a process lives is asked of the system where it has ids of the same kind, so nothing has to wait for a timeout.
 * A process in another container, or on another machine that shares the disk, can't be asked for, and Node has no lock of
 * the system's own that would hold there: its file shows that it lives, by a time that it renews. Both times are of the
 * disk's clock. A process that was taken to be gone, as after a sleep, finds its file missing and writes no more.
 *
 * @throws Error when a living process holds the directory.
 */
export function lockDirectory(dir: string): DirectoryLock {
    const path = resolve(dir);
    if (heldHere.has(path)) throw heldBy(path, `process ${process.pid}`, ownFile(path));
    const own = ownFile(path);
    writeFileSync(own, '.', { mode: 0o600 });
    const now = statSync(own).mtimeMs;
    for (const name of readdirSync(path)) {
        const [, space, pid] = /^lock\.([0-9a-f]+)\.(\d+)$/.exec(name) ?? [];
        const file = join(path, name);
        if (pid === undefined || file === own) continue;
        const isHere = space === processSpace();
        if (isHere ? isAlive(Number(pid)) : now - lastSign(file) < SILENT_MILLIS) {
            rmSync(own, { force: true });
            throw heldBy(path, isHere ? `process ${pid}` : `process ${pid} of another container or machine`, file);
        }
        rmSync(file, { force: true });
    }
    heldHere.add(path);
    let isLost = false;
    const beat = setInterval(() => {
        isLost ||= !showSign(own);
    }, BEAT_MILLIS).unref();
    return {
        get isLost() {
            return isLost;
        },
        release() {
            clearInterval(beat);
            heldHere.delete(path);
            rmSync(own, { force: true });
        },
    };
}

function ownFile(path: string): string {
    return join(path, `lock.${processSpace()}.${process.pid}`);
}

/** Milliseconds since the epoch, by the disk's clock. */
function lastSign(file: string): number {
    return statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}

/** Returns false when the file is gone. */
function showSign(own: string): boolean {
    try {
        const file = openSync(own, 'r+');
        try {
            writeSync(file, '.', 0);
        } finally {
            closeSync(file);
        }
        return true;
    } catch (error) {
        // A disk that is away for a moment is no sign of another process.
        return (error as NodeJS.ErrnoException).code !== 'ENOENT';
    }
}

function heldBy(path: string, holder: string, file: string): Error {
    return new Error(
        `The data directory ${path} is held by ${holder}. ` +
            `Stop that process or choose another directory (if it is no platform, remove ${file}).`,
    );
}
