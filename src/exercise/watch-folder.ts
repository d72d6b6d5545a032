import { dirname, relative, sep } from 'node:path';

import { watch } from 'chokidar';

/** Milliseconds without another change, so that an editor that saves several files starts one try. */
const SETTLE_MILLIS = 150;
const POLL_MILLIS = 1_000;
/** Below these folders nothing is watched. */
const NOT_WATCHED = /(^|[\\/])(node_modules|storage)([\\/]|$)/;

export interface WatchedFolder {
    close(): Promise<void>;
}

/**
 * Tells of each change in a folder, once it has settled. The folder may be taken away and another one put in its place:
 * it is the folder around it that is watched.
 *
 * @param poll Look for changes instead of waiting to be told of them.
 */
export function watchFolder(dir: string, { poll, onChange }: { poll: boolean; onChange: () => void }): WatchedFolder {
    const around = dirname(dir);
    let settle: NodeJS.Timeout | undefined;
    const watcher = watch(around, {
        ignoreInitial: true,
        usePolling: poll,
        interval: POLL_MILLIS,
        ignored: (path) => {
            if (path === around) return false;
            const isInside = path === dir || path.startsWith(dir + sep);
            return !isInside || NOT_WATCHED.test(relative(dir, path));
        },
    });
    watcher.on('all', () => {
        clearTimeout(settle);
        settle = setTimeout(onChange, SETTLE_MILLIS);
    });
    return {
        async close() {
            clearTimeout(settle);
            await watcher.close();
        },
    };
}
