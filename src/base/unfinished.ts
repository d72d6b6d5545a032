import { readdirSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

import { isAlive } from './is-alive.js';
import { processSpace } from './process-space.js';

/**
 * A name beside a file or folder, under which this process makes what is then to take its place. Nothing is there any
 * more: what processes have left that were killed meanwhile is removed, and what others still make stays.
 */
export function unfinishedBeside(path: string): string {
    const mark = `.unfinished-${processSpace()}-`;
    removeLeft(path, mark);
    return `${path}${mark}${process.pid}`;
}

function removeLeft(path: string, mark: string): void {
    const prefix = `${basename(path)}${mark}`;
    for (const name of namesIn(dirname(path))) {
        const pid = Number(name.slice(prefix.length));
        if (!name.startsWith(prefix) || !Number.isInteger(pid)) continue;
        if (pid !== process.pid && isAlive(pid)) continue;
        rmSync(join(dirname(path), name), { recursive: true, force: true });
    }
}

function namesIn(folder: string): string[] {
    try {
        return readdirSync(folder);
    } catch {
        // It is made later, or can't be: whoever writes there says so.
        return [];
    }
}
