import { createInterface } from 'node:readline';

import { endTree, killTree } from './kill-tree.js';

/**
 * Runs beside platforms and reads the process ids of their Actors: `+<pid> <mark>` for one that was started, `-<pid>` for
 * one that has ended, and of which nothing is left, `!<pid>` for one to kill. When the process of the platforms is gone,
 * however it went, its end of the pipe closes, and what it left is killed.
 */
const marks = new Map<number, string>();

process.on('SIGINT', () => {});
process.on('SIGHUP', () => {});
process.on('SIGTERM', () => {});

const lines = createInterface({ input: process.stdin });
lines.on('line', (line) => {
    const [digits, mark] = line.slice(1).split(' ');
    const pid = Number(digits);
    if (line.startsWith('+')) marks.set(pid, mark!);
    if (line.startsWith('!')) kill([pid]);
    if (line.startsWith('-')) marks.delete(pid);
});
lines.on('close', () => kill([...marks.keys()]));

function kill(pids: readonly number[]): void {
    const trees = pids.flatMap((pid) => (marks.has(pid) ? [{ pid, mark: marks.get(pid)! }] : []));
    for (const { pid } of trees) marks.delete(pid);
    for (const tree of trees) killTree(tree);
    for (const tree of trees) void endTree(tree);
}
