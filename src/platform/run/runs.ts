import { join } from 'node:path';

import type { EventsSocket } from '../events-socket.js';
import { ApiError, recordNotFound } from '../errors.js';
import { apiToken, resourceId } from '../ids.js';
import type { PlatformSettings } from '../settings.js';
import { pricingAt } from '../../trace/actors.js';
import { isTerminal, type RunRecord } from '../../trace/runs.js';
import type { StorageKind } from '../../trace/storage-kinds.js';
import { nameIn, type Store } from '../store.js';
import { type ActorDefinition, actorLabel, type RunOptions, type TaskDefinition } from './actor.js';
import { encodeInput, withDefaults } from './run-input.js';
import { RunLog } from './run-log.js';
import type { LogLine } from './run-context.js';
import { RunProcess } from './run-process.js';
import { UsageMeter } from './usage-meter.js';
import type { Watchdog } from './watchdog.js';

const DEFAULT_TIMEOUT_SECS = 3_600;
const DEFAULT_MEMORY_MBYTES = 1_024;

export interface RunsContext {
    store: Store;
    settings: PlatformSettings;
    events: EventsSocket;
    watchdog: Watchdog;
    baseUrl: string;
    proxyPassword: string;
    machine: NodeJS.ProcessEnv;
    freePort: () => Promise<number>;
    onLine: (line: LogLine) => void;
}

/** The Actors that a platform knows and the runs that it works on. */
export class Runs {
    readonly #actors = new Map<string, ActorDefinition>();
    readonly #tasks = new Map<string, TaskDefinition & { id: string }>();
    readonly #processes = new Map<string, RunProcess>();
    readonly #tokens = new Map<string, string>();
    readonly #logs = new Map<string, RunLog>();
    #isClosing = false;
    /** Milliseconds since the epoch. */
    readonly openedAt = Date.now();
    readonly usage = new UsageMeter();

