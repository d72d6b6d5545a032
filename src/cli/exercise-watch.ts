import chalk from 'chalk';

import type { Progress } from '../course/progress.js';
import { beginSmall } from '../exercise/begin.js';
import { LIMITS } from '../exercise/guard.js';
import { openCheckProgress } from '../exercise/progress.js';
import type { SmallExercise } from '../exercise/small/exercises.js';
import { nextExercise, type SmallProgress, withPassed } from '../exercise/small/small-progress.js';
import { type SmallResult, tryExercise } from '../exercise/small/try-exercise.js';
import { workspaceDir } from '../exercise/workspace.js';
import { shortPath } from '../base/short-path.js';
import { widthOf } from '../base/terminal/wrap.js';
import { exerciseHeading, exerciseHint, exerciseList, smallResultText, taskText } from './exercise-text.js';
import { keyName } from './keys.js';
import { preparedLines } from './prepare-workspace.js';
import { Screen } from './screen.js';
import { startTracker } from './tracker-start.js';
import { unlessUnwritable } from '../base/cannot-write-error.js';
import { WatchLoop } from './watch-loop.js';

interface ExerciseWatchOptions {
    /** Look for changes instead of waiting to be told of them. */
    poll: boolean;
    progress: Progress<SmallProgress>;
}

/**
 * Leads through the small exercises: tries one whenever its files are saved, and goes on to the next when the learner
 * says so. Returns the exit code.
 */
export async function watchExercises(first: SmallExercise, options: ExerciseWatchOptions): Promise<number> {
    const session = new ExerciseSession(first, options, process.stdout);
    await session.run();
    if (session.isTrackerNext) process.stdout.write(`\n${startTracker(false)}`);
    return session.isPassed ? 0 : 1;
}

/** How long a try may take. */
function limitsText(): string {
    const { patienceMillis, maxMillis } = LIMITS;
    return `  It is ended after ${patienceMillis / 1_000} s without a page or a row, and after ${maxMillis / 1_000} s at most.`;
}

class ExerciseSession {
    /** Whether the learner goes on to the tracker. */
    isTrackerNext = false;
    #result: SmallResult | undefined;
    /** What a key has asked for, shown above the result. */
    #aside = '';
    readonly #screen: Screen;
    readonly #loop: WatchLoop;

    constructor(
        private exercise: SmallExercise,
        private readonly options: ExerciseWatchOptions,
        private readonly output: NodeJS.WriteStream,
    ) {
        this.#screen = new Screen(output);
        const work = async (signal: AbortSignal): Promise<void> => this.#try(signal);
        const onAsked = (): void => {
            this.#result = undefined;
            this.#draw();
        };
        const onKey = (key: string): void => this.#press(key);
        const onResize = (): void => this.#draw();
        this.#loop = new WatchLoop({ poll: options.poll, work, onAsked, onKey, onResize }, output);
    }

    get isPassed(): boolean {
        return this.#result?.isPassed ?? false;
    }

    async run(): Promise<void> {
        await this.#loop.run(() => this.#open(this.exercise));
    }

    get #dir(): string {
        return workspaceDir(undefined, this.exercise.folder);
    }

    #open(exercise: SmallExercise): void {
        this.exercise = exercise;
        this.#aside = '';
        beginSmall(exercise, false, this.options.progress);
        this.#loop.watch(this.#dir);
    }

    async #try(signal: AbortSignal): Promise<void> {
        const { exercise } = this;
        const result = await tryExercise(exercise, { dir: this.#dir, signal });
        if (signal.aborted) return;
        this.#result = result;
        if (result.isPassed) {
            this.#aside = this.#keep((present) => withPassed(present, exercise));
        }
        this.#draw();
    }

    #press(pressed: string): void {
        if (this.#screen.press(pressed)) return;
        const { progress } = this.options;
        const width = widthOf(this.output);
        if (pressed === 'n') this.#next();
        else if (pressed === 'h') this.#aside = exerciseHint(this.exercise, progress, width);
        else if (pressed === 'l') {
            const stages = openCheckProgress(() => {}).read().passed;
            const list = exerciseList(progress.read(), stages, this.exercise.number);
            // Pressed again, it goes away.
            this.#aside = this.#aside === list ? '' : list;
        } else if (pressed === 't') this.#loop.again();
        else if (pressed === 'r') this.#reset();
        else return;
        this.#draw();
    }

    #next(): void {
        if (!this.isPassed) {
            this.#aside = 'This one is not passed yet. Another one: npm run exercise -- <number>.';
            return;
        }
        const next = nextExercise(this.options.progress.read(), this.exercise.number);
        if (next) this.#open(next);
        else {
            this.isTrackerNext = true;
            this.#loop.leave();
        }
    }

    #reset(): void {
        const lines = preparedLines(beginSmall(this.exercise, true, this.options.progress));
        this.#loop.again();
        this.#aside = lines.join('\n').trim();
    }

    /** Returns why that can't be kept; empty when it is. */
    #keep(change: (present: SmallProgress) => SmallProgress): string {
        return unlessUnwritable(() => this.options.progress.update(change)) ?? '';
    }

    #draw(): void {
        if (this.#loop.isOver) return;
        const width = widthOf(this.output);
        const result = this.#result
            ? smallResultText(this.exercise, this.#result, width)
            : [chalk.cyan('▸ Running your Actor, and striking it …'), chalk.dim(limitsText())].join('\n');
        const parts = [
            `${exerciseHeading(this.exercise)}\n${chalk.dim(`${shortPath(this.#dir)}/main.js`)}`,
            ...(this.#aside === '' ? [] : [this.#aside]),
            result,
            taskText(this.exercise, width),
        ];
        const what = `${this.exercise.number} ${this.#loop.asked} ${this.#aside}`;
        this.#screen.show(parts.join('\n\n').split('\n'), this.#footer(), what);
    }

    #footer(): string {
        const keys = `${keyName('t')}ry again  ${keyName('h')}int  ${keyName('l')}ist  ${keyName('r')}eset  ${keyName('q')}uit`;
        if (this.isPassed) return `${keyName('n')}ext exercise  ${keys}`;
        return this.#result ? `Save main.js to try again.  ${keys}` : keys;
    }
}
