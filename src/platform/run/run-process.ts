import { EventEmitter } from 'node:events';

import { durationMillis, isTerminal, type RunRecord } from '../../trace/runs.js';
import type { ActorDefinition } from './actor.js';
import type { Occurrence } from './life/occurrence.js';
import { processOf, takesCalls } from './life/run-phase.js';
import type { RunContext } from './run-context.js';
import { RunLife } from './run-life.js';

export type { LogLine } from './run-context.js';

export interface MigrateOptions {
    /** Milliseconds until the SIGKILL; default: the platform's setting. */
    graceMillis?: number;
}

/** What a resurrection may change. */
export interface ResurrectOptions {
    timeoutSecs?: number;
    memoryMbytes?: number;
    restartOnError?: boolean;
    maxItems?: number;
    maxTotalChargeUsd?: number;
}

/**
 * One run and the process that works on it now. The run stays, processes come and go: each is an incarnation. What
 * each of these calls does in which phase of the run's life is in `life/react.ts`.
 */
export class RunProcess extends EventEmitter<{ ended: [RunRecord] }> {
    readonly #life: RunLife;

    constructor(
        readonly id: string,
        actor: ActorDefinition,
        private readonly context: RunContext,
        restarts: readonly number[] = [],
    ) {
        super();
        this.#life = new RunLife(id, actor, context, restarts);
        this.#life.on('ended', (record) => this.emit('ended', record));
    }

    get record(): RunRecord {
        return this.context.store.run(this.id);
    }

    /** Where the Actor may listen with a web server of its own. */
    get containerUrl(): string {
        return `http://127.0.0.1:${this.context.webServerPort}`;
    }

    get pid(): number | undefined {
        return processOf(this.#life.phase)?.pid;
    }

    /** True for a call over a connection that the present process can have made. */
    accepts(connectedAt: number): boolean {
        return takesCalls(this.#life.phase, connectedAt);
    }

    /**
     * Resolves when the process's event loop has turned once more: true; false when it can't be told.
     */
    async turned(): Promise<boolean> {
        return this.context.events.roundTrip(this.id);
    }

    /** Resolves when the run has ended. */
    async finished(): Promise<RunRecord> {
        if (isTerminal(this.record.status)) return this.record;
        return new Promise((resolve) => {
            this.once('ended', resolve);
        });
    }

    /** Starts the run's first process. */
    async start(): Promise<void> {
        const settled = this.#life.nextSettled();
        this.#life.happen({ kind: 'start', at: Date.now() });
        await settled;
    }

    /** Starts the next process of a run whose past was copied here, as after a crash. */
    async goOn(): Promise<void> {
        const settled = this.#life.nextSettled();
        this.#life.happen({ kind: 'go-on', at: Date.now() });
        await settled;
    }

    /**
     * Moves the run: `migrating`, then a wait for the Actor's own reboot, its exit or the end of the grace period,
     * then SIGKILL, release of its locks and a new process.
     *
     * @returns When the next process has been started, or the run has ended instead.
     * @throws ApiError 400 when the run isn't running or is being struck already.
     */
    async migrate({ graceMillis = this.context.settings.migrationGraceMillis }: MigrateOptions = {}): Promise<void> {
        await this.#strike({ kind: 'migrate', graceMillis });
    }

    /**
     * Kills the process without a word (SIGKILL) and boots the run again.
     *
     * @throws ApiError 400 when the run isn't running or is being struck already.
     */
    async crash(): Promise<void> {
        await this.#strike({ kind: 'crash' });
    }

    /**
     * Makes the process fail (SIGKILL, exit code 137). The run then restarts if restart on error is on, else fails.
     *
     * @throws ApiError 400 when the run isn't running or is being struck already.
     */
    async fail(): Promise<void> {
        await this.#strike({ kind: 'fail' });
    }

    /**
     * Ends a run that serves: `aborting` and `persistState`, then up to the grace period before the SIGKILL. It has
     * succeeded then.
     *
     * @returns When the run has ended.
     * @throws ApiError 400 when it has ended already.
     */
    async finish(graceMillis: number): Promise<void> {
        await this.#strike({ kind: 'finish', graceMillis });
        await this.finished();
    }

    /**
     * The Actor's own call. Its process is stopped once the answer has been sent: see `finishReboot`.
     *
     * @returns False when the process is to go on.
     * @throws ApiError 400 when the run isn't running.
     */
    acceptReboot(): boolean {
        this.#life.ask({ kind: 'reboot' });
        return this.#life.phase.name === 'dying';
    }

    /** Stops the process that has asked for it, once it has its answer. */
    finishReboot(): void {
        this.#life.happen({ kind: 'answered' });
    }

    /**
     * Continues the run as another Actor; `finishReboot` stops the process.
     *
     * @param commit Writes what the metamorph changes. The run stays as it is when that fails.
     * @throws ApiError 400 when the run isn't running or is being struck already.
     */
    acceptMetamorph(actor: ActorDefinition, commit: () => void): void {
        const transition = this.#life.allowed({ kind: 'metamorph' });
        commit();
        this.#life.make(transition);
        this.#life.actor = actor;
    }

    /**
     * Aborts the run. Gracefully: `aborting` and `persistState`, then up to the grace period before the SIGKILL.
     *
     * @returns False for a run that is neither running nor aborting: nothing was done.
     */
    abort({ gracefully = false } = {}): boolean {
        const abort = { kind: 'abort', gracefully } as const;
        if (this.#life.reaction(abort) === 'refuse') return false;
        this.#life.happen(abort);
        return true;
    }

    /**
     * Ends the run as if its time were up.
     *
     * @returns False for a run that has ended already: nothing was done.
     */
    timeOut(): boolean {
        if (isTerminal(this.record.status)) return false;
        this.#life.happen({ kind: 'timeout' });
        return true;
    }

    /**
     * Runs an ended run again: same id, storages and input, a new process, the timeout counted anew.
     *
     * @throws ApiError 400 when the run has not ended, 503 when the platform is being closed.
     */
    async resurrect(options: ResurrectOptions = {}): Promise<void> {
        this.context.assertOpen();
        const { record } = this;
        const at = Date.now();
        const resurrectCount = record.resurrectCount + 1;
        const change = { ...options, durationBefore: durationMillis(record, at), timeoutFrom: at, resurrectCount };
        this.#life.ask({ kind: 'resurrect', at, change });
        await this.#life.nextSettled();
    }

    /** Kills the process for good, as the platform itself stops. */
    async shutdown(): Promise<void> {
        const finished = this.finished();
        this.#life.happen({ kind: 'shutdown' });
        await finished;
    }

    /** To be called when the run's process has connected to its events. */
    onConnected(): void {
        this.#life.happen({ kind: 'connected' });
    }

    async #strike(fault: Occurrence): Promise<void> {
        while (this.#life.reaction(fault) === 'wait') await this.#life.nextSettled();
        this.#life.allowed(fault);
        const settled = this.#life.nextSettled();
        this.#life.happen(fault);
        await settled;
    }
}
