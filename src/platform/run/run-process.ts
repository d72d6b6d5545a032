import { EventEmitter } from 'node:events';

import type { EventsSocket } from '../events-socket.js';
import { ApiError } from '../errors.js';
import type { PlatformSettings } from '../settings.js';
import type { RunEntry } from '../../trace/entries.js';
import { durationMillis, isTerminal, type RunRecord, type RunStatus } from '../../trace/runs.js';
import type { Store } from '../store.js';
import { UnwritableError } from '../unwritable-error.js';
import type { ActorDefinition } from './actor.js';
import { type ActorProcess, type ProcessExit, startActorProcess } from './actor-process.js';
import { afterExit, type BootReason, type Intent } from './after-exit.js';
import { actorEnvironment } from './environment.js';
import type { RunLog } from './run-log.js';
import type { Watchdog } from './watchdog.js';

export interface RunContext {
    store: Store;
    settings: PlatformSettings;
    events: EventsSocket;
    watchdog: Watchdog;
    log: RunLog;
    baseUrl: string;
    proxyPassword: string;
    token: string;
    webServerPort: number;
    machine: NodeJS.ProcessEnv;
    onLine: (line: LogLine) => void;
}

/** One line that an Actor's process printed. */
export interface LogLine {
    runId: string;
    incarnation: number;
    /** Milliseconds since the epoch. */
    at: number;
    text: string;
}

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

const COUNTERS = {
    migration: 'migrationCount',
    reboot: 'rebootCount',
    restart: 'restartCount',
    metamorph: 'metamorphCount',
} as const;

/**
 * One run and the process that works on it now. The run stays, processes come and go: each is an incarnation.
 * Every change goes through the store first, so the journal tells the whole story.
 */
export class RunProcess extends EventEmitter<{ ended: [RunRecord]; settled: [] }> {
    readonly id: string;
    #process: ActorProcess | undefined;
    #intent: Intent = 'none';
    /** The process has asked for its reboot. */
    #hasRebooted = false;
    /** The process is as good as dead: none of its calls is taken any more. */
    #isStopping = false;
    #bootedAt = 0;
    #restarts: number[] = [];
    /** Undo what waits for the present process: timers, listeners. */
    #cleanups: (() => void)[] = [];
    #isBooting = false;
    /** What ends the run as FAILED: something of it could not be written. */
    #failure: UnwritableError | undefined;

    constructor(
        runId: string,
        private actor: ActorDefinition,
        private readonly context: RunContext,
    ) {
        super();
        this.id = runId;
    }

    get record(): RunRecord {
        return this.context.store.run(this.id);
    }

    /** Where the Actor may listen with a web server of its own. */
    get containerUrl(): string {
        return `http://127.0.0.1:${this.context.webServerPort}`;
    }

    get pid(): number | undefined {
        return this.#process?.pid;
    }

    /** True for a call over a connection that the present process can have made. */
    accepts(connectedAt: number): boolean {
        return !this.#isStopping && connectedAt >= this.#bootedAt;
    }

    /** Resolves when the run has ended. */
    async finished(): Promise<RunRecord> {
        if (isTerminal(this.record.status)) return this.record;
        return new Promise((resolve) => {
            this.once('ended', resolve);
        });
    }

