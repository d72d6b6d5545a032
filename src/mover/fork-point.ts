import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';

import { UsageError } from '../base/usage-error.js';
import { readTraceOf } from '../platform/index.js';
import type { Trace } from '../trace/trace.js';

/** Where a run begins that goes on from a recorded one. */
export interface ForkPoint {
    trace: Trace;
    /** Of the entry after which the process dies. */
    index: number;
    /** Calls after it that are applied anew before the run goes on, by their numbers in the trace. */
    calls?: readonly number[];
}

/**
 * Reads a fork point as a person types it: `DIR@87`, a data directory and an index of its trace; then, as in
 * `DIR@87+40,42`, calls that are applied anew.
 *
 * @throws UsageError when there is no such directory, trace or index.
 */
export function readForkPoint(text: string): ForkPoint {
    const [, folder, digits, numbers] = /^(.+)@(\d+)(?:\+(\d+(?:,\d+)*))?$/.exec(text) ?? [];
    if (folder === undefined) throw new UsageError(`--fork takes <data directory>@<index>, not '${text}'.`);
    const dir = resolve(folder);
    if (!existsSync(join(dir, 'journal.jsonl')))
        throw new UsageError(`${dir} is no data directory: no run left its data there.`);
    const trace = traceOf(dir);
    const index = Number(digits);
    if (index > trace.end)
        throw new UsageError(`The trace in ${dir} has no entry ${index}: its last one is ${trace.end}.`);
    return { trace, index, calls: numbers?.split(',').map(Number) ?? [] };
}

function traceOf(dir: string): Trace {
    try {
        return readTraceOf(dir);
    } catch (error) {
        throw new UsageError(`The trace in ${dir} can't be read: ${(error as Error).message}.`);
    }
}
