import { readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

import { isAlive } from '../is-alive.js';

const heldHere = new Set<string>();

/**
 * Takes a data directory, which must be there, for this process. Each process first puts down a file with its own id and then looks for
 * others, so two that start at the same moment can both step back but never both go on. The file of a process that
 * is gone is removed; nothing has to wait for a timeout.
 *
 * @returns A function that gives the directory back.
 * @throws Error when a living process holds the directory.
 */
export function lockDirectory(dir: string): () => void {
    const path = resolve(dir);
    if (heldHere.has(path)) throw heldBy(path, process.pid);
    const own = `lock.${process.pid}`;
    writeFileSync(join(path, own), '', { mode: 0o600 });
    for (const file of readdirSync(path)) {
        const pid = /^lock\.(\d+)$/.exec(file)?.[1];
        if (pid === undefined || file === own) continue;
        if (isAlive(Number(pid))) {
            rmSync(join(path, own), { force: true });
            throw heldBy(path, Number(pid));
        }
        rmSync(join(path, file), { force: true });
    }
    heldHere.add(path);
    return () => {
        heldHere.delete(path);
        rmSync(join(path, own), { force: true });
    };
}

function heldBy(path: string, pid: number): Error {
    return new Error(
        `The data directory ${path} is held by process ${pid}. ` +
            `Stop that process or choose another directory (if it is no platform, remove ${join(path, `lock.${pid}`)}).`,
    );
}
