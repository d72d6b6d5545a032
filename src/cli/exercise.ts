import { beginSmall } from '../exercise/begin.js';
import { openCheckProgress } from '../exercise/progress.js';
import { findExercise, type SmallExercise, TRACKER } from '../exercise/small/exercises.js';
import { nextExercise, openSmallProgress, withPassed } from '../exercise/small/small-progress.js';
import type { SmallResult } from '../exercise/small/try-exercise.js';
import { UsageError } from '../base/usage-error.js';
import { type Command, parse, runCommand } from '../base/terminal/command.js';
import { isPlain } from '../base/terminal/plain.js';
import { listenForStop } from '../base/terminal/stop-signal.js';
import { widthOf } from '../base/terminal/wrap.js';
import { exerciseHeading, exerciseHint, exerciseList, smallResultText, taskText } from './exercise-text.js';
import { helpText } from './help-text.js';
import { preparedLines } from './prepare-workspace.js';
import { startTracker } from './tracker-start.js';
import { unlessUnwritable } from '../base/cannot-write-error.js';
import { tellUnkept } from './tell-unkept.js';

const OPTIONS = {
    list: { type: 'boolean' },
    hint: { type: 'boolean' },
    reset: { type: 'boolean' },
    timeline: { type: 'boolean' },
    poll: { type: 'boolean' },
} as const;

const HELP = `
npm run exercise -- [number] [options]
npm run exercise -- tracker [options]

Eight small exercises, each a short Actor with one flaw, and then the tracker, the large one. Without a number: the first
that you have not passed. It is copied to workspace/, its task is shown, and it is tried: run on the local platform,
struck, and judged within seconds. In a terminal it is tried again whenever you save, and keys lead on: n next, t try
again, h hint, l list, r reset, q quit; arrows and space scroll. Elsewhere it is tried once. Exit code 1 when it is not passed. No file of yours is ever written
over.

Options
  --list      all exercises, and which you have passed
  --hint      the next hint
  --reset     move your copy aside, under a name with the date, and begin with a new one
  --timeline  try it once, and show what happened in each of its runs
  --plain     in a terminal, too: try it once, without keys and without clearing the screen
  --poll      look for changes every second, where the system doesn't tell of them
`;

const warn = (message: string): boolean => process.stderr.write(`${message}\n`);

const command: Command = {
    name: 'npm run exercise',
    help: HELP,
    run: async (argv) => {
        const { values, positionals } = parse(argv, OPTIONS, 'exercise');
        const chosen = (['list', 'hint', 'reset', 'timeline'] as const).filter((option) => values[option]);
        if (chosen.length > 1) throw new UsageError(`Give one of --${chosen.join(', --')}, not several.`);
        const [wanted] = positionals;
        if (values.list) {
            if (wanted !== undefined) throw new UsageError('--list shows all exercises: leave the number out.');
            return showList();
        }
        const progress = openSmallProgress(warn);
        const exercise = wanted === undefined ? (nextExercise(progress.read()) ?? TRACKER) : findExercise(wanted);
        if ('name' in exercise) return openTracker(chosen[0]);
        if (values.hint) {
            process.stdout.write(
                `${exerciseHeading(exercise)}\n${exerciseHint(exercise, progress, widthOf(process.stdout))}\n`,
            );
            return 0;
        }
        const prepared = beginSmall(exercise, values.reset ?? false, progress);
        const lines = preparedLines(prepared);
        if (values.reset) {
            process.stdout.write(`${lines.join('\n')}\n`);
            return 0;
        }
        const isTerminal = process.stdin.isTTY && process.stdout.isTTY;
        if (isTerminal && !isPlain() && !values.timeline) {
            const { watchExercises } = await import('./exercise-watch.js');
            return watchExercises(exercise, { poll: values.poll ?? false, progress });
        }
        process.stdout.write(
            `${exerciseHeading(exercise)}\n${lines.join('\n')}\n\n${taskText(exercise, widthOf(process.stdout))}\n\n`,
        );
        return tryOnce(exercise, prepared.dir, values.timeline ?? false);
    },
};

function showList(): number {
    const passed = openSmallProgress(warn).read();
    const stages = openCheckProgress(warn).read().passed;
    process.stdout.write(`${exerciseList(passed, stages, (nextExercise(passed) ?? TRACKER).number)}\n`);
    return 0;
}

/** The tracker has commands of its own for all but its beginning. */
function openTracker(option: 'list' | 'hint' | 'reset' | 'timeline' | undefined): number {
    if (option === 'timeline') {
        throw new UsageError('The tracker shows its timeline with npm run solution -- workspace.');
    }
    const isHint = option === 'hint';
    process.stdout.write(isHint ? `${helpText(widthOf(process.stdout))}\n` : startTracker(option === 'reset'));
    return 0;
}

async function tryOnce(exercise: SmallExercise, dir: string, isTimeline: boolean): Promise<number> {
    // Platform and site are loaded only now.
    const { tryExercise } = await import('../exercise/small/try-exercise.js');
    const stop = listenForStop();
    try {
        const result = await tryExercise(exercise, { dir, signal: stop.signal });
        stop.throwIfStopped();
        if (isTimeline) await showTimelines(result);
        process.stdout.write(`${smallResultText(exercise, result, widthOf(process.stdout))}\n`);
        if (!result.isPassed) {
            process.stdout.write(
                `\nSave main.js and try again. A hint: npm run exercise -- ${exercise.number} --hint\n`,
            );
            return 1;
        }
        const progress = openSmallProgress(warn);
        tellUnkept(unlessUnwritable(() => progress.update((before) => withPassed(before, exercise))));
        const next = nextExercise(withPassed(progress.read(), exercise), exercise.number) ?? TRACKER;
        process.stdout.write(`Next: ${next.title}, npm run exercise -- ${next.number}\n`);
        return 0;
    } finally {
        stop.off();
    }
}

async function showTimelines({ runs }: SmallResult): Promise<void> {
    const { Timeline } = await import('../mover/cli/timeline.js');
    for (const { label, trace } of runs) {
        process.stdout.write(`${label}:\n`);
        const timeline = new Timeline(process.stdout);
        for (const entry of trace.entries.slice(0, trace.end + 1)) timeline.show(entry);
        timeline.end();
        process.stdout.write('\n');
    }
}

await runCommand(command);
