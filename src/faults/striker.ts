import { setTimeout as sleep } from 'node:timers/promises';

import { isOwnRecord } from '../trace/own-record.js';
import type { ApiCall, ApiCallListener, RunProcess } from '../platform/index.js';
import { isTerminal } from '../trace/runs.js';
import type { Held, RecordedEntry } from '../trace/recorded.js';
import { type Fault, type FaultPlan, formatTrigger, type Strike } from './fault-plan.js';
import { Freeze, HOLD_MILLIS } from './freeze.js';

export interface StrikerOptions {
    plan: FaultPlan;
    /** Milliseconds between `migrating` or `aborting` and the SIGKILL. */
    graceMillis: number;
    /** False when the platform ignores the reboot that the SDK asks for when it hears `migrating`. */
    rebootEndsMigration: boolean;
    /** Told what it does, for the run's trace. */
    record: (entry: RecordedEntry) => void;
}

/**
 * Strikes a run according to its plan.
 *
 * A graceful fault that strikes at a page or a call first freezes the run's work: no page is sent and no row is stored,
 * until the process does nothing any more but wait. So what is in flight is in flight for sure, on every machine. Only
 * then is the process told, and what it pushes from now on, it pushes because of that: such rows are stored at once.
 * The work that was frozen goes on once the Actor has saved a record of its own; or, where it is going to ask for its
 * reboot, not before its process is gone; in any case after a time, since an Actor may rightly wait for its work before
 * it saves.
 */
export class Striker {
    #run: RunProcess | undefined;
    /** The plan, and what somebody has asked for since. */
    readonly #strikes: Strike[];
    readonly #left: Strike[];
    #freeze: Freeze | undefined;
    #striking: Promise<void> | undefined;
    readonly #timers = new Set<NodeJS.Timeout>();
    #isStopped = false;
    /** Calls made and pages asked for so far. */
    #asked = 0;
    #startedAt = 0;

    constructor(private readonly options: StrikerOptions) {
        this.#strikes = [...options.plan];
        this.#left = [...options.plan];
    }

    get hasStarted(): boolean {
        return this.#run !== undefined;
    }

