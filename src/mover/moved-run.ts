import {
    type ActorDefinition,
    type ApiCall,
    type ApiCallListener,
    type JournalEntry,
    type LogLine,
    openPlatform,
    type Platform,
    type RunProcess,
    type RunStatus,
} from '../platform/index.js';
import { type ApiFault, apiFaultListener, inTurn } from '../faults/api-fault.js';
import type { FaultPlan, Strike } from '../faults/fault-plan.js';
import { pricingOf } from './pricing.js';
import { Striker } from '../faults/striker.js';

/** An Actor as a person names it: the platform makes up its id. */
export interface MovedActor extends Omit<ActorDefinition, 'id'> {
    /** Events that it charges for, and what each costs in US dollars. Without any, the API refuses its charges. */
    prices?: Readonly<Record<string, number>>;
}

export interface MovedRunOptions {
    actor: MovedActor;
    /** Actors that it may call, start or become. */
    actors?: readonly MovedActor[];
    plan: FaultPlan;
    /** What goes wrong between the Actor and the API. */
    apiFaults?: readonly ApiFault[];
    /** Data directory of the platform; journal, storages and logs stay there. */
    dir: string;
    /** Milliseconds between `migrating` or `aborting` and the SIGKILL. Default 10,000, for an abort 30,000. */
    graceMillis?: number;
    /** False when the platform ignores the reboot that the SDK asks for during a migration. Default true. */
    rebootEndsMigration?: boolean;
    /** Seconds between two `persistState` events. Default: the SDK's 60. */
    persistIntervalSecs?: number;
    /**
     * Milliseconds that work is held at most while a graceful fault strikes at a page or a call; before a reboot up to
     * three times as long. Default 1,000.
     */
    holdMillis?: number;
    /** Milliseconds after which a run that does not end is ended. Default 180,000. */
    timeoutMillis?: number;
    /** Ends the run early. */
    signal?: AbortSignal;
    onEvent?: (event: RunEvent) => void;
}

/** What can be watched while a run is moved. Times are milliseconds since the epoch. */
export type RunEvent =
    | { type: 'opened'; at: number; shopUrl?: string; platformUrl: string; dir: string }
    /** What is written to storages and happens to the run or, with the name of its Actor as `of`, to one that it started. */
    | { type: 'journal'; at: number; entry: JournalEntry; of?: string }
    | ({ type: 'line'; of?: string } & LogLine)
    | { type: 'call'; at: number; call: ApiCall }
    | { type: 'strike'; at: number; strike: Strike; call?: ApiCall };

/** How a run ended, or why it was ended before that. */
export type RunEnd = RunStatus | 'TIMED OUT BY THE TRIAL' | 'STOPPED';

/** How a run is started. */
export interface MovedRunStart {
    input?: unknown;
    timeoutSecs?: number;
    memoryMbytes?: number;
}

/** One Actor on a platform of its own, struck as its plan says: opened, started, waited for and closed, in this order. */
export class MovedRun {
    readonly striker: Striker;
    readonly #onEvent: (event: RunEvent) => void;
    readonly #names = new Map<string, string>();
    #platform: Platform | undefined;
    #run: RunProcess | undefined;
    /** Known from the moment the run is made, which is before its process makes its first call. */
    #runId: string | undefined;
    #startedAt = 0;

