import { spawn } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';

import { listProcesses } from './process-table.js';
import { treeOf, type TreeRoot } from './process-tree.js';

/** How long what was killed may take to be gone. */
const GONE_WITHIN_MILLIS = 5_000;
const LOOK_EVERY_MILLIS = 5;

/**
 * Kills a process and all that it started, at once (SIGKILL), also what has left its group. On Linux and macOS the
 * process must lead its own group. A process that is gone already is no error.
 *
 * What is being started just now may escape: `endTree` ends that too.
 */
export function killTree(root: TreeRoot): void {
    if (process.platform === 'win32') {
        spawn('taskkill', ['/pid', String(root.pid), '/T', '/F'], { stdio: 'ignore', windowsHide: true })
            .on('error', () => {})
            .unref();
        return;
    }
    // Who descends from it can be told only as long as it lives.
    const found = treeOf(root, listProcesses() ?? []);
    for (const pid of [-root.pid, ...found]) signal(pid);
}

/**
 * Waits until nothing is left of what a process started, and kills it until then. To be called when the process itself
 * is gone.
 *
 * @returns What is not as it should be, as a sentence; undefined when nothing is left.
 */
export async function endTree(root: TreeRoot): Promise<string | undefined> {
    if (process.platform === 'win32') killTree(root);
    else signal(-root.pid);
    const until = Date.now() + GONE_WITHIN_MILLIS;
    for (;;) {
        const processes = listProcesses();
        if (!processes) return 'Whether what the Actor had started is still running can not be known on this system.';
        const left = treeOf(root, processes);
        if (left.length === 0) return undefined;
        if (Date.now() > until) return `Processes that the Actor had started could not be ended: ${left.join(', ')}.`;
        for (const pid of left) signal(pid);
        await sleep(LOOK_EVERY_MILLIS);
    }
}

function signal(pid: number): void {
    try {
        process.kill(pid, 'SIGKILL');
    } catch (error) {
        // macOS answers EPERM for a group in which all are dead and not yet reaped, and anybody for a stranger's process.
        const { code } = error as NodeJS.ErrnoException;
        if (code !== 'ESRCH' && code !== 'EPERM') throw error;
    }
}
