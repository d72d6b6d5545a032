import { shortPath } from '../../base/short-path.js';
import { UsageError } from '../../base/usage-error.js';
import { hasWorkspace } from '../../exercise/workspace.js';
import { nameOf, openSubject, subjectTitle, trialHeading, WORKSPACE } from '../../exercise/subject.js';
import type { Striker } from '../../faults/striker.js';
import { dataDirectory } from '../../mover/cli/data-directory.js';
import { readTraceOf } from '../../platform/journal/read-trace.js';
import type { Trace } from '../../trace/trace.js';
import { solutionCommand, type TrialSettings, trialOf } from '../../trial/settings.js';
import { STEPS, type TrialSubject } from '../../trial/steps.js';
import { lesson, type VerdictLine, verdictLines } from '../../trial/verdict-text.js';
import type { ForkPoint } from '../../mover/fork-point.js';
import type { FAULTS_NOW } from '../faults-now.js';
import type { Job, Jobs } from './jobs.js';

/** What the lab can run: the steps, and the learner's Actor where there is one. */
export function labSubjects(): TrialSubject[] {
    return [...STEPS, ...(hasWorkspace() ? [WORKSPACE] : [])];
}

/** A run of the lab: its job's id is its own. */
export interface CourseRun {
    id: string;
    label: string;
    /** How it is run in a terminal. */
    command: string;
    subject: TrialSubject;
    settings: TrialSettings;
    /** Data directory. */
    dir: string;
    striker?: Pick<Striker, 'strikeNow'>;
}

/** What came of a run. */
export interface LabOutcome {
    isWell: boolean;
    sentence: string;
    lines: readonly VerdictLine[];
}

/** Pages ask for a recording again so often at most. */
const TELL_EVERY_MILLIS = 400;

/** The runs that pages of the lab have asked for since the server was started. Their data stays on disk. */
export class LabRuns {
    readonly #runs = new Map<string, CourseRun>();

    constructor(private readonly jobs: Jobs) {}

    get all(): CourseRun[] {
        return [...this.#runs.values()];
    }

    find(id: string): CourseRun | undefined {
        return this.#runs.get(id);
    }

    /**
     * Starts a run; its job tells 'entries' when it has gone on, and 'outcome' in the end.
     *
     * @throws BusyError while another job is at work; UsageError for settings that can't be.
     */
    start(subject: TrialSubject, settings: TrialSettings): CourseRun {
        const trial = trialOf(settings, subject);
        const command = solutionCommand(subject, settings);
        return this.#begin(
            { subject, settings, command, label: trialHeading(subject, settings.plan ?? settings.fault) },
            trial.plan,
            undefined,
        );
    }

    /**
     * Kills the process of a run at an entry of its trace, and goes on from there in a run of its own.
     *
     * @throws BusyError while another job is at work; UsageError when there is no such entry.
     */
    fork(parent: CourseRun, index: number): CourseRun {
        const { subject, settings } = parent;
        const trace = this.traceOf(parent);
        if (index < trace.begin || index > trace.end) throw new UsageError(`The run has no entry ${index}.`);
        const command = `npm run solution -- ${subject.number} --fork ${shortPath(parent.dir)}@${index}`;
        const label = `${subjectTitle(subject)}, crashed at entry ${index}`;
        return this.#begin({ subject, settings, command, label }, [], { trace, index });
    }

    /** Strikes a run at once; returns whether there was a process to strike. */
    strike(run: CourseRun, fault: (typeof FAULTS_NOW)[number]): boolean {
        if (!run.striker?.strikeNow(fault)) return false;
        run.label += `, then by hand: ${fault}`;
        return true;
    }

    /** @throws Error when nothing is recorded yet. */
    traceOf({ dir }: CourseRun): Trace {
        return readTraceOf(dir);
    }

    #begin(
        run: Omit<CourseRun, 'id' | 'dir'>,
        plan: ReturnType<typeof trialOf>['plan'],
        from: ForkPoint | undefined,
    ): CourseRun {
        const job = this.jobs.start(run.label, async (started) => this.#work(started, made, plan, from));
        const dir = dataDirectory(undefined, nameOf(run.subject));
        const made: CourseRun = { ...run, id: job.id, dir };
        this.#runs.set(job.id, made);
        return made;
    }

    async #work(
        job: Job,
        run: CourseRun,
        plan: ReturnType<typeof trialOf>['plan'],
        from: ForkPoint | undefined,
    ): Promise<void> {
        const { subject, settings, dir } = run;
        const { runFork, runTrial } = await import('../../trial/trial.js');
        const opened = await openSubject(subject, dir, settings.gracefulShutdown);
        if ('problem' in opened) throw new Error(opened.problem);
        let toldAt = 0;
        try {
            const options = {
                ...opened.subject,
                ...trialOf(settings, subject, plan),
                dir,
                signal: job.signal,
                onStarted: (striker: Pick<Striker, 'strikeNow'>) => {
                    run.striker = striker;
                },
                onEntry: () => {
                    const now = Date.now();
                    if (now - toldAt < TELL_EVERY_MILLIS) return;
                    toldAt = now;
                    job.tell('entries', null);
                },
            };
            const result = await (from ? runFork(options, from) : runTrial(options));
            const outcome: LabOutcome = {
                isWell: result.verdict.exact,
                sentence: lesson(result),
                lines: verdictLines(result),
            };
            job.tell('entries', null);
            job.tell('outcome', outcome);
        } finally {
            delete run.striker;
            opened.close();
        }
    }
}
