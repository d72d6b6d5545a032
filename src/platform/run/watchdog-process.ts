import { createInterface } from 'node:readline';

import { endTree, killTree } from './kill-tree.js';

/**
 * Runs beside a platform and reads the process ids of its Actors: `+<pid> <mark>` for one that was started, `-<pid>` for
 * one that has ended, and of which nothing is left. When the platform is gone, however it went, its end of the pipe closes, and what it left is killed.
 */
const marks = new Map<number, string>();

process.on('SIGINT', () => {});
process.on('SIGHUP', () => {});
process.on('SIGTERM', () => {});

const lines = createInterface({ input: process.stdin });
lines.on('line', (line) => {
    const [pid, mark] = line.slice(1).split(' ');
    if (line.startsWith('+')) marks.set(Number(pid), mark!);
    else marks.delete(Number(pid));
});
lines.on('close', () => {
    const trees = [...marks].map(([pid, mark]) => ({ pid, mark }));
    for (const tree of trees) killTree(tree);
    for (const tree of trees) void endTree(tree);
});
