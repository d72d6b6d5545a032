import { rm } from 'node:fs/promises';
import { resolve } from 'node:path';

import { parseApiFault } from '../faults/api-fault.js';
import { type Fault, type FaultPlan, parsePlan, parseTrigger, repeat } from '../faults/fault-plan.js';
import type { TraceEntry } from '../trace/recorded.js';
import { type MovedActor, withGiven } from './define-actor.js';
import { readActorFiles } from './actor-files.js';
import { actorFolder } from './actor-folder.js';
import { compareRuns, UNDISTURBED_RUNS } from './comparison.js';
import type { CompareRules } from './differences.js';
import type { ComparisonFinding } from './finding.js';
import { completeInput, readActorInput } from './input.js';
import type { Leftovers } from './leftovers.js';
import type { Moved } from './move.js';
import type { NoiseFinding } from './noise.js';
import { type NotCompared, notCompared } from './record-rules.js';
import { readSeedDataset, readSeedStorage } from './seed-files.js';
import { spread, spreadOverRequests } from '../faults/strike-points.js';
import { parseServedRequest, type ServeScript, type Serving } from './serving.js';
import { keepTemporaryFolder, makeTemporaryFolder } from '../base/temporary-folder.js';
import { UsageError } from '../base/usage-error.js';
import { apiFaultText, struckText, unmetText } from './strike-text.js';
import { UndisturbedError } from './undisturbed-error.js';

/** An Actor for a trial: its folder, or how it is started. */
export type ComparedActor = string | { command: [program: string, ...args: string[]]; cwd?: string; name?: string };

export interface CompareOptions {
    /** Default: the Actor in the working directory, started as its package.json says. */
    actor?: ComparedActor;
    /** Actors that it may call, start or become, by name, or by `user/name` for those of others. */
    actors?: Readonly<Record<string, ComparedActor>>;
    /** Tasks that it may start, by name or `user/name`: what their Actors are called above, and their inputs. */
    tasks?: Readonly<Record<string, { actor: string; input?: Readonly<Record<string, unknown>> }>>;
    /**
     * Default values of the input schema stand in for what it leaves out. Default: as `apify run` takes it, else the
     * prefilled and default values of the schema.
     */
    input?: unknown;
    /** Set for the Actor's processes, besides `environmentVariables` of its `.actor/actor.json`. */
    env?: Readonly<Record<string, string>>;
    /** Events that the Actor charges for, and their prices in US dollars, besides `.actor/pay_per_event.json`. */
    prices?: Readonly<Record<string, number>>;
    /** Whether a process that fails is followed by another. Default: only where `restart` is what strikes. */
    restartOnError?: boolean;
    /** Told to the Actor: how many rows may be paid for, and what the run may cost in US dollars. */
    maxItems?: number;
    maxTotalChargeUsd?: number;
    /** Seconds that the run may take; 0 is no limit. Default 3,600. */
    timeoutSecs?: number;
    /** Rows that datasets hold beforehand: files, as `--seed-dataset` takes them. */
    seedDatasets?: readonly string[];
    /** A folder with storages that it finds, as `--seed-storage` takes it. */
    seedStorage?: string;
    /** Bytes that a record may have. Default: any number. */
    maxRecordBytes?: number;
    /** True when reading a storage by its id needs a token. Default false. */
    restrictedStorages?: boolean;
    /** Strikes hit the n-th run, from 1, of an Actor that it starts, and not the run itself. */
    on?: { actor: string; n: number };
    /** Of an Actor that serves, as in Standby: what it is asked, such as `GET /items` or `POST /items {"n":1}`. */
    requests?: readonly string[];
    /** Calls an Actor that serves, instead of `requests`. */
    script?: ServeScript;
    /** What strikes. Default: `migrate`; `none` for API faults alone, or else to see how undisturbed runs differ. */
    fault?: Fault | 'none';
    /** When, as `--at` takes it. Default: in the middle of the undisturbed run, or of the requests. */
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
    /** True when rows must be in the same order, too. */
    ordered?: boolean;
    /** Records that are compared: keys, or `store/KEY`, with `*` for any characters. Default: all. */
    records?: readonly string[];
    /** Records that are not: state that is meant to differ, such as a count of processes. */
    ignoreRecords?: readonly string[];
    /** How often the Actor is run undisturbed: what differs between these runs is noise. Default 2. */
    undisturbed?: number;
    /** Milliseconds between `migrating` or `aborting` and the kill. Default 10,000, for an abort 30,000. */
    graceMillis?: number;
    /** False when the platform ignores the reboot that the SDK asks for during a migration. Default true. */
    rebootEndsMigration?: boolean;
    /**
     * Whether each process finds a fresh copy of the Actor's folder, and no temporary files: a move leaves the disk
     * behind. Default true.
     */
    freshDisk?: boolean;
    /** Milliseconds after which a run that does not end is ended. Default 180,000. */
    timeoutMillis?: number;
    /** Where data goes. Default: a temporary folder, removed in the end. */
    dir?: string;
    /** Whether what each run has left is also written as files there, one for each row. Default false. */
    exports?: boolean;
    /** Told what happens in the struck run, as it comes into its trace. */
    onEntry?: (entry: TraceEntry) => void;
}

