import { availableParallelism } from 'node:os';

import { type Build, build } from './build.js';
import { BuildError } from './build-error.js';
import type { Limits } from './guard.js';
import { judgeStage, type StageResult } from './judge.js';
import type { TrialOutcome } from './trial-outcome.js';
import type { Trace } from '../trace/trace.js';
import { specOf, type Stage, STAGES, type TrialId } from './stages.js';
import { tryActor } from './try-actor.js';

export interface CheckOptions {
    /** The learner's folder. */
    dir: string;
    /** Stages to try. Default: all. */
    stages?: readonly Stage[];
    /** Trials at the same time, besides the one that mostly waits. Default: one for each core, at least 2, at most 4. */
    jobs?: number;
    /** What the Actor may use up in each trial. Default: `LIMITS`. */
    limits?: Partial<Limits>;
    /** Stops at the first stage that fails: what is left is not tried. */
    stopsAtFailure?: boolean;
    /** Stages that failed last, which are then tried first. */
    failedLast?: readonly number[];
    /** Ends the check; what has been judged by then is returned. */
    signal?: AbortSignal;
    /** Told of every stage when something about it has changed. */
    onProgress?: (stages: readonly StageProgress[]) => void;
    /** Told of each trial that has ended. */
    onOutcome?: (outcome: TrialOutcome) => void;
    /** Told at once when a stage has failed. Only where this is given, its trial is then also run undisturbed. */
    onFailed?: (result: CheckResult) => void;
}

export interface StageProgress extends StageResult {
    isRunning: boolean;
    /** Trials that have ended, of all that it needs. */
    done: number;
    all: number;
}

export interface CheckResult {
    stages: StageResult[];
    /** Why the Actor could not be started at all. */
    problem?: string;
    /** What the first trial that has failed can be held against. */
    undisturbed?: Trace;
    wallMillis: number;
}

/**
 * Tries a learner's Actor, stage by stage, and judges what can be seen of it from outside. The first stage comes alone:
 * where it fails, the others have nothing to say. The trials of all others run side by side. Where a failure ends the
 * check, only trials of earlier stages are still waited for, unless they take long by themselves.
 */
export async function runCheck(options: CheckOptions): Promise<CheckResult> {
    const startedAt = Date.now();
    const stages = options.stages ?? STAGES;
    const check = new Check(options, stages, () => ({ stages: check.results(), wallMillis: Date.now() - startedAt }));
    let problem: string | undefined;
    try {
        await check.run();
    } catch (error) {
        if (!(error instanceof BuildError)) throw error;
        problem = error.message;
    }
    return { ...(check.failed ?? check.present()), ...(problem !== undefined && { problem }) };
}

class Check {
    readonly outcomes = new Map<TrialId, TrialOutcome>();
    /** What was told of a failure, and what has become known since. */
    failed: CheckResult | undefined;
    readonly #running = new Set<TrialId>();
    /** What is being run, and how to end it. */
    readonly #chains = new Map<readonly TrialId[], AbortController>();
    #built: Build | undefined;

    constructor(
        private readonly options: CheckOptions,
        private readonly stages: readonly Stage[],
        readonly present: () => CheckResult,
    ) {}

    async run(): Promise<void> {
        this.#tell();
        this.#built = await build(this.options.dir);
        try {
            await this.#runStages();
            await this.#runUndisturbed(this.#built);
        } finally {
            this.#built.remove();
        }
    }

    async #runStages(): Promise<void> {
        const [first, others] = [this.stages.filter(comesAlone), this.stages.filter((stage) => !comesAlone(stage))];
        for (const stages of [this.#failedLast(), first, others]) {
            await this.#runAll(trialsOf(stages));
            const isDone = stages !== others && stages.some((stage) => this.#isFailed(stage));
            if (isDone) return;
        }
    }

    /** Tells of a failure, and runs the trial that shows it once more, undisturbed. */
    async #runUndisturbed(built: Build): Promise<void> {
        const { onFailed, signal } = this.options;
        const outcome = failedTrial(this.results(), this.outcomes);
        if (!onFailed || !outcome || signal?.aborted) return;
        this.failed = this.present();
        onFailed(this.failed);
        // What had to be ended from outside would have to be so again.
        if (specOf(outcome.id).plan === '' || outcome.ended) return;
        const { result } = await tryActor(outcome.id, 'undisturbed', built, { ...this.options, isUndisturbed: true });
        if (!signal?.aborted) this.failed = { ...this.failed, undisturbed: result.trace };
    }

