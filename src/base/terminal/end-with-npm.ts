import { readFileSync } from 'node:fs';

import { isAlive } from '../is-alive.js';

const LOOK_EVERY_MILLIS = 500;
/** What npm may start a script through. */
const SHELLS = new Set(['sh', 'dash', 'bash', 'ash', 'zsh', 'busybox']);

/**
 * Ends this process as SIGTERM would once npm, which has started it, is gone: npm hands on no signal that was sent to it
 * alone, so that what it had started would go on for ever. Of a process that somebody else has started, such as a shell
 * with `nohup`, nothing is asked.
 */
export function endWithNpm(env: NodeJS.ProcessEnv = process.env): void {
    if (env.npm_lifecycle_event === undefined) return;
    const parent = process.ppid;
    const above = shellsParent(parent);
    const look = setInterval(() => {
        const isThere = process.ppid === parent && isAlive(parent) && (above === undefined || isAlive(above));
        if (isThere) return;
        clearInterval(look);
        if (process.listenerCount('SIGTERM') > 0) process.emit('SIGTERM', 'SIGTERM');
        else process.exit(143);
    }, LOOK_EVERY_MILLIS).unref();
}

/** The parent of a shell; undefined of any other process, and where the system doesn't say. */
function shellsParent(pid: number): number | undefined {
    if (process.platform !== 'linux') return undefined;
    try {
        // `<pid> (<name>) <state> <parent> …`, where the name may hold anything.
        const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
        const name = stat.slice(stat.indexOf('(') + 1, stat.lastIndexOf(')'));
        return SHELLS.has(name) ? Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]) : undefined;
    } catch {
        return undefined;
    }
}