    constructor(private readonly options: MovedRunOptions) {
        const { plan, graceMillis = 10_000, rebootEndsMigration = true, holdMillis = 1_000 } = options;
        this.#onEvent = options.onEvent ?? (() => {});
        this.striker = new Striker({
            plan,
            graceMillis,
            rebootEndsMigration,
            holdMillis,
            onStrike: (strike, call) =>
                this.#onEvent({ type: 'strike', at: Date.now(), strike, ...(call && { call }) }),
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

    /** What an Actor that was named when the run was opened is called. */
    readonly nameOfActor = (actorId: string): string => this.#names.get(actorId) ?? actorId;

    /** Milliseconds since the epoch. */
    get startedAt(): number {
        return this.#startedAt;
    }

    /**
     * @throws Error when the platform can't be opened.
     */
    async open(shopUrl?: string): Promise<void> {
        const { dir, graceMillis, rebootEndsMigration = true } = this.options;
        const settings = {
            migrationGraceMillis: graceMillis ?? 10_000,
            abortGraceMillis: graceMillis ?? 30_000,
            rebootEndsMigration,
        };
        const platform = await openPlatform({ dir, settings });
        this.#platform = platform;
        platform.on('entry', (entry) => this.#onEntry(entry));
        platform.on('line', (line) => this.#onEvent({ type: 'line', ...line, ...this.#of(line.runId) }));
        platform.onApiCall(this.#onApiCall);
        const { baseUrl: platformUrl } = platform;
        this.#onEvent({ type: 'opened', at: Date.now(), platformUrl, dir: platform.dir, ...(shopUrl && { shopUrl }) });
    }

    async start(start: MovedRunStart): Promise<void> {
        const { actor, actors = [], plan, persistIntervalSecs } = this.options;
        const env: Record<string, string> = {};
        if (persistIntervalSecs !== undefined) {
            env.APIFY_PERSIST_STATE_INTERVAL_MILLIS = String(persistIntervalSecs * 1_000);
        }
        for (const other of actors) this.#define(other, env);
        const restartOnError = plan.some(({ fault }) => fault === 'restart');
        this.#startedAt = Date.now();
        this.#run = await this.platform.start(this.#define(actor, env), { ...start, restartOnError });
        this.striker.start(this.#run);
    }

    /** Waits until the run and all that it has started have ended, or for the time limit or the signal. */
    async finished(): Promise<RunEnd> {
        const { timeoutMillis = 180_000, signal } = this.options;
        return new Promise((resolve, reject) => {
            const timer = setTimeout(() => resolve('TIMED OUT BY THE TRIAL'), timeoutMillis);
            const stop = (): void => resolve('STOPPED');
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
        await this.#platform?.close();
    }

    async #finish(): Promise<void> {
        do {
            await this.run.finished();
            await this.striker.settled();
        } while (this.run.record.status === 'RUNNING');
        this.striker.stop();
        for (const { id, actorId } of this.platform.store.state.runs.values()) {
            // Runs that the folder holds from before have ended, and their Actors are not known here.
            if (!this.#names.has(actorId)) continue;
            await (await this.platform.run(id)).finished();
        }
    }

    #define({ prices, ...actor }: MovedActor, env: Record<string, string>): ActorDefinition {
        const defined = this.platform.define({ ...actor, env: { ...env, ...actor.env } });
        this.#names.set(defined.id, actor.name);
        if (prices) {
            const change = { pricingInfos: [pricingOf(prices)] };
            this.platform.store.commit({ type: 'actor.changed', id: defined.id, change });
        }
        return defined;
    }

    #onEntry(entry: JournalEntry): void {
        if (entry.type === 'run.created') this.#runId ??= entry.run.id;
        this.#onEvent({ type: 'journal', at: entry.at, entry, ...this.#of(runIdOf(entry)) });
    }

    #of(runId: string | undefined): { of?: string } {
        if (runId === undefined || runId === this.#runId) return {};
        return { of: this.nameOfActor(this.platform.store.run(runId).actorId) };
    }

    readonly #onApiCall: ApiCallListener = (call) => {
        if (call.runId !== this.#runId) return undefined;
        this.#onEvent({ type: 'call', at: Date.now(), call });
        return inTurn(apiFaultListener(this.options.apiFaults ?? [])(call), this.striker.onApiCall(call));
    };
}

type RunJournalEntry = Extract<JournalEntry, { type: `run.${string}` }>;

/** The run that something happens to; undefined for what is written to a storage. */
function runIdOf(entry: JournalEntry): string | undefined {
    if (entry.type === 'run.created') return entry.run.id;
    return isRunEntry(entry) ? entry.id : undefined;
}

function isRunEntry(entry: JournalEntry): entry is Exclude<RunJournalEntry, { type: 'run.created' }> {
    return entry.type.startsWith('run.');
}
