import { ordealText } from '../../quiz/briefing.js';
import type { Course as QuizCourse } from '../../quiz/course.js';
import type { ProbeOf, Question } from '../../quiz/question.js';
import type { QuizStore } from '../../quiz/quiz-store.js';
import type { runPrediction } from '../../quiz/run-prediction.js';
import { runKey } from '../quiz/quiz-links.js';
import { takeOutcome } from '../quiz/take.js';
import { packTrace } from '../../replay/pack-trace.js';
import type { Job, Jobs } from './jobs.js';

/** A run of this machine that a page can show. */
export interface OwnTrace {
    label: string;
    packed: Buffer;
}

/** So many traces are kept for pages that show them. */
const MAX_TRACES = 5;

/** Trials of predictions. What one shows is in the record when it ends, whether a page still waits for it or not. */
export class QuizTrials {
    /** The last one of each prediction. */
    readonly #jobs = new Map<string, Job>();
    readonly #traces = new Map<string, OwnTrace>();

    constructor(
        private readonly jobs: Jobs,
        private readonly store: QuizStore,
        private readonly run: typeof runPrediction,
    ) {}

    /**
     * Begins the trial of a prediction.
     *
     * @throws BusyError while something else is at work.
     */
    start(question: Question, course: QuizCourse, probe: ProbeOf<'predict'>): Job {
        const label = `step ${probe.step}, ${ordealText(probe)}`;
        const job = this.jobs.start(label, async (begun) => {
            const ran = await this.run(probe, {
                signal: begun.signal,
                onPage: (served, expected) => begun.tell('page', told(label, served, expected)),
            }).catch((error: unknown) => {
                if (!begun.signal.aborted) throw error;
                return 'The run was stopped, so it shows nothing.';
            });
            if (typeof ran === 'string') {
                begun.tell('failed', ran);
                return;
            }
            this.#traces.set(begun.id, { label: `${label}, on this machine`, packed: packTrace(ran.trace) });
            for (const id of [...this.#traces.keys()].slice(0, -MAX_TRACES)) this.#traces.delete(id);
            const outcome = { probe: probe.id, shown: ran.outcome.tracker };
            const options = { now: new Date(), seed: course.seed };
            this.store.change((record) => takeOutcome(record, { question, course }, outcome, options) ?? record);
            begun.tell('shown', ran.outcome);
        });
        this.#jobs.set(runKey(question.number, probe.id), job);
        return job;
    }

    /** The trial of a prediction that is at work, or why the last one showed nothing. */
    stateOf(
        question: Question,
        probe: ProbeOf<'predict'>,
    ): { job: Job; told: string } | { problem: string } | undefined {
        const job = this.#jobs.get(runKey(question.number, probe.id));
        if (!job) return undefined;
        const last = job.events.at(-1);
        if (!job.isOver) return { job, told: last ? String(last.data) : told(job.title, 0, 0) };
        return last?.name === 'failed' ? { problem: String(last.data) } : undefined;
    }

    trace(id: string): OwnTrace | undefined {
        return this.#traces.get(id);
    }
}

function told(label: string, served: number, expected: number): string {
    if (expected === 0) return `Running ${label} …`;
    return `Running ${label}: ${Math.min(served, expected)} of ${expected} pages.`;
}
