import { join } from 'node:path';

import { type Struck, strikesOf } from '../faults/strikes.js';
import type { FaultPlan } from '../faults/fault-plan.js';
import { readTraceOf } from '../platform/index.js';
import type { RunRecord } from '../trace/runs.js';
import { type RunCall, stateAt, type Trace } from '../trace/trace.js';
import { type Exported, exportStorages } from './export.js';
import type { ForkPoint } from './fork-point.js';
import { type Leftovers, leftoversOf, rowsAt, runOf } from './leftovers.js';
import { MovedRun, type MovedRunOptions, type MovedRunStart } from './moved-run.js';

export interface MoveOptions extends MovedRunOptions, Omit<MovedRunStart, 'shop'> {
    /** Records that belong to what is left: `OUTPUT`, or `name/KEY` in a named key-value store. */
    records?: readonly string[];
    /** Goes on from a recorded moment instead of starting the Actor. */
    fork?: ForkPoint;
    /** Write the storages as files to `storage` in the data directory. Default true. */
    exports?: boolean;
}

/** A strike that struck, and how far the run was. */
export interface StruckRows extends Struck {
    /** Milliseconds since the start of the run. */
    afterMillis: number;
    /** How many rows each dataset had by then, named as in `Leftovers.datasets`. */
    rows: Readonly<Record<string, number>>;
}

/** What became of a run. */
export interface Moved {
    trace: Trace;
    leftovers: Leftovers;
    run: RunRecord;
    struck: readonly StruckRows[];
    /** Strikes of the plan that found no occasion. */
    missed: FaultPlan;
    /** The calls of the run in order, over all its processes. */
    calls: readonly RunCall[];
    wallMillis: number;
    /** Data directory. */
    dir: string;
    exported: Exported | undefined;
}

/**
 * Runs an Actor to its end on a platform of its own, struck as the plan says.
 *
 * @throws Error when the platform can't be opened.
 */
export async function move(options: MoveOptions): Promise<Moved> {
    const { input, timeoutSecs, memoryMbytes, records, fork, exports = true } = options;
    const moved = new MovedRun(options);
    let exported: Exported | undefined;
    try {
        await moved.open();
        const start = {
            input,
            ...(timeoutSecs !== undefined && { timeoutSecs }),
            ...(memoryMbytes !== undefined && { memoryMbytes }),
        };
        if (fork) await moved.fork(fork);
        else await moved.start(start);
        await moved.finished();
        const { dir, store } = moved.platform;
        exported = exports ? await exportStorages(store, join(dir, 'storage'), moved.run.id) : undefined;
    } finally {
        await moved.close();
    }
    const { dir } = moved.platform;
    return { ...movedIn(readTraceOf(dir), records), dir, exported };
}

/** What a trace says of the run that was tried. */
export function movedIn(trace: Trace, records?: readonly string[]): Omit<Moved, 'dir' | 'exported'> {
    const { struck, missed } = strikesOf(trace);
    const startedAt = trace.entries[trace.begin]!.at;
    return {
        trace,
        leftovers: leftoversOf(trace, records),
        run: runOf(trace, stateAt(trace, trace.end)),
        struck: struck.map((one) => ({ ...one, afterMillis: one.at - startedAt, rows: rowCounts(trace, one.index) })),
        missed,
        calls: trace.calls(),
        wallMillis: trace.entries[trace.end]!.at - startedAt,
    };
}

function rowCounts(trace: Trace, index: number): Record<string, number> {
    const moment = stateAt(trace, index);
    const datasets = Object.entries(rowsAt(moment, runOf(trace, moment)));
    return Object.fromEntries(datasets.map(([name, rows]) => [name, rows.length]));
}