export interface CompareResult {
    /** True when the struck run left the same as the undisturbed one. */
    same: boolean;
    /** What differs, a sentence each. */
    differences: string[];
    /** The same, with since when and what the Actor did around it. */
    findings: readonly ComparisonFinding[];
    /** In what undisturbed runs differ among themselves, which is not among the differences. */
    noise: readonly NoiseFinding[];
    notCompared: NotCompared;
    /** What struck, where and when. */
    strikes: string[];
    /** What API faults there were, and which calls they met. */
    apiFaults: string[];
    /** What could not be as on Apify, a sentence each. */
    notes: readonly string[];
    undisturbed: Leftovers;
    struck: Leftovers;
}

/**
 * Runs an Actor undisturbed and struck, and compares what the two leave behind.
 *
 * @throws UsageError for options that can't be understood; UndisturbedError when an undisturbed run does not succeed;
 * Error when nothing struck or an API fault met no call, since then that was not tried.
 * @example
 * const { differences } = await compare({ fault: 'migrate' });
 * expect(differences).toEqual([]);
 */
export async function compare(options: CompareOptions = {}): Promise<CompareResult> {
    const { env = {}, prices, fault = 'migrate', plan, apiFaults = [], onEntry } = options;
    const actor = withGiven(await asActor(options.actor ?? '.'), { env, prices });
    const others = Object.entries(options.actors ?? {});
    const actors = await Promise.all(
        others.map(async ([label, other]) => withGiven({ ...(await asActor(other)), ...ownerAndName(label) }, { env })),
    );
    const tasks = Object.entries(options.tasks ?? {}).map(([name, task]) => ({ name, ...task }));
    const seeds = [
        ...(options.seedStorage === undefined ? [] : await readSeedStorage(options.seedStorage)),
        ...(await Promise.all((options.seedDatasets ?? []).map(readSeedDataset))),
    ];
    const input =
        options.input === undefined
            ? (await readActorInput(actor.cwd, undefined, process.stdin)).input
            : await completeInput(actor.cwd, options.input, 'of the trial');
    const dir = options.dir ?? makeTemporaryFolder();
    const { unique, ignore, ordered, records, ignoreRecords } = options;
    const rules: CompareRules = defined({ unique, ignore, ordered, records, ignoreRecords });
    const { graceMillis, rebootEndsMigration, timeoutMillis, timeoutSecs } = options;
    const { maxItems, maxTotalChargeUsd, maxRecordBytes, restrictedStorages, on } = options;
    const { freshDisk = true } = options;
    // An Actor that counts on it does so undisturbed, too.
    const isRestarted = plan === undefined ? fault === 'restart' : /^restart\b/.test(plan);
    const restartOnError = options.restartOnError ?? (isRestarted && on === undefined ? true : undefined);
    const isOnlyNoise = fault === 'none' && plan === undefined && apiFaults.length === 0;
    let isKept = options.dir !== undefined;
    try {
        const { undisturbed, noise, struck } = await compareRuns({
            ...defined({ graceMillis, rebootEndsMigration, timeoutMillis, timeoutSecs, restartOnError }),
            ...defined({ maxItems, maxTotalChargeUsd, maxRecordBytes, restrictedStorages, on }),
            tasks,
            seeds,
            undisturbed: Math.max(options.undisturbed ?? UNDISTURBED_RUNS, isOnlyNoise ? 2 : 1),
            runs: isOnlyNoise ? 0 : 1,
            freshDisk,
            ...servingOf(options),
            rules,
            actor,
            actors,
            input,
            dir,
            apiFaults: apiFaults.map(parseApiFault),
            exports: options.exports ?? false,
            planOf: planner(options, fault),
            onRun: (n) => (n === 0 ? undefined : onEntry),
        });
        const [first] = undisturbed;
        const [compared] = struck;
        const moved = compared?.moved ?? undisturbed.at(-1)!;
        if (compared) assertTried(moved, fault);
        const findings = compared?.findings ?? [];
        return {
            same: compared ? findings.length === 0 : noise.findings.length === 0,
            differences: findings.map(({ sentence }) => sentence),
            findings,
            noise: noise.findings,
            notCompared: compared?.notCompared ?? notCompared(moved.leftovers, rules),
            strikes: moved.struck.map(struckText),
            apiFaults: moved.apiFaults.map((one) => apiFaultText(one, moved)),
            notes: [...new Set([...undisturbed, moved].flatMap(({ notes }) => notes))],
            undisturbed: first.leftovers,
            struck: moved.leftovers,
        };
    } catch (error) {
        if (!isKept && error instanceof UndisturbedError) {
            isKept = true;
            keepTemporaryFolder(dir);
        }
        throw error;
    } finally {
        if (!isKept) await rm(dir, { recursive: true, force: true, maxRetries: 3 });
    }
}

