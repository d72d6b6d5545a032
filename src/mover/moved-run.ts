import {
    type ActorDefinition,
    actorLabel,
    type ApiCallListener,
    openPlatform,
    type Platform,
    type RunOptions,
    type RunProcess,
    type RunStatus,
} from '../platform/index.js';
import { type ApiFault, apiFaultListener, inTurn } from '../faults/api-fault.js';
import { type FaultPlan, formatPlan } from '../faults/fault-plan.js';
import type { RecordedEntry, ShopHead, Subject, TraceEntry } from '../trace/recorded.js';
import { isTerminal } from '../trace/runs.js';
import type { Trace } from '../trace/trace.js';
import { TriedRun } from '../trace/tried-run.js';
import type { ApiTiming } from './api-timing.js';
import type { ForkPoint } from './fork-point.js';
import { defineActor, type MovedActor, type MovedTask } from './define-actor.js';
import { Disks } from './disks.js';
import { plant, type Seed } from './seeds.js';
import { serve, type Serving } from './serving.js';
import { Striker } from '../faults/striker.js';

export interface MovedRunOptions extends ApiTiming {
    actor: MovedActor;
    /** Actors that it may call, start or become. */
    actors?: readonly MovedActor[];
    /** Tasks of these Actors, or of its own, that it may start. */
    tasks?: readonly MovedTask[];
    plan: FaultPlan;
    /** Strikes hit the n-th run, from 1, of an Actor that it starts, and not the run itself. */
    on?: Subject['on'];
    /** What goes wrong between the Actor and the API. */
    apiFaults?: readonly ApiFault[];
    /** Data directory of the platform; journal, storages and logs stay there. */
    dir: string;
    /** Milliseconds between `migrating` or `aborting` and the SIGKILL. Default 10,000, for an abort 30,000. */
    graceMillis?: number;
    /** False when the platform ignores the reboot that the SDK asks for during a migration. Default true. */
    rebootEndsMigration?: boolean;
    /** Bytes that a record may have. Default: any number. */
    maxRecordBytes?: number;
    /** True when reading a storage by its id needs a token. Default false. */
    restrictedStorages?: boolean;
    /** Seconds between two `persistState` events. Default: the SDK's 60. */
    persistIntervalSecs?: number;
    /** Milliseconds after which a run that does not end is ended. Default 180,000. */
    timeoutMillis?: number;
    /** Whether each process finds a fresh copy of the Actor's folder, and no temporary files. Default false. */
    freshDisk?: boolean;
    /** The run is one of Actor Standby, and this is what it is asked. It ends when all is answered. */
    serving?: Serving;
    /** Ends the run early. */
    signal?: AbortSignal;
    /** See `PlatformOptions`. */
    recordsRequests?: boolean;
    /** Told what happens, as it comes into the trace. */
    onEntry?: (entry: TraceEntry) => void;
}

/** How long a run that serves may take to end when all is answered. */
const FINISHED_WITHIN_MILLIS = 10_000;

/** Of files that processes leave on their disks, so many are named in the trace. */
const MAX_FILES_NAMED = 1_000;

/** How a run ended, or why it was ended before that. */
export type RunEnd = RunStatus | 'TIMED OUT BY THE TRIAL' | 'STOPPED';

/** How a run is started. */
export interface MovedRunStart extends Omit<RunOptions, 'inputContentType' | 'taskId' | 'prepare'> {
    /** What its storages, and named ones, hold before its first process is started. */
    seeds?: readonly Seed[];
    shop?: ShopHead;
}

