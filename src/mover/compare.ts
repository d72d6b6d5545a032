import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

import { parseApiFault } from '../faults/api-fault.js';
import { type Fault, type FaultPlan, parsePlan, parseTrigger, repeat } from '../faults/fault-plan.js';
import type { TraceEntry } from '../trace/recorded.js';
import type { MovedActor } from './moved-run.js';
import { actorFolder } from './actor-folder.js';
import { compareRuns, DEFAULT_RECORDS } from './comparison.js';
import { describeAll } from './difference-text.js';
import { completeInput, readActorInput } from './input.js';
import type { Leftovers } from './leftovers.js';
import { spread } from '../faults/strike-points.js';
import { struckText } from './strike-text.js';

/** An Actor for a trial: its folder, or how it is started. */
export type ComparedActor = string | { command: [program: string, ...args: string[]]; cwd?: string; name?: string };

export interface CompareOptions {
    /** Default: the Actor in the working directory, started as its package.json says. */
    actor?: ComparedActor;
    /** Actors that it may call, start or become, by name. */
    actors?: Readonly<Record<string, ComparedActor>>;
    /**
     * Default values of the input schema stand in for what it leaves out. Default: as `apify run` takes it, else the
     * prefilled and default values of the schema.
     */
    input?: unknown;
    /** Set for the Actor's processes. */
    env?: Readonly<Record<string, string>>;
    /** Events that the Actor charges for, and their prices in US dollars. */
    prices?: Readonly<Record<string, number>>;
    /** What strikes. Default: `migrate`; `none` for API faults alone. */
    fault?: Fault | 'none';
    /** When, as `--at` takes it. Default: in the middle of the undisturbed run. */
    at?: string;
    /** How often. Default 1. */
    times?: number;
    /** Several strikes instead, as `--plan` takes them. */
    plan?: string;
    /** What goes wrong between the Actor and the API, as `--api-fault` takes it. */
    apiFaults?: readonly string[];
    /** Fields that together name a row. */
    unique?: readonly string[];
    /** Fields that are not compared, wherever they stand. */
    ignore?: readonly string[];
    /** Records that are compared. Default: `OUTPUT`. */
    records?: readonly string[];
    /** Milliseconds between `migrating` or `aborting` and the kill. Default 10,000, for an abort 30,000. */
    graceMillis?: number;
    /** False when the platform ignores the reboot that the SDK asks for during a migration. Default true. */
    rebootEndsMigration?: boolean;
    /** Milliseconds after which a run that does not end is ended. Default 180,000. */
    timeoutMillis?: number;
    /** Where data goes. Default: a temporary folder, removed in the end. */
    dir?: string;
    /** Told what happens in the struck run, as it comes into its trace. */
    onEntry?: (entry: TraceEntry) => void;
}

export interface CompareResult {
    /** True when the struck run left the same as the undisturbed one. */
    same: boolean;
    /** What differs, a sentence each. */
    differences: string[];
    /** What struck, where and when. */
    strikes: string[];
    undisturbed: Leftovers;
    struck: Leftovers;
}

/**
 * Runs an Actor once undisturbed and once struck, and compares what the two leave behind.
 *
 * @throws UsageError for options that can't be understood; UndisturbedError when the undisturbed run does not succeed;
 * Error when nothing struck, since then nothing was tried.
 * @example
 * const { differences } = await compare({ fault: 'migrate' });
 * expect(differences).toEqual([]);
 */
export async function compare(options: CompareOptions = {}): Promise<CompareResult> {
    const { env = {}, fault = 'migrate', records = DEFAULT_RECORDS, apiFaults = [], onEntry } = options;
    const actor = { ...(await asActor(options.actor ?? '.', env)), ...defined({ prices: options.prices }) };
    const others = Object.entries(options.actors ?? {});
    const actors = await Promise.all(others.map(async ([name, other]) => ({ ...(await asActor(other, env)), name })));
    const input =
        options.input === undefined
            ? (await readActorInput(actor.cwd, undefined, process.stdin)).input
            : await completeInput(actor.cwd, options.input, 'of the trial');
    const dir = options.dir ?? (await mkdtemp(join(tmpdir(), 'actors-move-')));
    const { unique, ignore, graceMillis, rebootEndsMigration, timeoutMillis } = options;
    try {
        const { undisturbed, struck } = await compareRuns({
            ...defined({ unique, ignore, graceMillis, rebootEndsMigration, timeoutMillis }),
            actor,
            actors,
            input,
            dir,
            records,
            apiFaults: apiFaults.map(parseApiFault),
            exports: options.dir !== undefined,
            planOf: planner(options, fault),
            onRun: (n) => (n === 0 ? undefined : onEntry),
        });
        const { moved, differences } = struck[0]!;
        if (moved.struck.length === 0 && fault !== 'none') {
            throw new Error('Nothing struck the run, so nothing was tried: strike earlier.');
        }
        return {
            same: differences.length === 0,
            differences: describeAll(differences),
            strikes: moved.struck.map(struckText),
            undisturbed: undisturbed.leftovers,
            struck: moved.leftovers,
        };
    } finally {
        if (options.dir === undefined) await rm(dir, { recursive: true, force: true, maxRetries: 3 });
    }
}

function planner(
    { at, times = 1, plan }: CompareOptions,
    fault: Fault | 'none',
): (calls: Parameters<typeof spread>[2]) => FaultPlan {
    if (plan !== undefined) {
        const strikes = parsePlan(plan);
        return () => strikes;
    }
    if (fault === 'none') return () => [];
    if (at === undefined) return (calls) => spread(fault, times, calls);
    const strikes = repeat({ fault, trigger: parseTrigger(at) }, times);
    return () => strikes;
}

async function asActor(
    actor: ComparedActor,
    env: Readonly<Record<string, string>>,
): Promise<MovedActor & { cwd: string }> {
    if (typeof actor === 'string') return { ...(await actorFolder(actor)), env: { ...env } };
    const { command, cwd = '.', name = 'actor' } = actor;
    return { name, command, cwd: resolve(cwd), env: { ...env } };
}

/** Without the fields that are undefined. */
function defined<T extends object>(fields: T): { [Name in keyof T]?: Exclude<T[Name], undefined> } {
    return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as never;
}
