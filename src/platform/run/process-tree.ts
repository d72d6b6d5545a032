import type { ListedProcess } from './process-table.js';

/** A process, and how to know what it has started. */
export interface TreeRoot {
    pid: number;
    /** What its environment holds and no other's does: all that it starts carries it on, unless told otherwise. */
    mark: string;
}

/**
 * The processes of a tree, in no order: those of the root's group, those that carry its mark, and all that descends
 * from these. So a process counts that has left the group, or whose parent is gone.
 */
export function treeOf({ pid, mark }: TreeRoot, processes: readonly ListedProcess[]): number[] {
    const children = new Map<number, ListedProcess[]>();
    for (const one of processes) children.set(one.parent, [...(children.get(one.parent) ?? []), one]);
    const found = new Set<number>();
    const add = (one: ListedProcess): void => {
        if (found.has(one.pid) || one.pid === process.pid) return;
        found.add(one.pid);
        for (const child of children.get(one.pid) ?? []) add(child);
    };
    for (const one of processes) {
        if (one.pid === pid || one.group === pid || one.environment.includes(mark)) add(one);
    }
    return [...found];
}
