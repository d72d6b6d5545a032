import { solutionCommand, type TrialSettings } from '../trial/settings.js';
import { STEPS } from '../trial/steps.js';

/** One recorded run of a figure: a step of the solution, and what it is put through. */
export interface FigureRun {
    /** What the switch says. */
    label: string;
    step: number;
    settings: TrialSettings;
}

/** A picture of a lesson: runs between which one can switch. Markdown names it in a comment: `<!-- figure: its-name -->`. */
export interface Figure {
    /** What it shows. */
    title: string;
    /** Where to look. */
    look: string;
    runs: readonly FigureRun[];
}

const LATE: TrialSettings = { fault: 'migrate', reboot: false };

/** Every figure of the lessons, by its name. */
export const FIGURES: Readonly<Record<string, Figure>> = {
    migration: {
        title: 'A run that is moved',
        look: 'The first process is killed, and the second goes on with the same request queue. The object begins anew: memory is not moved.',
        runs: [
            { label: 'migrated', step: 0, settings: { fault: 'migrate' } },
            { label: 'undisturbed', step: 0, settings: { fault: 'none' } },
        ],
    },
    'before-and-after': {
        title: 'The same migration, without handling and with it',
        look: 'Go to the end of each: compare the object, the rows and the truth.',
        runs: [
            { label: 'step 0, no handling', step: 0, settings: { fault: 'migrate' } },
            { label: 'step 5, exactly once', step: 5, settings: { fault: 'migrate' } },
        ],
    },
    'aborted-and-resurrected': {
        title: 'A graceful abort, and the resurrection after it',
        look: 'Before the kill, look for the last save and for what is counted after it.',
        runs: [
            { label: 'step 2 saves and reads back', step: 2, settings: { fault: 'abort' } },
            { label: 'step 4 waits first', step: 4, settings: { fault: 'abort' } },
        ],
    },
    'two-rounds': {
        title: 'By default: two rounds, and a reboot',
        look: 'Between the event and the kill there are two saves. The process is killed long before its time is up.',
        runs: [
            { label: 'gracefulShutdown: true (default)', step: 4, settings: { fault: 'migrate' } },
            { label: 'gracefulShutdown: false', step: 4, settings: { fault: 'migrate', gracefulShutdown: false } },
        ],
    },
    'one-round': {
        title: 'With the opt-out: one round, and the whole time',
        look: 'There is one save, and the process works on until the kill.',
        runs: [
            { label: 'gracefulShutdown: false', step: 4, settings: { fault: 'migrate', gracefulShutdown: false } },
            { label: 'gracefulShutdown: true (default)', step: 4, settings: { fault: 'migrate' } },
        ],
    },
    'time-that-is-left': {
        title: 'A drain, and the time that it has',
        look: 'The drain waits for pages in flight before it saves. With one second it saves at once, and what is finished then is missing.',
        runs: [
            { label: 'reboot', step: 4, settings: { fault: 'migrate' } },
            { label: 'opt-out, 10 s', step: 4, settings: { fault: 'migrate', gracefulShutdown: false } },
            { label: 'opt-out, 1 s', step: 4, settings: { fault: 'migrate', gracefulShutdown: false, grace: 1 } },
        ],
    },
    'window-reboot': {
        title: 'In flight when the process is rebooted',
        look: 'Pages that were in flight are fetched again by the next process. What their handlers had pushed is there twice.',
        runs: [
            { label: 'step 2 adds', step: 2, settings: { fault: 'migrate' } },
            { label: 'step 3 sets', step: 3, settings: { fault: 'migrate' } },
        ],
    },
    'window-late-count': {
        title: 'Counted after the last save',
        look: 'Handlers finish after the save. Their requests are handled, and nobody saves what they have counted.',
        runs: [
            { label: 'step 3 saves at once', step: 3, settings: LATE },
            { label: 'step 4 waits first', step: 4, settings: LATE },
        ],
    },
    'with-and-without-reboot': {
        title: 'Step 3, with the reboot and without it',
        look: 'With the reboot rows are there twice; without it the object lacks what was counted late.',
        runs: [
            { label: 'no reboot', step: 3, settings: LATE },
            { label: 'reboot', step: 3, settings: { fault: 'migrate' } },
        ],
    },
    'saved-record': {
        title: 'The record that the counts are saved in',
        look: 'Each save replaces the record as a whole. In the migration they come in pairs.',
        runs: [
            { label: 'step 2 reads it back', step: 2, settings: { fault: 'migrate' } },
            { label: 'step 1 only writes it', step: 1, settings: { fault: 'migrate' } },
        ],
    },
    'restart-on-error': {
        title: 'A process that fails, and a restart on error',
        look: 'No event comes before it, so nothing is saved that was not saved already.',
        runs: [
            { label: 'step 2', step: 2, settings: { fault: 'restart' } },
            { label: 'step 5', step: 5, settings: { fault: 'restart' } },
        ],
    },
    'steps-compared': {
        title: 'Steps 3 and 4, struck alike',
        look: 'What is owed at the end says which of them is right.',
        runs: [
            { label: 'step 3, reboot', step: 3, settings: { fault: 'migrate' } },
            { label: 'step 3, no reboot', step: 3, settings: LATE },
            { label: 'step 4, abort', step: 4, settings: { fault: 'abort' } },
        ],
    },
    'write-ahead': {
        title: 'Saved first, then pushed',
        look: 'Before each push a save says what is pending. After the crash the next process looks for just that.',
        runs: [
            { label: 'step 5, crash', step: 5, settings: { fault: 'crash' } },
            { label: 'step 4, crash', step: 4, settings: { fault: 'crash' } },
        ],
    },
    'three-crashes': {
        title: 'Crashed three times, and crashed where reads lag',
        look: 'However often it is killed: each row once, and the counts right.',
        runs: [
            { label: 'three crashes', step: 5, settings: { fault: 'crash', at: 'offers@3', times: 3 } },
            { label: 'reads lag 5 s', step: 5, settings: { fault: 'crash', readLagMillis: 5_000 } },
        ],
    },
    'drain-and-writer': {
        title: 'The drain and the writer at work',
        look: 'Steps 4 and 5 of the solution hold the code that you take along here.',
        runs: [
            { label: 'the drain (step 4), aborted', step: 4, settings: { fault: 'abort' } },
            { label: 'the writer (step 5), crashed', step: 5, settings: { fault: 'crash' } },
        ],
    },
};

/** The command that makes a run of a figure anew. */
export function commandOfRun({ step, settings }: FigureRun): string {
    return solutionCommand(STEPS[step]!, settings);
}

/** The name of a run's recording, the same for every figure that shows it: `4-fault-migrate-no-reboot`. */
export function recordingName(run: FigureRun): string {
    return commandOfRun(run)
        .replace('npm run solution -- ', '')
        .replaceAll(/[^a-z0-9]+/gi, '-');
}

/** What predictions of the quiz show and no figure does; a test says when one is missing. */
const PREDICTED: readonly FigureRun[] = [
    { label: 'step 3, abort', step: 3, settings: { fault: 'abort' } },
    { label: 'step 3, crash', step: 3, settings: { fault: 'crash' } },
    { label: 'step 4, restart', step: 4, settings: { fault: 'restart' } },
];

/** Every run that a figure or a prediction shows, each once, by the name of its recording. */
export const RECORDED_RUNS: ReadonlyMap<string, FigureRun> = new Map(
    [...Object.values(FIGURES).flatMap(({ runs }) => runs), ...PREDICTED].map((run) => [recordingName(run), run]),
);