    constructor(private readonly context: RunsContext) {
        for (const run of context.store.state.runs.values()) this.#endLeftover(run);
        context.events.on('connected', (runId) => this.#processes.get(runId)?.onConnected());
    }

    /** Makes an Actor known. Its id is made up unless given. */
    define(actor: Omit<ActorDefinition, 'id'> & { id?: string }): ActorDefinition {
        const defined = { ...actor, id: actor.id ?? resourceId() };
        this.#actors.set(defined.id, defined);
        return defined;
    }

    /** All Actors, in the order in which they were made known. */
    actors(): ActorDefinition[] {
        return [...this.#actors.values()];
    }

    /**
     * Finds an Actor by id, `user~name` or name.
     *
     * @throws ApiError 404.
     */
    actor(reference: string): ActorDefinition {
        const label = labelIn(reference);
        const found = this.#actors.get(reference) ?? this.actors().find((actor) => actorLabel(actor) === label);
        if (!found) throw recordNotFound(`Actor '${reference}'`);
        return found;
    }

    defineTask(task: TaskDefinition): void {
        this.#tasks.set(task.name, { ...task, id: resourceId() });
    }

    /**
     * Finds a task by id, `user~name` or name.
     *
     * @throws ApiError 404.
     */
    task(reference: string): TaskDefinition & { id: string } {
        const tasks = [...this.#tasks.values()];
        const found = tasks.find(({ id }) => id === reference) ?? this.#tasks.get(labelIn(reference));
        if (!found) throw recordNotFound(`Actor task '${reference}'`);
        return found;
    }

    /**
     * Starts an Actor: makes its default storages, stores its input and boots the first process.
     *
     * @param writing Does the writing, for who wants to know what was written.
     * @throws ApiError 503 when the platform is being closed.
     */
    async start(
        actor: ActorDefinition,
        options: RunOptions = {},
        writing: <T>(work: () => T) => T = (work) => work(),
    ): Promise<RunProcess> {
        const port = await this.context.freePort();
        this.#assertOpen();
        return writing(async () => this.#create(actor, options, port));
    }

    async #create(actor: ActorDefinition, options: RunOptions, port: number): Promise<RunProcess> {
        const { store } = this.context;
        const id = resourceId();
        const input = withDefaults(encodeInput(options), actor.inputDefaults);
        const aliases = this.#aliased(actor, id);
        const now = Date.now();
        const pricingInfo = pricingAt(store.state.actors.get(actor.id) ?? {}, now);
        const record: RunRecord = {
            id,
            actorId: actor.id,
            buildId: resourceId(),
            status: 'READY',
            startedAt: now,
            timeoutFrom: now,
            timeoutSecs: options.timeoutSecs ?? DEFAULT_TIMEOUT_SECS,
            memoryMbytes: options.memoryMbytes ?? DEFAULT_MEMORY_MBYTES,
            restartOnError: options.restartOnError ?? false,
            inputBodyLen: input?.bytes.length ?? 0,
            durationBefore: 0,
            migrationCount: 0,
            rebootCount: 0,
            restartCount: 0,
            resurrectCount: 0,
            metamorphCount: 0,
            incarnation: 0,
            datasetId: store.create('datasets', { runId: id }),
            keyValueStoreId: store.create('key-value-stores', { runId: id }),
            requestQueueId: store.create('request-queues', { runId: id }),
            ...(aliases && { aliases }),
            inputKey: 'INPUT',
            ...(options.taskId !== undefined && { taskId: options.taskId }),
            ...(options.maxItems !== undefined && { maxItems: options.maxItems }),
            ...(options.maxTotalChargeUsd !== undefined && { maxTotalChargeUsd: options.maxTotalChargeUsd }),
            ...(options.isStandby && { isStandby: true }),
            ...(pricingInfo && { pricingInfo }),
        };
        if (input) {
            const { contentType, bytes } = input;
            store.commit({
                type: 'record.put',
                id: record.keyValueStoreId,
                key: 'INPUT',
                contentType,
                value: { bytes },
            });
        }
        store.commit({ type: 'run.created', run: record }, now);
        options.prepare?.(record);
        const run = this.#process(record, actor, port);
        await run.start();
        return run;
    }

    /** Makes the storages of a run that its Actor has names for; undefined when there are none. */
    #aliased({ aliases = {} }: ActorDefinition, runId: string): RunRecord['aliases'] {
        const kinds = Object.entries(aliases) as [StorageKind, readonly string[]][];
        if (kinds.length === 0) return undefined;
        return Object.fromEntries(
            kinds.map(([kind, names]) => [
                kind,
                Object.fromEntries(names.map((alias) => [alias, this.context.store.create(kind, { runId, alias })])),
            ]),
        );
    }

    /**
     * Goes on with a run that was copied here.
     *
     * @param restarts When it was restarted after an error, in milliseconds since the epoch.
     * @throws ApiError 404 when nobody told this platform of its Actor, 503 when the platform is being closed.
     */
    async goOn(record: RunRecord, restarts: readonly number[]): Promise<RunProcess> {
        const port = await this.context.freePort();
        this.#assertOpen();
        const run = this.#process(record, this.actor(record.actorId), port, restarts);
        await run.goOn();
        return run;
    }

    /**
     * The run's process, also of a run that a former platform on this directory has left behind.
     *
     * @throws ApiError 404 when there is no such run, or nobody told this platform of its Actor.
     */
    async process(runId: string): Promise<RunProcess> {
        const known = this.#processes.get(runId);
        if (known) return known;
        const record = this.context.store.run(runId);
        return this.#process(record, this.actor(record.actorId), await this.context.freePort());
    }

    known(runId: string): RunProcess | undefined {
        return this.#processes.get(runId);
    }

    runIdOf(token: string): string | undefined {
        return this.#tokens.get(token);
    }

    log(runId: string): RunLog {
        let log = this.#logs.get(runId);
        if (!log) {
            log = new RunLog(join(this.context.store.dir, 'logs', `${runId}.log`));
            this.#logs.set(runId, log);
        }
        return log;
    }

    /** Runs that have a process now. */
    *alive(): Generator<{ id: string; pid: number }> {
        for (const { id, pid } of this.#processes.values()) if (pid !== undefined) yield { id, pid };
    }

    /** Kills all processes and waits until they are gone. None is started any more. */
    async shutdown(): Promise<void> {
        this.#isClosing = true;
        await Promise.all([...this.#processes.values()].map(async (run) => run.shutdown()));
    }

    #assertOpen(): void {
        if (this.#isClosing) throw new ApiError(503, 'service-unavailable', 'The local platform is being closed.');
    }

    #process(
        record: RunRecord,
        actor: ActorDefinition,
        webServerPort: number,
        restarts: readonly number[] = [],
    ): RunProcess {
        const token = apiToken();
        const context = {
            ...this.context,
            token,
            webServerPort,
            log: this.log(record.id),
            assertOpen: () => this.#assertOpen(),
        };
        const process = new RunProcess(record.id, actor, context, restarts);
        this.#tokens.set(token, record.id);
        this.#processes.set(record.id, process);
        return process;
    }

    /** A run that was running when a former platform was killed: its process is gone, its storages are not. */
    #endLeftover(run: RunRecord): void {
        if (isTerminal(run.status)) return;
        const change = { statusMessage: 'The platform was stopped while this run was running.' };
        this.context.store.commit({ type: 'run.changed', id: run.id, change });
        this.context.store.commit({ type: 'run.status', id: run.id, status: 'ABORTED' });
    }
}

/** What is meant by `user~name`, `~name` or `name`: see `actorLabel`. */
function labelIn(reference: string): string {
    return nameIn(reference) ?? reference.replace('~', '/');
}
