import { EventEmitter } from 'node:events';

import type { RunRecord } from '../../trace/runs.js';
import { UnwritableError } from '../unwritable-error.js';
import type { ActorDefinition } from './actor.js';
import { type ActorProcess, startActorProcess } from './actor-process.js';
import { Alarm } from './alarm.js';
import { actorEnvironment } from './environment.js';
import type { Occurrence } from './life/occurrence.js';
import { react } from './life/react.js';
import { refusal } from './life/refusal.js';
import { initialPhase, processOf, type RunPhase } from './life/run-phase.js';
import type { Reaction, RunEffect, Transition } from './life/transition.js';
import { RestartWindow } from './restart-window.js';
import type { RunContext } from './run-context.js';
import { RunWriter } from './run-writer.js';

/**
 * Carries out what `react` decides of a run. Every change goes through the store first, so the journal tells the
 * whole story.
 *
 * `settled`: the next process has been started, or the run has ended instead.
 */
export class RunLife extends EventEmitter<{ ended: [RunRecord]; settled: [] }> {
    #phase: RunPhase;
    readonly #writer: RunWriter;
    readonly #restarts: RestartWindow;
    readonly #grace = new Alarm(() => this.happen({ kind: 'grace-over' }));
    readonly #timeout = new Alarm(() => this.happen({ kind: 'timeout' }));

    constructor(
        private readonly runId: string,
        /** What the run's next process is started as. */
        public actor: ActorDefinition,
        private readonly context: RunContext,
        restarts: readonly number[] = [],
    ) {
        super();
        this.#phase = initialPhase(this.#record.status);
        this.#writer = new RunWriter(runId, context);
        const { restartLimit, restartWindowMillis } = context.settings;
        this.#restarts = new RestartWindow(restartLimit, restartWindowMillis, restarts);
    }

    get phase(): RunPhase {
        return this.#phase;
    }

    /**
     * Has happen what nobody is there to be told of a failed write of: the run ends with it instead, as FAILED. What it
     * did could not be judged without its journal.
     *
     * @throws ApiError 400 when the run's phase forbids it.
     */
    happen(occurrence: Occurrence): void {
        try {
            this.ask(occurrence);
        } catch (error) {
            if (!(error instanceof UnwritableError)) throw error;
            this.ask({ kind: 'unwritable', error });
            // What has happened all the same counts now, without being written.
            const { kind } = occurrence;
            if (kind === 'spawned' || kind === 'not-spawned' || kind === 'exited') this.ask(occurrence);
        }
    }

    /**
     * @throws ApiError 400 when the run's phase forbids it, UnwritableError when it can't be written. The run is then
     *   as before.
     */
    ask(occurrence: Occurrence): void {
        this.make(this.allowed(occurrence));
    }

    /** What would come of it now. */
    reaction(occurrence: Occurrence): Reaction {
        return react(this.#phase, occurrence, this.context.settings);
    }

    /**
     * @throws ApiError 400 when the run's phase forbids it.
     */
    allowed(occurrence: Occurrence): Transition {
        const reaction = this.reaction(occurrence);
        if (typeof reaction !== 'string') return reaction;
        throw refusal(this.runId, this.#record.status, this.#phase, occurrence);
    }

    /**
     * @throws UnwritableError when it can't be written. The run is then as before.
     */
    make({ phase, writes, effects }: Transition): void {
        const before = this.#phase;
        this.#phase = phase;
        try {
            for (const write of writes) this.#writer.write(write);
        } catch (error) {
            if (this.#phase === phase) this.#phase = before;
            throw error;
        }
        if (this.#phase.name !== 'leaving') this.#grace.clear();
        for (const effect of effects) this.#carryOut(effect);
    }

    /** Resolves once the process in work now has been followed by another, or the run has ended. */
    async nextSettled(): Promise<void> {
        return new Promise((resolve) => {
            this.once('settled', resolve);
        });
    }

    get #record(): RunRecord {
        return this.context.store.run(this.runId);
    }

    #carryOut(effect: RunEffect): void {
        const { events, log } = this.context;
        switch (effect.do) {
            case 'spawn':
                void this.#spawn();
                break;
            case 'kill':
                processOf(this.#phase)?.kill();
                break;
            case 'arm-grace':
                this.#grace.set(effect.millis);
                break;
            case 'arm-timeout': {
                const { timeoutSecs, timeoutFrom } = this.#record;
                if (timeoutSecs > 0) this.#timeout.set(timeoutFrom + timeoutSecs * 1_000 - Date.now());
                break;
            }
            case 'look-for-connection':
                if (events.isConnected(this.runId)) this.happen({ kind: 'connected' });
                break;
            case 'send':
                events.send(this.runId, effect.name, effect.data, Date.now());
                break;
            case 'note-restart':
                this.#restarts.add(Date.now());
                break;
            case 'forget-restarts':
                this.#restarts.clear();
                break;
            case 'tell-settled':
                this.emit('settled');
                break;
            case 'tell-ended':
                this.#timeout.clear();
                log.end();
                this.emit('settled');
                this.emit('ended', this.#record);
                break;
            case 'fail-unwritten':
                this.#writer.failUnwritten(effect.error.message, effect.exitCode);
                break;
            default:
                effect satisfies never;
        }
    }

    async #spawn(): Promise<void> {
        const { baseUrl, token, watchdog, events, store } = this.context;
        const run = this.#record;
        const eventsUrl = `${baseUrl.replace('http', 'ws')}/actor-events/${this.runId}?token=${token}`;
        const incarnation = run.incarnation + 1;
        let process: ActorProcess;
        try {
            const actor = this.#placed();
            const environment = actorEnvironment({ ...this.context, run, actor, eventsUrl });
            process = await startActorProcess(actor, environment, token, (text) => this.#onLine(incarnation, text));
        } catch (error) {
            this.#log((error as Error).message, Date.now());
            this.happen({ kind: 'not-spawned' });
            return;
        }
        watchdog.watch({ pid: process.pid, mark: token });
        void process.exited.then((exit) => {
            if (exit.left !== undefined) store.record({ type: 'note', at: Date.now(), text: exit.left });
            watchdog.forget(process.pid);
            events.cut(this.runId);
            const at = Date.now();
            const mayRestart = this.#record.restartOnError && this.#restarts.hasRoom(at);
            this.happen({ kind: 'exited', at, exit, mayRestart });
        });
        this.happen({ kind: 'spawned', process });
    }

    #placed(): ActorDefinition {
        const { actor } = this;
        const place = actor.place?.(this.runId);
        return place ? { ...actor, ...place, env: { ...place.env, ...actor.env } } : actor;
    }

    #onLine(incarnation: number, text: string): void {
        const at = Date.now();
        this.context.onLine({ runId: this.runId, incarnation, at, text });
        this.#log(text, at);
    }

    #log(text: string, at: number): void {
        try {
            this.context.log.append(text, at);
        } catch (error) {
            if (!(error instanceof UnwritableError)) throw error;
            this.happen({ kind: 'unwritable', error });
        }
    }
}
