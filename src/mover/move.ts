import { join } from 'node:path';

import { type ApiFaultMet, apiFaultsMet } from '../faults/api-faults-met.js';
import { type Struck, strikesOf } from '../faults/strikes.js';
import type { FaultPlan } from '../faults/fault-plan.js';
import { readTraceOf } from '../platform/index.js';
import type { Store } from '../platform/store.js';
import type { RunRecord } from '../trace/runs.js';
import { type RunCall, stateAt, type Trace } from '../trace/trace.js';
import { type Exported, exportStorages, type OnWritten } from './export.js';
import type { ForkPoint } from './fork-point.js';
import { type Leftovers, leftoversOf, runOf } from './leftovers.js';
import { MovedRun, type MovedRunOptions, type MovedRunStart } from './moved-run.js';

export interface MoveOptions extends MovedRunOptions, Omit<MovedRunStart, 'shop'> {
    /** Goes on from a recorded moment instead of starting the Actor. */
    fork?: ForkPoint;
    /** Write the storages as files to `storage` in the data directory, one for each row. Default false. */
    exports?: boolean;
    /** Told how many of these files have been written. */
    onExported?: OnWritten;
}

/** A strike that struck, and when. */
export interface StruckAfter extends Struck {
    /** Milliseconds since the start of the run. */
    afterMillis: number;
}

/** What became of a run. */
export interface Moved {
    trace: Trace;
    leftovers: Leftovers;
    run: RunRecord;
    struck: readonly StruckAfter[];
    /** Strikes of the plan that found no occasion. */
    missed: FaultPlan;
    /** The API faults that it was tried with, and the calls that met them. */
    apiFaults: readonly ApiFaultMet[];
    /** The calls of the run in order, over all its processes. */
    calls: readonly RunCall[];
    /** Those of the run that strikes hit: the same ones, unless it is one that was started. */
    strikable: readonly RunCall[];
    /** What could not be as on Apify, a sentence each. */
    notes: readonly string[];
    wallMillis: number;
    /** Data directory. */
    dir: string;
    exported: Exported | undefined;
    /** Why the storages could not be written as files. */
    notExported?: string;
}

/**
 * Runs an Actor to its end on a platform of its own, struck as the plan says.
 *
 * @throws Error when the platform can't be opened.
 */
export async function move(options: MoveOptions): Promise<Moved> {
    const { fork, exports = false, onExported } = options;
    const moved = new MovedRun(options);
    let exported: Pick<Moved, 'exported' | 'notExported'> = { exported: undefined };
    try {
        await moved.open();
        if (fork) await moved.fork(fork);
        else await moved.start(startOf(options));
        await moved.finished();
        const { dir, store } = moved.platform;
        if (exports) exported = await tryToExport(store, join(dir, 'storage'), moved.run.id, onExported);
    } finally {
        await moved.close();
    }
    const { dir } = moved.platform;
    return { ...movedIn(readTraceOf(dir)), dir, ...exported };
}

function startOf(options: MoveOptions): MovedRunStart {
    const { input, timeoutSecs, memoryMbytes, restartOnError, maxItems, maxTotalChargeUsd, seeds } = options;
    return {
        input,
        ...(timeoutSecs !== undefined && { timeoutSecs }),
        ...(memoryMbytes !== undefined && { memoryMbytes }),
        ...(restartOnError !== undefined && { restartOnError }),
        ...(maxItems !== undefined && { maxItems }),
        ...(maxTotalChargeUsd !== undefined && { maxTotalChargeUsd }),
        ...(seeds && { seeds }),
    };
}

/** Whatever a disk does not take: it costs the files, and not the verdict. */
async function tryToExport(
    store: Store,
    to: string,
    runId: string,
    onWritten: OnWritten | undefined,
): Promise<Pick<Moved, 'exported' | 'notExported'>> {
    try {
        return { exported: await exportStorages(store, to, runId, onWritten) };
    } catch (error) {
        const { message } = error as Error;
        return {
            exported: undefined,
            notExported: `The storages can't be written as files: ${message.replace(/\.$/, '')}.`,
        };
    }
}

/** What a trace says of the run that was tried. */
export function movedIn(trace: Trace): Omit<Moved, 'dir' | 'exported'> {
    const { struck, missed } = strikesOf(trace);
    const startedAt = trace.entries[trace.begin]!.at;
    return {
        trace,
        leftovers: leftoversOf(trace),
        run: runOf(trace, stateAt(trace, trace.end)),
        struck: struck.map((one) => ({ ...one, afterMillis: one.at - startedAt })),
        missed,
        apiFaults: apiFaultsMet(trace),
        calls: trace.calls(),
        strikable: trace.struckRunId === undefined ? [] : trace.calls(trace.struckRunId),
        notes: notesIn(trace),
        wallMillis: trace.entries[trace.end]!.at - startedAt,
    };
}

function notesIn(trace: Trace): string[] {
    const notes = trace.entries.slice(trace.begin).flatMap((entry) => (entry.type === 'note' ? [entry.text] : []));
    return [...new Set(notes)];
}