    /** Every stage as far as it is known. Where a failure ends the check, only the first stage that fails has failed. */
    results(): StageResult[] {
        const results = this.stages.map((stage) => judgeStage(stage, this.outcomes));
        if (!this.options.stopsAtFailure) return results;
        const first = results.find(({ status }) => status === 'failed');
        return results.map((result) =>
            result.status === 'failed' && result !== first ? { ...result, status: 'not tried', reports: [] } : result,
        );
    }

    /** What is tried before all else. A stage whose trial mostly waits loses no time with the others. */
    #failedLast(): readonly Stage[] {
        const { stopsAtFailure = false, failedLast = [] } = this.options;
        if (!stopsAtFailure) return [];
        return this.stages
            .filter((stage) => failedLast.includes(stage.number) && !stage.trials.some(isIdle))
            .slice(0, 1);
    }

    #isFailed(stage: Stage): boolean {
        return judgeStage(stage, this.outcomes).status === 'failed';
    }

    /** Whether a trial may be left out, since a stage has failed that comes no later than its own. */
    #isNeedless(chain: readonly TrialId[]): boolean {
        if (!this.options.stopsAtFailure) return false;
        const failed = this.stages.find((stage) => this.#isFailed(stage));
        if (!failed) return false;
        const isEarlier = this.stages.some(
            ({ number, trials }) => number < failed.number && trials.some((id) => chain.includes(id)),
        );
        return !isEarlier || chain.some(isIdle);
    }

    /** Ends trials that need not be waited for any more. */
    #endNeedless(): void {
        for (const [chain, controller] of this.#chains) if (this.#isNeedless(chain)) controller.abort();
    }

    async #runAll(wanted: readonly TrialId[]): Promise<void> {
        const ids = wanted.filter((id) => !this.outcomes.has(id));
        // A trial that goes on from another one comes after it; one that waits most of its time needs no place.
        const chains = ids
            .filter((id) => !specOf(id).after)
            .map((id) => [id, ...ids.filter((next) => specOf(next).after === id)]);
        const queue = chains.filter((chain) => !chain.some(isIdle)).values();
        const work = async (): Promise<void> => {
            for (const chain of queue) await this.#runChain(chain);
        };
        const jobs = this.options.jobs ?? Math.min(4, Math.max(2, availableParallelism()));
        await Promise.all([
            ...chains.filter((chain) => chain.some(isIdle)).map(async (chain) => this.#runChain(chain)),
            ...Array.from({ length: jobs }, work),
        ]);
    }

    async #runChain(chain: readonly TrialId[]): Promise<void> {
        const needless = new AbortController();
        const signal = this.options.signal ? AbortSignal.any([this.options.signal, needless.signal]) : needless.signal;
        this.#chains.set(chain, needless);
        try {
            await this.#runInTurn(chain, signal);
        } finally {
            this.#chains.delete(chain);
        }
    }

    async #runInTurn(chain: readonly TrialId[], signal: AbortSignal): Promise<void> {
        for (const id of chain) {
            if (signal.aborted || this.#isNeedless(chain)) return;
            this.#running.add(id);
            this.#tell();
            const outcome = await tryActor(id, chain[0]!, this.#built!, { ...this.options, signal });
            this.#running.delete(id);
            if (signal.aborted) return;
            this.outcomes.set(id, outcome);
            this.options.onOutcome?.(outcome);
            this.#endNeedless();
            this.#tell();
            // What comes after it would only show the same.
            if (outcome.result.verdict.ended !== 'SUCCEEDED') return;
        }
    }

    #tell(): void {
        this.options.onProgress?.(
            this.results().map((result, i) => {
                const { trials } = this.stages[i]!;
                return {
                    ...result,
                    isRunning: trials.some((id) => this.#running.has(id)),
                    done: trials.filter((id) => this.outcomes.has(id)).length,
                    all: trials.length,
                };
            }),
        );
    }
}

/** The trial that shows what is wrong: the first that has failed. */
export function failedTrial(
    stages: readonly StageResult[],
    outcomes: ReadonlyMap<TrialId, TrialOutcome>,
): TrialOutcome | undefined {
    const failing = stages.find(({ status }) => status === 'failed')?.reports.find(({ isPassed }) => !isPassed);
    return failing && outcomes.get(failing.trial);
}

/** Whether a trial waits most of its time, so that it needs no place among the others. */
function isIdle(id: TrialId): boolean {
    return specOf(id).holdMillis !== undefined;
}

function comesAlone({ judges }: Stage): boolean {
    return judges === 'undisturbed';
}

function trialsOf(stages: readonly Stage[]): TrialId[] {
    return [...new Set(stages.flatMap(({ trials }) => trials))];
}