    /** Begins: times count from now. */
    start(run: RunProcess): void {
        this.#run = run;
        this.#startedAt = Date.now();
        for (const strike of [...this.#left]) {
            if (strike.trigger.kind === 'time' || strike.trigger.kind === 'every') {
                this.#strikeAfter(strike, strike.trigger.millis);
            }
        }
    }

    /**
     * Strikes at once, beside the plan.
     *
     * @returns Whether there is a run that can be struck, and no other strike under way.
     */
    strikeNow(fault: Exclude<Fault, 'restart'>): boolean {
        if (this.#isStopped || this.#striking || this.#run?.record.status !== 'RUNNING') return false;
        const strike: Strike = { fault, trigger: { kind: 'time', millis: Date.now() - this.#startedAt } };
        this.#strikes.push(strike);
        this.#begin(strike, undefined);
        return true;
    }

    stop(): void {
        this.#isStopped = true;
        for (const timer of this.#timers) clearTimeout(timer);
        this.#freeze?.thaw();
    }

    /** Resolves when no strike is under way. */
    async settled(): Promise<void> {
        await this.#striking;
    }

    /** For the platform: stands in the way of the run's API calls. */
    readonly onApiCall: ApiCallListener = (call) => {
        const before = this.#due((trigger) => isAt(trigger, call, 'before'));
        const after = this.#due((trigger) => isAt(trigger, call, 'after'));
        this.#asked += 1;
        const isWork = call.operationId === 'dataset_items_post';
        const mayFreeze = isWork && this.#freeze?.isTold === false;
        if (isSave(call) && !before && !after) {
            this.#freeze?.saved();
            return undefined;
        }
        if (!before && !after && !mayFreeze) return undefined;
        return {
            before: async () => {
                if (mayFreeze) await this.#wait({ call: call.call });
                return before ? this.#strikeAt(before, call) : 'go';
            },
            ...(after && { after: async () => this.#strikeAt(after, call) }),
        };
    };

    /** For the shop: stands in the way of its pages. */
    readonly onPage = async (page: { kind: string; n: number }): Promise<void> => {
        this.#asked += 1;
        const held = { page: `${page.kind}@${page.n}` };
        const strike = this.#due(
            ({ trigger }) => trigger.kind === 'page' && trigger.page === page.kind && page.n >= trigger.n,
        );
        if (strike) await this.#strikeAt(strike, held);
        else await this.#wait(held);
    };

    async #wait(held: Held): Promise<void> {
        if (!this.#freeze) return;
        this.options.record({ type: 'held', at: Date.now(), ...held });
        await this.#freeze.thawed;
        this.options.record({ type: 'released', at: Date.now(), ...held });
    }

    /** The first strike whose occasion this is, unless another one is under way. */
    #due(isDue: (strike: Strike) => boolean): Strike | undefined {
        if (!this.#run || this.#striking) return undefined;
        return this.#left.find(isDue);
    }

    #strikeAfter(strike: Strike, millis: number): void {
        if (this.#isStopped) return;
        const timer = setTimeout(() => {
            this.#timers.delete(timer);
            this.#strikeInTime(strike).catch(() => this.#fail(strike));
        }, millis);
        this.#timers.add(timer);
    }

    async #strikeInTime(strike: Strike): Promise<void> {
        await this.#striking;
        if (this.#run?.record.status === 'RUNNING') this.#begin(strike, undefined);
        if (strike.trigger.kind !== 'every') return;
        await this.#striking;
        this.#strikeAfter(strike, strike.trigger.millis);
    }

    /** Strikes while a call or page waits. `drop`: the process that made it is gone. */
    async #strikeAt(strike: Strike, at: ApiCall | Held): Promise<'go' | 'drop'> {
        if (!this.#left.includes(strike)) return 'go';
        const isGraceful = strike.fault === 'migrate' || strike.fault === 'abort';
        if (isGraceful) this.#freeze = this.#newFreeze(strike);
        const held = 'page' in at ? at : { call: at.call };
        this.#begin(strike, 'call' in held ? held.call : undefined);
        if (!isGraceful) return 'drop';
        await this.#wait(held);
        return 'go';
    }

    /**
     * Where the process is going to reboot, work is held for longer: on a busy machine the reboot takes its time, and
     * work that goes on meanwhile would change the outcome. But an Actor may also wait for its work within the grace.
     */
    #newFreeze({ fault }: Strike): Freeze {
        const { graceMillis, rebootEndsMigration } = this.options;
        const untilExit = fault === 'migrate' && rebootEndsMigration;
        return new Freeze(untilExit, untilExit ? Math.min(3 * HOLD_MILLIS, graceMillis / 3) : HOLD_MILLIS);
    }

    /** Resolves when the process only waits for what is frozen, or can't be asked, or after a time. */
    async #untilQuiet(): Promise<void> {
        const run = this.#run!;
        const latest = Date.now() + HOLD_MILLIS;
        for (let quiet = 0; quiet < QUIET_TURNS && Date.now() < latest; quiet++) {
            const asked = this.#asked;
            if (!(await Promise.race([run.turned(), sleep(HOLD_MILLIS, false, { ref: false })]))) return;
            if (this.#asked > asked) quiet = 0;
        }
    }

    #begin(strike: Strike, call: number | undefined): void {
        const place = this.#left.indexOf(strike);
        if (place !== -1) this.#left.splice(place, 1);
        const { fault, trigger } = strike;
        this.options.record({
            type: 'strike',
            at: Date.now(),
            runId: this.#run!.id,
            strike: this.#strikes.indexOf(strike),
            fault,
            trigger: formatTrigger(trigger),
            ...(call !== undefined && { call }),
        });
        this.#striking = this.#strike(strike)
            .catch(() => this.#fail(strike))
            .finally(() => {
                this.#striking = undefined;
                this.#freeze?.thaw();
                this.#freeze = undefined;
            });
    }

    #fail(strike: Strike): void {
        // The end of the run is no fault of a strike that it cuts off.
        if (this.#isStopped) return;
        const place = this.#strikes.indexOf(strike);
        this.options.record({ type: 'strike.failed', at: Date.now(), runId: this.#run!.id, strike: place });
    }

    async #strike({ fault }: Strike): Promise<void> {
        const run = this.#run!;
        const { graceMillis } = this.options;
        if (this.#freeze) {
            await this.#untilQuiet();
            this.#freeze.tell();
        }
        switch (fault) {
            case 'migrate':
                return run.migrate({ graceMillis });
            case 'crash':
                return run.crash();
            case 'restart':
                return run.fail();
            case 'abort':
                if (!run.abort({ gracefully: true })) throw new Error('The run was not running.');
                return resurrected(run);
            case 'timed-out':
                if (!run.timeOut()) throw new Error('The run was not running.');
                return resurrected(run);
            case 'failed':
                await run.fail();
                // With restart on error it has not ended.
                return isTerminal(run.record.status) ? run.resurrect() : undefined;
            case 'aborted':
                if (!run.abort()) throw new Error('The run was not running.');
                return resurrected(run);
            default:
                return fault satisfies never;
        }
    }
}

async function resurrected(run: RunProcess): Promise<void> {
    await run.finished();
    return run.resurrect();
}

/** A process whose event loop has turned so often in a row without a call or a page asked for only waits. */
const QUIET_TURNS = 30;

function isAt({ trigger }: Strike, call: ApiCall, when: 'before' | 'after'): boolean {
    if (trigger.kind !== 'call' || trigger.when !== when) return false;
    if (trigger.operation === 'any') return call.n >= trigger.n;
    return trigger.operation === call.operationId && call.nOfOperation >= trigger.n;
}

/** Whether the Actor saves a record of its own. */
function isSave({ operationId, params }: ApiCall): boolean {
    return operationId === 'keyValueStore_record_put' && isOwnRecord(params.key!);
}