/** One Actor on a platform of its own, struck as its plan says: opened, started, waited for and closed, in this order. */
export class MovedRun {
    readonly striker: Striker;
    /** What its Actors are called, by their ids. */
    readonly #ids = new Map<string, string>();
    readonly #disks = new Disks({
        onMade: (runId, root) => this.platform.record({ type: 'disk.made', at: Date.now(), runId, root }),
        onLeft: (runId, left) => {
            if (runId !== this.#tried.id) return;
            this.platform.record({ type: 'disk', at: Date.now(), left: left.slice(0, MAX_FILES_NAMED) });
        },
        onKept: (reason) => {
            this.#tell(`The disk was kept, which a move would leave behind: ${reason.replace(/\.$/, '')}.`);
        },
    });
    #platform: Platform | undefined;
    /** Nobody calls a run that serves any more. */
    readonly #isOver = new AbortController();
    #served: Promise<void> | undefined;
    #run: RunProcess | undefined;
    /** Known from the moment a run is made, which is before its process makes its first call. */
    readonly #tried = new TriedRun();
    #startedAt = 0;

    constructor(private readonly options: MovedRunOptions) {
        const { plan, graceMillis = 10_000, rebootEndsMigration = true } = options;
        this.striker = new Striker({
            plan,
            graceMillis,
            rebootEndsMigration,
            record: (entry) => this.platform.record(entry),
        });
    }

    get platform(): Platform {
        if (!this.#platform) throw new Error('The run has no platform: open it first.');
        return this.#platform;
    }

    get run(): RunProcess {
        if (!this.#run) throw new Error('The run has not been started.');
        return this.#run;
    }

    /** Milliseconds since the epoch. */
    get startedAt(): number {
        return this.#startedAt;
    }

    /**
     * @throws Error when the platform can't be opened.
     */
    async open(): Promise<void> {
        const { dir, graceMillis, rebootEndsMigration = true, onEntry } = this.options;
        const { readLagMillis = 0, apiLatencyMillis = 0 } = this.options;
        const { maxRecordBytes = Infinity, restrictedStorages = false } = this.options;
        const settings = {
            maxRecordBytes,
            restrictedStorages,
            migrationGraceMillis: graceMillis ?? 10_000,
            abortGraceMillis: graceMillis ?? 30_000,
            rebootEndsMigration,
            datasetReadLagMillis: readLagMillis,
            apiLatencyMillis,
        };
        const platform = await openPlatform({
            dir,
            settings,
            recordsRequests: this.options.recordsRequests ?? false,
            onEntry: (entry) => {
                this.#note(entry);
                onEntry?.(entry);
            },
        });
        this.#platform = platform;
        platform.onApiCall(this.#onApiCall);
    }

    /** @param shop The shop that the run scrapes, for its trace. */
    async start({ shop, seeds = [], restartOnError = false, ...start }: MovedRunStart): Promise<void> {
        const { actor, actors = [], plan, apiFaults = [], on } = this.options;
        const subject = {
            plan: formatPlan(plan),
            apiFaults: apiFaults.map(({ text }) => text),
            ...(on && { on }),
            ...(shop && { shop }),
        };
        for (const other of actors) this.#define(other);
        const defined = this.#define(actor);
        this.#defineTasks();
        this.#startedAt = Date.now();
        this.platform.record({ type: 'subject', at: this.#startedAt, subject });
        if (actor.note !== undefined) this.#tell(actor.note);
        const standby = this.options.serving && { isStandby: true, timeoutSecs: 0 };
        this.#run = await this.platform.start(defined, {
            ...standby,
            ...start,
            restartOnError: restartOnError || (!on && plan.some(({ fault }) => fault === 'restart')),
            ...(seeds.length > 0 && { prepare: (run) => plant(seeds, this.platform.store, run) }),
        });
        this.#begin(this.#run, 0);
    }

    /**
     * Goes on with a run from a recorded moment, as after a crash, instead of starting one. The plan holds what strikes
     * from then on.
     *
     * @param shopUrl Where the shop is that the run goes on with.
     * @throws NoForkError when no run can go on from there.
     */
    async fork({ trace, index, calls = [] }: ForkPoint, shopUrl?: string): Promise<void> {
        const { actor, actors = [], plan, apiFaults = [] } = this.options;
        // What they charge for is in the run's past.
        for (const { prices: _, ...one } of [actor, ...actors]) this.#define(one, idIn(trace, actorLabel(one)));
        this.#defineTasks();
        this.#startedAt = Date.now();
        const struckBy = { plan: formatPlan(plan), apiFaults: apiFaults.map(({ text }) => text) };
        const how = { calls, struckBy, ...(shopUrl !== undefined && { shopUrl }) };
        this.#run = await this.platform.fork(trace, index, how);
        const past = trace.entries.slice(trace.begin, index + 1);
        this.#begin(this.#run, past.filter(({ type }) => type === 'request.answered').length);
    }

    /** Waits until the run and all that it has started have ended, or for the time limit or the signal. */
    async finished(): Promise<RunEnd> {
        const { timeoutMillis = 180_000, signal } = this.options;
        return new Promise((resolve, reject) => {
            const end = (why: 'TIMED OUT BY THE TRIAL' | 'STOPPED'): void => {
                this.platform.record({ type: 'stopped', at: Date.now(), runId: this.run.id, why });
                resolve(why);
            };
            const timer = setTimeout(() => end('TIMED OUT BY THE TRIAL'), timeoutMillis);
            const stop = (): void => end('STOPPED');
            if (signal?.aborted) stop();
            signal?.addEventListener('abort', stop, { once: true });
            this.#finish()
                .then(() => resolve(this.run.record.status), reject)
                .finally(() => {
                    clearTimeout(timer);
                    signal?.removeEventListener('abort', stop);
                });
        });
    }

    /** Ends what is still running. The data stays. */
    async close(): Promise<void> {
        this.striker.stop();
        this.#isOver.abort();
        await this.#served;
        await this.#platform?.close();
        this.#disks.remove();
    }

    /** @param answered Requests that have had their answers. */
    #begin(run: RunProcess, answered: number): void {
        const { serving, on } = this.options;
        if (!on) this.striker.start(run);
        if (!serving) return;
        const record = (entry: RecordedEntry): void => this.platform.record(entry);
        const { striker } = this;
        this.#served = serve(serving, { run, striker, answered, record, signal: this.#isOver.signal }).then(async () =>
            this.#end(run),
        );
    }

    /** Ends a run that serves, unless it has ended by itself. */
    async #end(run: RunProcess): Promise<void> {
        await this.striker.settled();
        if (this.#isOver.signal.aborted || isTerminal(run.record.status)) return;
        const { graceMillis = FINISHED_WITHIN_MILLIS } = this.options;
        // It may have ended meanwhile.
        await run.finish(graceMillis).catch(() => {});
    }

    async #finish(): Promise<void> {
        const { runs } = this.platform.store.state;
        await this.#served;
        do {
            await this.run.finished();
            for (const { id, actorId } of runs.values()) {
                // Runs that the folder holds from before have ended, and their Actors are not known here.
                if (this.#ids.has(actorId)) await (await this.platform.run(id)).finished();
            }
            await this.striker.settled();
        } while ([...runs.values()].some(({ status, actorId }) => this.#ids.has(actorId) && !isTerminal(status)));
        this.striker.stop();
    }

    /** Has the result say what is not as on Apify. */
    #tell(text: string): void {
        this.platform.record({ type: 'note', at: Date.now(), text });
    }

    #note(entry: TraceEntry): void {
        this.#tried.add(entry);
        // A run that another one starts is struck from its first process on.
        if (entry.type !== 'run.boot' || entry.id !== this.#tried.struckId || !this.options.on) return;
        if (!this.striker.hasStarted) void this.platform.run(entry.id).then((run) => this.striker.start(run));
    }

    #defineTasks(): void {
        for (const { name, actor, input } of this.options.tasks ?? []) {
            const [actorId] = [...this.#ids].find(([, label]) => label === actor) ?? [];
            if (actorId === undefined) throw new Error(`There is no Actor '${actor}' for the task ${name}.`);
            this.platform.defineTask({ name, actorId, ...(input && { input }) });
        }
    }

    #env(): Record<string, string> {
        const { persistIntervalSecs } = this.options;
        if (persistIntervalSecs === undefined) return {};
        return { APIFY_PERSIST_STATE_INTERVAL_MILLIS: String(persistIntervalSecs * 1_000) };
    }

    #define(actor: MovedActor, id?: string): ActorDefinition {
        const defined = defineActor(this.platform, {
            ...actor,
            env: { ...this.#env(), ...actor.env },
            ...(this.options.freshDisk && { place: (runId) => this.#disks.next(runId, actor) }),
            ...(id !== undefined && { id }),
        });
        this.#ids.set(defined.id, actorLabel(defined));
        return defined;
    }

    readonly #apiFaults: ApiCallListener = (call) =>
        apiFaultListener(this.options.apiFaults ?? [], ({ text }) =>
            this.platform.record({ type: 'call.fault', at: Date.now(), call: call.call, fault: text }),
        )(call);

    readonly #onApiCall: ApiCallListener = (call) => {
        return inTurn(
            call.runId === this.#tried.id ? this.#apiFaults(call) : undefined,
            call.runId === this.#tried.struckId ? this.striker.onApiCall(call) : undefined,
        );
    };
}

/** The id that an Actor had when it was recorded; undefined for one that was not there. */
function idIn({ head: { actors } }: Trace, label: string): string | undefined {
    return actors.find(({ name }) => name === label)?.id;
}