    async start(): Promise<void> {
        await this.#guard(async () => {
            this.#commit({ type: 'run.status', id: this.id, status: 'RUNNING' });
            this.#armTimeout();
            await this.#boot();
            this.emit('settled');
        });
    }

    /**
     * Moves the run: `migrating`, then a wait for the Actor's own reboot, its exit or the end of the grace period,
     * then SIGKILL, release of its locks and a new process.
     *
     * @returns When the next process has been started, or the run has ended instead.
     * @throws ApiError 400 when the run isn't running or is being struck already.
     */
    async migrate({ graceMillis = this.context.settings.migrationGraceMillis }: MigrateOptions = {}): Promise<void> {
        if (this.#isBooting) await this.#nextSettled();
        this.#assertRunning('migrated');
        this.#intent = 'migrating';
        const settled = this.#nextSettled();
        await this.#guard(() => {
            this.#announce('migrating', { timeRemainingSecs: graceMillis / 1_000 });
            this.#killAfter(graceMillis);
        });
        await settled;
    }

    /**
     * Kills the process without a word (SIGKILL) and boots the run again.
     *
     * @throws ApiError 400 when the run isn't running or is being struck already.
     */
    async crash(): Promise<void> {
        if (this.#isBooting) await this.#nextSettled();
        this.#assertRunning('crashed');
        this.#intent = 'crashing';
        const settled = this.#nextSettled();
        await this.#strike('crash');
        await settled;
    }

    /**
     * Makes the process fail (SIGKILL, exit code 137). The run then restarts if restart on error is on, else fails.
     *
     * @throws ApiError 400 when the run isn't running or is being struck already.
     */
    async fail(): Promise<void> {
        if (this.#isBooting) await this.#nextSettled();
        this.#assertRunning('made to fail');
        const settled = this.#nextSettled();
        await this.#strike('restart');
        await settled;
    }

    /** The Actor's own call. Its process is stopped once the answer has been sent: see `finishReboot`. */
    acceptReboot(): boolean {
        if (this.record.status !== 'RUNNING') {
            throw new ApiError(400, 'job-finished', `Run '${this.id}' is ${this.record.status} and can't be rebooted.`);
        }
        this.#note('reboot');
        if (this.#intent === 'migrating' && !this.context.settings.rebootEndsMigration) return false;
        if (this.#intent === 'none') this.#intent = 'rebooting';
        this.#hasRebooted = true;
        this.#isStopping = true;
        return true;
    }

    /** Stops the process that has asked for it, once it has its answer. */
    finishReboot(): void {
        this.#stop();
    }

    /**
     * Continues the run as another Actor; `finishReboot` stops the process.
     *
     * @param commit Writes what the metamorph changes. The run stays as it is when that fails.
     */
    acceptMetamorph(actor: ActorDefinition, commit: () => void): void {
        this.#assertRunning('metamorphed');
        commit();
        this.#intent = 'metamorphing';
        this.#isStopping = true;
        this.actor = actor;
    }

    /**
     * Aborts the run. Gracefully: `aborting` and `persistState`, then up to the grace period before the SIGKILL.
     *
     * @returns False for a run that is neither running nor aborting: nothing was done.
     */
    abort({ gracefully = false } = {}): boolean {
        const { status } = this.record;
        if (status === 'ABORTING' && !gracefully) this.#stop();
        if (status !== 'RUNNING') return status === 'ABORTING';
        // A migration that is under way must not cut the abort's grace period short.
        this.#cleanUp();
        this.#intent = 'aborting';
        void this.#guard(() => {
            this.#commit({ type: 'run.status', id: this.id, status: 'ABORTING' });
            if (!gracefully) {
                this.#stop();
                return;
            }
            this.#announce('aborting', undefined);
            this.#announce('persistState', { isMigrating: false });
            this.#killAfter(this.context.settings.abortGraceMillis);
        });
        return true;
    }

    /**
     * Runs an ended run again: same id, storages and input, a new process, the timeout counted anew.
     *
     * @throws ApiError 400 when the run has not ended.
     */
    async resurrect(options: ResurrectOptions = {}): Promise<void> {
        const { record } = this;
        if (!isTerminal(record.status)) {
            throw new ApiError(400, 'run-not-finished', `Run '${this.id}' is ${record.status}: nothing to resurrect.`);
        }
        const now = Date.now();
        const durationBefore = durationMillis(record, now);
        if (this.context.settings.releaseLocksOn.resurrect) this.#releaseLocks();
        const change = {
            ...options,
            durationBefore,
            timeoutFrom: now,
            resurrectCount: record.resurrectCount + 1,
        };
        this.#commit({ type: 'run.changed', id: this.id, change });
        this.#commit({ type: 'run.status', id: this.id, status: 'RUNNING' });
        this.#restarts = [];
        this.#failure = undefined;
        await this.#guard(async () => {
            this.#armTimeout();
            await this.#boot();
            this.emit('settled');
        });
    }

    /** Kills the process for good, as the platform itself stops. */
    async shutdown(): Promise<void> {
        if (isTerminal(this.record.status)) return;
        const finished = this.finished();
        this.#intent = 'aborting';
        this.#stop();
        await finished;
    }

    async #boot(): Promise<void> {
        this.#isBooting = true;
        try {
            await this.#bootProcess();
        } finally {
            this.#isBooting = false;
        }
    }

    async #bootProcess(): Promise<void> {
        this.#cleanUp();
        this.#intent = 'none';
        this.#hasRebooted = false;
        this.#isStopping = false;
        this.#bootedAt = Date.now();
        const incarnation = this.record.incarnation + 1;
        const { store, log, onLine, events } = this.context;
        const eventsUrl = `${this.context.baseUrl.replace('http', 'ws')}/actor-events/${this.id}?token=${this.context.token}`;
        const environment = actorEnvironment({ ...this.context, run: this.record, actor: this.actor, eventsUrl });
        let started: ActorProcess;
        try {
            started = await startActorProcess(this.actor, environment, (text) => {
                const at = Date.now();
                onLine({ runId: this.id, incarnation, at, text });
                void this.#guard(() => log.append(text, at));
            });
        } catch (error) {
            log.append((error as Error).message, Date.now());
            this.#end('FAILED', undefined);
            return;
        }
        this.#process = started;
        this.context.watchdog.watch(started.pid);
        void started.exited.then(async (exit) => {
            this.context.watchdog.forget(started.pid);
            this.#process = undefined;
            events.cut(this.id);
            await this.#guard(async () => this.#afterExit(exit, incarnation));
        });
        // Whoever stopped the run while its process was being started found nothing to kill yet.
        if (this.#mustStop()) started.kill();
        store.commit({ type: 'run.boot', id: this.id, incarnation, pid: started.pid });
    }

    async #afterExit({ exitCode, signal, wasKilled }: ProcessExit, incarnation: number): Promise<void> {
        if (this.#failure) {
            this.#end('FAILED', exitCode);
            return;
        }
        const now = Date.now();
        const { settings } = this.context;
        this.#commit({ type: 'run.exit', id: this.id, incarnation, exitCode, signal });
        this.#restarts = this.#restarts.filter((at) => at > now - settings.restartWindowMillis);
        const after = afterExit({
            intent: this.#intent,
            ownExitCode: wasKilled && this.#intent !== 'none' ? undefined : exitCode,
            restartOnError: this.record.restartOnError,
            recentRestarts: this.#restarts.length,
            restartLimit: settings.restartLimit,
        });
        if (after.next === 'end') {
            this.#end(after.status, exitCode);
            return;
        }
        if (after.reason === 'restart') this.#restarts.push(now);
        if (after.reason !== 'metamorph' && settings.releaseLocksOn[after.reason]) this.#releaseLocks();
        this.#count(after.reason);
        await this.#boot();
        this.emit('settled');
    }

    #end(status: RunStatus, exitCode: number | undefined): void {
        this.#cleanUp();
        if (this.#failure) this.#endUnwritten(this.#failure, exitCode);
        else this.#commit({ type: 'run.status', id: this.id, status, exitCode });
        this.context.log.end();
        this.emit('settled');
        this.emit('ended', this.record);
    }

    /** Says why the run ends to whoever can still be told. */
    #endUnwritten({ message }: UnwritableError, exitCode: number | undefined): void {
        const { store, log, onLine } = this.context;
        const at = Date.now();
        onLine({ runId: this.id, incarnation: this.record.incarnation, at, text: message });
        try {
            log.append(message, at);
        } catch {
            // It may be the log that can't be written.
        }
        store.commitUnwritten({ type: 'run.changed', id: this.id, change: { statusMessage: message } });
        store.commitUnwritten({ type: 'run.status', id: this.id, status: 'FAILED', exitCode });
    }

    /**
     * Does work whose failed writes nobody is there to be told of: the run ends with them instead, as FAILED. What it
     * did could not be judged without its journal.
     */
    async #guard(work: () => void | Promise<void>): Promise<void> {
        try {
            await work();
        } catch (error) {
            if (!(error instanceof UnwritableError)) throw error;
            if (isTerminal(this.record.status)) return;
            this.#failure ??= error;
            this.#stop();
            // Else the end of the process, which may still be starting, is that of the run: see `#afterExit`.
            if (!this.#process && !this.#isBooting) this.#end('FAILED', undefined);
        }
    }

    #count(reason: BootReason): void {
        const counters = new Set<keyof RunRecord>();
        if (reason !== 'crash') counters.add(COUNTERS[reason]);
        if (reason === 'migration' && this.#hasRebooted) {
            const as = this.context.settings.rebootDuringMigrationCountsAs;
            if (as === 'reboot') counters.delete('migrationCount');
            if (as !== 'migration') counters.add('rebootCount');
        }
        const change: Record<string, number> = {};
        for (const counter of counters) change[counter] = (this.record[counter] as number) + 1;
        if (counters.size > 0) this.#commit({ type: 'run.changed', id: this.id, change });
    }

    #releaseLocks(): void {
        const now = Date.now();
        for (const [id, { content }] of this.context.store.state.storages['request-queues']) {
            const requestIds = content.lockedBy({ runId: this.id }, now);
            if (requestIds.length > 0) this.#commit({ type: 'requests.unlocked', id, requestIds });
        }
    }

    /** Sends an event now, or, while the process has not connected yet, as soon as it does within the grace period. */
    #announce(name: string, data: unknown): void {
        const { events } = this.context;
        const send = (): void => {
            this.#commit({ type: 'run.event', id: this.id, name, data });
            events.send(this.id, name, data, Date.now());
        };
        if (events.isConnected(this.id)) {
            send();
            return;
        }
        const { incarnation } = this.record;
        const onConnected = (runId: string): void => {
            if (runId !== this.id) return;
            events.off('connected', onConnected);
            if (this.record.incarnation === incarnation) void this.#guard(send);
        };
        events.on('connected', onConnected);
        this.#cleanups.push(() => events.off('connected', onConnected));
    }

    #stop(): void {
        this.#isStopping = true;
        this.#process?.kill();
    }

    #mustStop(): boolean {
        return this.#isStopping;
    }

    #killAfter(millis: number): void {
        const timer = setTimeout(() => this.#stop(), millis);
        this.#cleanups.push(() => clearTimeout(timer));
    }

    #armTimeout(): void {
        const { timeoutSecs, timeoutFrom } = this.record;
        if (timeoutSecs === 0) return;
        const timer = setTimeout(
            () => {
                if (this.record.status !== 'RUNNING') return;
                this.#intent = 'timing-out';
                void this.#guard(() => {
                    this.#commit({ type: 'run.status', id: this.id, status: 'TIMING-OUT' });
                    this.#stop();
                });
            },
            Math.min(timeoutFrom + timeoutSecs * 1_000 - Date.now(), 2 ** 31 - 1),
        );
        timer.unref();
        this.once('ended', () => clearTimeout(timer));
    }

    #cleanUp(): void {
        for (const cleanup of this.#cleanups) cleanup();
        this.#cleanups = [];
    }

    #assertRunning(verb: string): void {
        if (this.record.status !== 'RUNNING' || this.#intent !== 'none') {
            const what = this.#intent === 'none' ? this.record.status : this.#intent;
            throw new ApiError(400, 'job-finished', `Run '${this.id}' is ${what} and can't be ${verb}.`);
        }
    }

    /** Resolves once the process in work now has been followed by another, or the run has ended. */
    async #nextSettled(): Promise<void> {
        return new Promise((resolve) => {
            this.once('settled', resolve);
        });
    }

    /** Kills the process, once the journal says so. */
    async #strike(fault: string): Promise<void> {
        await this.#guard(() => {
            this.#commit({ type: 'run.struck', id: this.id, fault });
            this.#stop();
        });
    }

    #note(name: string): void {
        this.#commit({ type: 'run.event', id: this.id, name });
    }

    #commit(entry: RunEntry | Parameters<Store['commit']>[0]): void {
        this.context.store.commit(entry);
    }
}
