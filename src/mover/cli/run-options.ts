import { resolve } from 'node:path';

import { type ApiFault, parseApiFault } from '../../faults/api-fault.js';
import { UNDISTURBED_RUNS } from '../comparison.js';
import type { CompareRules } from '../differences.js';
import { type ApiTiming, readApiTiming } from '../api-timing.js';
import { type MovedActor, type MovedTask, withGiven } from '../define-actor.js';
import type { MovedRunOptions } from '../moved-run.js';
import { readSeedDataset, readSeedStorage } from '../seed-files.js';
import type { Seed } from '../seeds.js';
import { actorLabel } from '../../platform/index.js';
import type { Serving } from '../serving.js';
import { UsageError } from '../../base/usage-error.js';
import { type ForkPoint, readForkPoint } from '../fork-point.js';
import { numberOption, parse } from '../../base/terminal/command.js';
import { actorFolderNamed } from './ask-actor.js';
import { actorOf, assertNoneTwice, namedActor, namedTask, readEnv, readOn, readPrices } from './run-actors.js';
import { RUN_OPTIONS, type RunValues } from './run-help.js';
import { readLimits, type RunLimits } from './run-limits.js';
import { readServing } from './run-serving.js';
import { type PlanRequest, readPlan } from './run-plan.js';

/** What a person has asked for. */
export interface RunRequest extends PlanRequest {
    actor: MovedActor;
    actors: MovedActor[];
    tasks: MovedTask[];
    /** Variables of `.actor/actor.json` that are secrets, and that nobody has given. */
    missing: string[];
    inputFile: string | undefined;
    mode:
        | { kind: 'run' }
        | { kind: 'compare'; runs: number; undisturbed: number }
        | { kind: 'prove'; sample: number | undefined; undisturbed: number };
    seed: number;
    jobs: number | undefined;
    apiFaults: ApiFault[];
    /** Passed on as they are. */
    run: ApiTiming &
        RunLimits & {
            graceMillis?: number;
            rebootEndsMigration: boolean;
            freshDisk: boolean;
            serving?: Serving;
            persistIntervalSecs?: number;
            timeoutMillis: number;
            on?: MovedRunOptions['on'];
            seeds?: readonly Seed[];
        };
    rules: CompareRules;
    fork: ForkPoint | undefined;
    data: string | undefined;
    exports: boolean;
    json: boolean;
    junit: string | undefined;
    html: string | undefined;
    /** Whether the page holds the input, too. */
    htmlInput: boolean;
    verbose: boolean;
    /** Options that, with a plan, repeat one struck run of this request. */
    repeatArgs: string[];
}

/** How long a run may go on beyond its own timeout before it is ended from outside. */
const BEYOND_TIMEOUT_MILLIS = 60_000;

/**
 * Reads the command line.
 *
 * @throws UsageError for what can't be understood or does not go together.
 */
