import { join } from 'node:path';

import type { ApiCall, RunRecord } from '../platform/index.js';
import type { FaultPlan, Strike } from '../faults/fault-plan.js';
import { MovedRun, type MovedRunOptions, type MovedRunStart } from './moved-run.js';
import { type Exported, exportStorages } from './export.js';
import type { Leftovers } from './leftovers.js';
import { leftoversOf } from './leftovers.js';

export interface MoveOptions extends MovedRunOptions, MovedRunStart {
    /** Records that belong to the outcome: `OUTPUT`, or `name/KEY` in a named key-value store. */
    records?: readonly string[];
    /** Write the storages as files to `storage` in the data directory. Default true. */
    exports?: boolean;
}

/** A strike that struck. */
export interface Struck {
    strike: Strike;
    /** The API call at which it struck. */
    call: ApiCall | undefined;
    /** Milliseconds since the start of the run. */
    afterMillis: number;
    /** How many rows each dataset had by then, named as in `Leftovers.datasets`. */
    rows: Readonly<Record<string, number>>;
}

/** What a run came to. */
export interface Moved {
    outcome: Leftovers;
    run: RunRecord;
    struck: readonly Struck[];
    /** Strikes of the plan that found no occasion. */
    missed: FaultPlan;
    /** The calls of the run in order, over all its processes. */
    calls: readonly ApiCall[];
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
    const { input, timeoutSecs, memoryMbytes, records = [], exports = true } = options;
    const struck: Struck[] = [];
    const calls: ApiCall[] = [];
    const moved = new MovedRun({
        ...options,
        onEvent: (event) => {
            if (event.type === 'call') calls.push(event.call);
            if (event.type === 'strike') {
                const afterMillis = event.at - moved.startedAt;
                struck.push({ strike: event.strike, call: event.call, afterMillis, rows: rowCounts(moved) });
            }
            options.onEvent?.(event);
        },
    });
    try {
        await moved.open();
        await moved.start({
            input,
            ...(timeoutSecs !== undefined && { timeoutSecs }),
            ...(memoryMbytes !== undefined && { memoryMbytes }),
        });
        const ended = await moved.finished();
        const { platform, striker } = moved;
        const wallMillis = Date.now() - moved.startedAt;
        const run = { ...moved.run.record };
        const outcome = leftoversOf({ platform, run, ended, records, nameOfActor: moved.nameOfActor });
        const { dir, store } = platform;
        const exported = exports ? await exportStorages(store, join(dir, 'storage'), run.id) : undefined;
        return { outcome, run, struck, missed: striker.missed, calls, wallMillis, dir, exported };
    } finally {
        await moved.close();
    }
}

function rowCounts({ platform, run: { record }, nameOfActor }: MovedRun): Record<string, number> {
    const { datasets } = leftoversOf({ platform, run: record, ended: record.status, nameOfActor });
    return Object.fromEntries(Object.entries(datasets).map(([name, rows]) => [name, rows.length]));
}
