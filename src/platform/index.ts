import { EventEmitter } from 'node:events';

import { ApiServer } from './api/server.js';
import type { PlatformCore } from './core.js';
import { EventsSocket } from './events-socket.js';
import { type ApplyAnew, fork, type ForkOptions } from './fork/fork.js';
import { freePort } from './free-port.js';
import { type ApiCallListener, ApiCallGate } from './gate.js';
import { apiToken } from './ids.js';
import { PassThroughProxy } from './proxy.js';
import { type ActorDefinition, actorLabel, type RunOptions, type TaskDefinition } from './run/actor.js';
import type { RunProcess } from './run/run-process.js';
import { Runs } from './run/runs.js';
import { SystemInfo } from './run/system-info.js';
import { Watchdog } from './run/watchdog.js';
import { DEFAULT_SETTINGS, type PlatformSettings } from './settings.js';
import type { RecordedEntry, TraceEntry } from '../trace/recorded.js';
import type { Trace } from '../trace/trace.js';
import { Store } from './store.js';

export { type ActorDefinition, actorLabel, type RunOptions, type TaskDefinition } from './run/actor.js';
export type { LogLine, MigrateOptions, ResurrectOptions, RunProcess } from './run/run-process.js';
export type { ApiCall, ApiCallListener, PassageAfter, PassageBefore } from './gate.js';
export { ApiError } from './errors.js';
export type { ForkOptions } from './fork/fork.js';
export { NoForkError } from './fork/past.js';
export { readTraceOf } from './journal/read-trace.js';
export type { RunRecord, RunStatus } from '../trace/runs.js';
export { APIFY_OPERATIONS, OPERATIONS } from './api/operations.js';
export { OWN_PREFIX } from './api/own.js';
export { actorId, requestId } from './ids.js';
export { DEFAULT_SETTINGS, type PlatformSettings } from './settings.js';

export interface PlatformOptions {
    /** Data directory: journal, blobs and logs. It outlives the platform. */
    dir: string;
    /** Default: a port of the system's choice. */
    port?: number;
    settings?: Partial<PlatformSettings>;
    /** Told of every entry of the trace, from the very first on. */
    onEntry?: (entry: TraceEntry) => void;
    /** Record what is asked in each call of a run, so that calls can be applied anew in a fork. Default false. */
    recordsRequests?: boolean;
    /** Environment that Actors inherit the machine's essentials from. Default: this process's. */
    machine?: NodeJS.ProcessEnv;
}

/**
 * A local Apify platform. It speaks the public API and the Actor events WebSocket on loopback, runs Actors in child
 * processes, and moves, aborts, crashes and resurrects them while their storages live on.
 *
 * @example
 * const platform = await openPlatform({ dir: '.actors-move/demo' });
 * const run = await platform.start(platform.define({ name: 'my-actor', command: ['node', 'main.js'], cwd: '.' }));
 * await run.migrate();
 * await run.finished();
 * await platform.close();
 */
export interface Platform extends EventEmitter<{ entry: [TraceEntry] }> {
    readonly dir: string;
    /** `http://127.0.0.1:<port>`; the API is below `/v2`. */
    readonly baseUrl: string;
    /** Token of the platform's user. Runs get tokens of their own. */
    readonly token: string;
    readonly store: Store;
    define(actor: Omit<ActorDefinition, 'id'> & { id?: string }): ActorDefinition;
    /** Makes a task of an Actor known. */
    defineTask(task: TaskDefinition): void;
    start(actor: ActorDefinition, options?: RunOptions): Promise<RunProcess>;
    run(runId: string): Promise<RunProcess>;
    /** Lets a listener stand between reading, applying and answering the calls that runs make. */
    onApiCall(listener: ApiCallListener | undefined): void;
    /**
     * Goes on with a run from a recorded moment, on this platform, whose folder must be empty: see `fork`.
     *
     * @param index Of the entry in the trace after which the process dies.
     * @throws NoForkError when no run can go on from there.
     */
    fork(trace: Trace, index: number, options?: ForkOptions): Promise<RunProcess>;
    /** Adds something to the trace that the platform can't see. */
    record(entry: RecordedEntry): void;
    /** Kills all Actors, waits for them, and gives port and directory back. The data stays. */
    close(): Promise<void>;
}

/**
 * @throws Error when the directory is held by another process, its journal is damaged, or the port is taken.
 */