export async function readRunRequest(argv: string[], cwd: string): Promise<RunRequest> {
    const end = argv.indexOf('--');
    const own = end === -1 ? argv : argv.slice(0, end);
    const command = end === -1 ? [] : argv.slice(end + 1);
    const { values, positionals } = parse(withCompareCount(own), RUN_OPTIONS, 'Actor folder');
    const modes = { compare: values.compare !== undefined, prove: values.prove === true };
    if (modes.compare && modes.prove) throw new UsageError('Give --compare or --prove, not both.');
    for (const name of ['sample', 'jobs'] as const) {
        if (values[name] !== undefined && !modes.prove) throw new UsageError(`--${name} goes with --prove.`);
    }
    for (const name of ['unique', 'ignore', 'record', 'ignore-record', 'ordered'] as const) {
        if (values[name] && !modes.compare && !modes.prove && values.fork === undefined) {
            throw new UsageError(`--${name} says how to compare: give --compare or --prove too.`);
        }
    }
    if (values.export && modes.prove) throw new UsageError('--export does not go with --prove, which keeps no run.');
    if (values['html-input'] && values.html === undefined) throw new UsageError('--html-input goes with --html.');
    if (values.undisturbed !== undefined && !modes.compare && !modes.prove)
        throw new UsageError('--undisturbed goes with --compare and --prove.');
    if (values.fork !== undefined && (modes.compare || modes.prove)) {
        throw new UsageError(
            '--fork goes on with one recorded run and compares with that: leave --compare and --prove out.',
        );
    }
    if (values.on !== undefined && (modes.prove || values.fork !== undefined)) {
        throw new UsageError('--on strikes a run that the Actor starts: --prove and --fork go on with its own.');
    }
    const serving = await readServing(values, cwd);
    const sample = numberOption('sample', values.sample, { min: 1, max: 1_000_000 });
    const seed = numberOption('seed', values.seed, { min: 0, max: 2 ** 32 - 1 });
    const grace = numberOption('grace', values.grace, { min: 0, max: 600, whole: false });
    const interval = { min: 0.1, max: 3_600, whole: false };
    const persistIntervalSecs = numberOption('persist-interval', values['persist-interval'], interval);
    const env = readEnv(values.env ?? []);
    const plan = readPlan(values, seed, modes);
    // An Actor that counts on it does so undisturbed, too.
    const restartOnError = plan.fault === 'restart' && values.on === undefined;
    const limits = { ...(restartOnError && { restartOnError }), ...readLimits(values) };
    const apiFaults = (values['api-fault'] ?? []).map(parseApiFault);
    const strikes = values.fault !== 'none' || values.plan !== undefined || apiFaults.length > 0;
    const mode: RunRequest['mode'] = modes.prove
        ? { kind: 'prove', sample, undisturbed: undisturbedRuns(values) ?? UNDISTURBED_RUNS }
        : modes.compare
          ? comparedRuns(numberOption('compare', values.compare, { min: 1, max: 1_000 }) ?? 1, values, strikes)
          : { kind: 'run' };
    const named = positionals[0] ?? (command.length > 0 ? cwd : undefined);
    const folder = await actorFolderNamed(named, cwd);
    const actor = await actorOf(resolve(cwd, folder), command);
    const others = await Promise.all((values.actor ?? []).map(namedActor));
    const labels = others.map(actorLabel);
    assertNoneTwice('--actor', labels, actor.name);
    const tasks = await Promise.all((values.task ?? []).map(async (text) => namedTask(text, [actor.name, ...labels])));
    assertNoneTwice(
        '--task',
        tasks.map(({ name }) => name),
    );
    const on = values.on === undefined ? undefined : readOn(values.on, labels);
    const seeds = [
        ...(values['seed-storage'] === undefined ? [] : await readSeedStorage(values['seed-storage'])),
        ...(await Promise.all((values['seed-dataset'] ?? []).map(readSeedDataset))),
    ];
    const prices = values.charge && readPrices(values.charge);
    return {
        actor: withGiven(actor, { env, prices }),
        actors: others.map((other) => withGiven(other, { env })),
        tasks,
        missing: [...new Set([actor, ...others].flatMap(({ secrets = [] }) => secrets))].filter((one) => !(one in env)),
        inputFile: values.input,
        mode,
        ...plan,
        seed: seed ?? 1,
        jobs: numberOption('jobs', values.jobs, { min: 1, max: 64 }),
        apiFaults,
        run: {
            ...readApiTiming(values),
            rebootEndsMigration: !values['no-reboot-reply'],
            freshDisk: !values['no-fresh-disk'],
            ...(serving && { serving }),
            ...(grace !== undefined && { graceMillis: grace * 1_000 }),
            ...(persistIntervalSecs !== undefined && { persistIntervalSecs }),
            ...limits,
            timeoutMillis: limitOf(limits.timeoutSecs),
            ...(on && { on }),
            ...(seeds.length > 0 && { seeds }),
        },
        rules: rulesOf(values),
        fork: values.fork === undefined ? undefined : readForkPoint(values.fork),
        data: values.data,
        exports: values.export ?? false,
        json: values.json ?? false,
        junit: values.junit,
        html: values.html,
        htmlInput: values['html-input'] ?? false,
        verbose: values.verbose ?? false,
        repeatArgs: [
            ...(folder === cwd ? positionals : [folder]),
            ...repeatArgs(values),
            ...(command.length > 0 ? ['--', ...command] : []),
        ],
    };
}

function undisturbedRuns({ undisturbed }: RunValues): number | undefined {
    return numberOption('undisturbed', undisturbed, { min: 1, max: 100 });
}

/** Without anything that strikes, all runs are undisturbed ones, and how they differ is what is asked. */
function comparedRuns(
    runs: number,
    values: RunValues,
    strikes: boolean,
): { kind: 'compare'; runs: number; undisturbed: number } {
    const undisturbed = undisturbedRuns(values);
    if (strikes) return { kind: 'compare', runs, undisturbed: undisturbed ?? UNDISTURBED_RUNS };
    return { kind: 'compare', runs: 0, undisturbed: Math.max(2, undisturbed ?? runs + 1) };
}

function rulesOf({ unique, ignore, record, 'ignore-record': ignoreRecords, ordered }: RunValues): CompareRules {
    return {
        ...(unique && { unique }),
        ...(ignore && { ignore }),
        ...(record && { records: record }),
        ...(ignoreRecords && { ignoreRecords }),
        ...(ordered && { ordered }),
    };
}

/** A graceful abort or a long hold may take a run a little beyond its timeout; a timer holds at most 24.8 days. */
function limitOf(timeoutSecs = 3_600): number {
    const longest = 2 ** 31 - 1;
    return timeoutSecs === 0 ? longest : Math.min(timeoutSecs * 1_000 + BEYOND_TIMEOUT_MILLIS, longest);
}

/** `--compare` may stand without a number, which parseArgs does not know. */
function withCompareCount(argv: readonly string[]): string[] {
    return argv.flatMap((arg, i) => {
        if (arg === '--compare') return [/^\d+$/.test(argv[i + 1] ?? '') ? '--compare' : '--compare=1'];
        return [arg];
    });
}

/** What says which run it is and how it is compared. */
const REPEATED = [
    'api-fault',
    'grace',
    'no-reboot-reply',
    'no-fresh-disk',
    'persist-interval',
    'read-lag',
    'api-latency',
    'input',
    'serve',
    'request',
    'script',
    'env',
    'memory',
    'timeout',
    'restart-on-error',
    'max-items',
    'max-total-charge-usd',
    'actor',
    'task',
    'charge',
    'seed-dataset',
    'seed-storage',
    'max-record',
    'restricted-storages',
    'unique',
    'ignore',
    'record',
    'ignore-record',
    'ordered',
] as const satisfies readonly (keyof RunValues)[];

function repeatArgs(values: RunValues): string[] {
    return REPEATED.flatMap((name) => {
        const value = values[name];
        if (value === undefined || value === false) return [];
        if (value === true) return [`--${name}`];
        return [value].flat().flatMap((one) => [`--${name}`, one]);
    });
}
