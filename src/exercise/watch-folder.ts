import { realpathSync, statSync } from 'node:fs';
import { relative } from 'node:path';

import { type FSWatcher, watch } from 'chokidar';

/** Milliseconds without another change, so that an editor that saves several files starts one try. */
const SETTLE_MILLIS = 150;
const POLL_MILLIS = 1_000;
/** How often to look whether the folder is still the one that is watched. */
const LOOK_EVERY_MILLIS = 300;
/** Below these folders nothing is watched. */
const NOT_WATCHED = /(^|[\\/])(node_modules|storage)([\\/]|$)/;

export interface WatchedFolder {
    close(): Promise<void>;
}

/**
 * Tells of each change in a folder, once it has settled. The folder may be taken away, renamed, and another one put in
 * its place, also together with those around it: no system tells of that in all cases, so it is looked for.
 *
 * @param poll Look for changes instead of waiting to be told of them.
 * @param since What was saved after that time is told of, too (milliseconds since the epoch). Default: now.
 */
export function watchFolder(
    dir: string,
    { poll, since = Date.now(), onChange }: { poll: boolean; since?: number; onChange: () => void },
): WatchedFolder {
    let settle: NodeJS.Timeout | undefined;
    const changed = (): void => {
        clearTimeout(settle);
        settle = setTimeout(onChange, SETTLE_MILLIS);
    };
    let identity = identityOf(dir);
    let watcher = watchFiles(dir, poll, since, changed);
    const closing: Promise<void>[] = [];
    const look = setInterval(() => {
        const now = identityOf(dir);
        if (now === identity) return;
        identity = now;
        if (watcher) closing.push(watcher.close());
        watcher = watchFiles(dir, poll, Date.now(), changed);
        changed();
    }, LOOK_EVERY_MILLIS);
    return {
        async close() {
            clearInterval(look);
            clearTimeout(settle);
            await Promise.all([...closing, watcher?.close()]);
        },
    };
}

/** Tells a folder from any other that is ever called the same; undefined where there is none. */
function identityOf(dir: string): string | undefined {
    try {
        const { dev, ino, birthtimeMs } = statSync(dir);
        return [realpathSync(dir), dev, ino, birthtimeMs].join(' ');
    } catch {
        return undefined;
    }
}

function watchFiles(dir: string, poll: boolean, since: number, changed: () => void): FSWatcher | undefined {
    let real: string;
    try {
        // A link that is one itself is not followed.
        real = realpathSync(dir);
    } catch {
        return undefined;
    }
    const watcher = watch(real, {
        alwaysStat: true,
        usePolling: poll,
        interval: POLL_MILLIS,
        ignored: (path) => NOT_WATCHED.test(relative(real, path)),
    });
    // What it finds while it begins is no change, unless it was saved in that time.
    let isBegun = false;
    watcher.on('ready', () => (isBegun = true));
    watcher.on('all', (_event, _path, stats) => {
        if (isBegun || (stats?.mtimeMs ?? 0) > since) changed();
    });
    // A folder that goes away while it is being read is looked for again.
    watcher.on('error', changed);
    return watcher;
}