/**
 * @throws Error when what was to go wrong did not.
 */
function assertTried(moved: Moved, fault: Fault | 'none'): void {
    if (moved.struck.length === 0 && fault !== 'none') {
        throw new Error('Nothing struck the run, so nothing was tried: strike earlier.');
    }
    const unmet = unmetText([moved]);
    if (unmet !== undefined) throw new Error(unmet);
}

/**
 * @throws UsageError when both are given, or a request is none.
 */
function servingOf({ requests, script }: CompareOptions): { serving?: Serving } {
    if (requests && script) throw new UsageError('Give requests or a script, not both.');
    if (script) return { serving: { script } };
    return requests ? { serving: { requests: requests.map(parseServedRequest) } } : {};
}

function planner(
    { at, times = 1, plan, requests, script }: CompareOptions,
    fault: Fault | 'none',
): (calls: Parameters<typeof spread>[2], n: number, answers: number) => FaultPlan {
    const serves = requests !== undefined || script !== undefined;
    const pages = serves ? ['request'] : [];
    if (plan !== undefined) {
        const strikes = parsePlan(plan, pages);
        return () => strikes;
    }
    if (fault === 'none') return () => [];
    if (at === undefined && serves) return (_calls, _n, answers) => spreadOverRequests(fault, times, answers);
    if (at === undefined) return (calls) => spread(fault, times, calls);
    const strikes = repeat({ fault, trigger: parseTrigger(at, pages) }, times);
    return () => strikes;
}

async function asActor(actor: ComparedActor): Promise<MovedActor> {
    if (typeof actor === 'string') return actorFolder(actor);
    const { command, cwd = '.', name = 'actor' } = actor;
    return { ...(await readActorFiles(cwd)), name, command, cwd: resolve(cwd) };
}

function ownerAndName(label: string): { name: string; username?: string } {
    const [name = '', username] = label.split('/').toReversed();
    return { name, ...(username !== undefined && { username }) };
}

/** Without the fields that are undefined. */
function defined<T extends object>(fields: T): { [Name in keyof T]?: Exclude<T[Name], undefined> } {
    return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as never;
}