export async function openPlatform(options: PlatformOptions): Promise<Platform> {
    const platform = new LocalPlatform(options);
    await platform.listen(options.port ?? 0);
    return platform;
}

class LocalPlatform extends EventEmitter<{ entry: [TraceEntry] }> implements Platform {
    readonly token = apiToken();
    readonly store: Store;
    readonly #settings: PlatformSettings;
    readonly #machine: NodeJS.ProcessEnv;
    readonly #events = new EventsSocket();
    readonly #watchdog = new Watchdog();
    readonly #gate = new ApiCallGate();
    readonly #proxyPassword = apiToken();
    readonly #server: ApiServer;
    #core: PlatformCore | undefined;
    #systemInfo: SystemInfo | undefined;
    #closed: Promise<void> | undefined;

    constructor({ dir, settings, machine, onEntry, recordsRequests = false }: PlatformOptions) {
        super();
        if (onEntry) this.on('entry', onEntry);
        this.#settings = { ...DEFAULT_SETTINGS, ...settings };
        this.#machine = machine ?? process.env;
        this.store = new Store(dir);
        this.store.on('entry', (entry) => this.emit('entry', entry));
        this.#server = new ApiServer({
            token: this.token,
            events: this.#events,
            gate: this.#gate,
            recordsRequests,
            proxy: new PassThroughProxy(this.#proxyPassword),
            core: () => this.#running(),
        });
    }

    get dir(): string {
        return this.store.dir;
    }

    get baseUrl(): string {
        return this.#running().baseUrl;
    }

    async listen(port: number): Promise<void> {
        try {
            const baseUrl = `http://127.0.0.1:${await this.#server.listen(port)}`;
            const runs = new Runs({
                store: this.store,
                settings: this.#settings,
                events: this.#events,
                watchdog: this.#watchdog,
                baseUrl,
                proxyPassword: this.#proxyPassword,
                machine: this.#machine,
                freePort,
                onLine: (line) => this.store.record({ type: 'line', ...line }),
            });
            this.#core = {
                store: this.store,
                runs,
                settings: this.#settings,
                baseUrl,
                proxyPassword: this.#proxyPassword,
            };
            const settings = { ...this.#settings };
            this.record({ type: 'opened', at: runs.openedAt, platformUrl: baseUrl, settings });
            this.#systemInfo = new SystemInfo(this.#events, runs, this.#settings.systemInfoIntervalMillis);
        } catch (error) {
            await this.#server.close();
            this.store.close();
            throw error;
        }
    }

    define(actor: Omit<ActorDefinition, 'id'> & { id?: string }): ActorDefinition {
        const defined = this.#running().runs.define(actor);
        const { id, command, cwd, env = {} } = defined;
        const head = { id, name: actorLabel(defined), command, cwd, env: Object.keys(env) };
        this.record({ type: 'actor', at: Date.now(), actor: head });
        return defined;
    }

    defineTask(task: TaskDefinition): void {
        this.#running().runs.defineTask(task);
    }

    async start(actor: ActorDefinition, options?: RunOptions): Promise<RunProcess> {
        return this.#running().runs.start(actor, options);
    }

    async run(runId: string): Promise<RunProcess> {
        return this.#running().runs.process(runId);
    }

    onApiCall(listener: ApiCallListener | undefined): void {
        this.#gate.listener = listener;
    }

    async fork(trace: Trace, index: number, options: ForkOptions = {}): Promise<RunProcess> {
        const applyAnew: ApplyAnew = async (request, runId) => this.#server.applyAnew(request, runId);
        return fork({ core: this.#running(), gate: this.#gate, applyAnew }, { trace, index, ...options });
    }

    record(entry: RecordedEntry): void {
        this.store.record(entry);
    }

    async close(): Promise<void> {
        this.#closed ??= this.#close();
        await this.#closed;
    }

    async #close(): Promise<void> {
        const core = this.#core;
        if (!core) return;
        this.#gate.listener = undefined;
        this.#systemInfo?.stop();
        await core.runs.shutdown();
        this.#watchdog.close();
        this.#events.close();
        await this.#server.close();
        this.#core = undefined;
        this.record({ type: 'closed', at: Date.now() });
        this.store.close();
    }

    #running(): PlatformCore {
        if (!this.#core) throw new Error('The platform is not running.');
        return this.#core;
    }
}
