import { createInterface } from 'node:readline';

import { killTree } from './kill-tree.js';

/**
 * Runs beside a platform and reads the process ids of its Actors: `+<pid>` for one that was started, `-<pid>` for one
 * that has ended. When the platform is gone, however it went, its end of the pipe closes, and what it left is killed.
 */
const pids = new Set<number>();

process.on('SIGINT', () => {});
process.on('SIGHUP', () => {});
process.on('SIGTERM', () => {});

const lines = createInterface({ input: process.stdin });
lines.on('line', (line) => {
    const pid = Number(line.slice(1));
    if (line.startsWith('+')) pids.add(pid);
    else pids.delete(pid);
});
lines.on('close', () => {
    for (const pid of pids) killTree(pid);
});
