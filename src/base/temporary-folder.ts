import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { isAlive } from './is-alive.js';
import { processSpace } from './process-space.js';

const prefix = (): string => `actors-move-${processSpace()}-`;

/** File in a folder that a person was told of. */
const KEPT = '.kept';

let isSwept = false;

/**
 * Makes a temporary folder, which whoever asks for it removes. What processes have left that were killed goes first: a
 * folder's name says whose it is.
 */
export function makeTemporaryFolder(): string {
    if (!isSwept) sweepLeftFolders();
    isSwept = true;
    return mkdtempSync(join(tmpdir(), `${prefix()}${process.pid}-`));
}

/** Has a temporary folder stay, since a person is told of it. */
export function keepTemporaryFolder(dir: string): void {
    writeFileSync(join(dir, KEPT), '');
}

/** Removes the temporary folders of processes that are gone. */
export function sweepLeftFolders(): void {
    for (const name of readdirSync(tmpdir())) {
        if (!name.startsWith(prefix())) continue;
        const pid = Number.parseInt(name.slice(prefix().length), 10);
        if (Number.isNaN(pid) || isAlive(pid) || existsSync(join(tmpdir(), name, KEPT))) continue;
        try {
            rmSync(join(tmpdir(), name), { recursive: true, force: true });
        } catch {
            // It may be somebody else's: then it is theirs to remove.
        }
    }
}

/** Does some work in a temporary folder of its own, which is gone when this resolves or rejects. */
export async function inTemporaryFolder<T>(work: (dir: string) => Promise<T>): Promise<T> {
    const dir = makeTemporaryFolder();
    try {
        return await work(dir);
    } finally {
        // Windows may hold on to the files of a process for a moment after its end.
        await rm(dir, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 });
    }
}
