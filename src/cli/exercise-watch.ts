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
import { listenForStop } from '../base/terminal/stop-signal.js';
import { widthOf } from '../base/terminal/wrap.js';
import { exerciseHeading, exerciseHint, exerciseList, smallResultText, taskText } from './exercise-text.js';
import { keyName, Keys } from './keys.js';
import { preparedLines } from './prepare-workspace.js';
import { Screen } from './screen.js';
import { startTracker } from './tracker-start.js';
import { unlessUnwritable } from '../base/cannot-write-error.js';
import { type WatchedFolder, watchFolder } from '../exercise/watch-folder.js';

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
    const stop = listenForStop();
    const session = new ExerciseSession(first, options, process.stdout);
    try {
        const isTrackerNext = await session.run(stop.signal);
        stop.throwIfStopped();
        if (isTrackerNext) process.stdout.write(`\n${startTracker(false)}`);
        return session.isPassed ? 0 : 1;
    } finally {
        stop.off();
    }
}

/** How long a try may take. */
function limitsText(): string {
    const { patienceMillis, maxMillis } = LIMITS;
    return `  It is ended after ${patienceMillis / 1_000} s without a page or a row, and after ${maxMillis / 1_000} s at most.`;
}

class ExerciseSession {
    #result: SmallResult | undefined;
    #trying: AbortController | undefined;
    /** What a key has asked for, shown above the result. */
    #aside = '';
    /** Counts the tries, so that one that was asked for and outrun by the next is left out. */
    #asked = 0;
    #running = Promise.resolve();
    #watcher: WatchedFolder | undefined;
    #isOver = false;
    readonly #screen: Screen;
    #leave!: (isTrackerNext: boolean) => void;
    #fail!: (error: unknown) => void;

    constructor(
        private exercise: SmallExercise,
        private readonly options: ExerciseWatchOptions,
        private readonly output: NodeJS.WriteStream,
    ) {
        this.#screen = new Screen(output);
    }

    get isPassed(): boolean {
        return this.#result?.isPassed ?? false;
    }

    /** Resolves when the learner leaves: with whether it is to go on to the tracker. */
    async run(signal: AbortSignal): Promise<boolean> {
        const left = new Promise<boolean>((resolve, reject) => {
            this.#leave = resolve;
            this.#fail = reject;
        });
        const keys = new Keys();
        const redraw = (): void => this.#draw();
        signal.addEventListener('abort', () => this.#leave(false), { once: true });
        this.output.on('resize', redraw);
        try {
            this.#open(this.exercise);
            keys.on((pressed) => {
                try {
                    this.#press(pressed);
                } catch (error) {
                    this.#fail(error);
                }
            });
            return await left;
        } finally {
            this.#isOver = true;
            keys.off();
            this.output.off('resize', redraw);
            this.#trying?.abort();
            await this.#watcher?.close();
            await this.#running;
        }
    }

    get #dir(): string {
        return workspaceDir(undefined, this.exercise.folder);
    }

    #open(exercise: SmallExercise): void {
        const former = this.#watcher;
        this.exercise = exercise;
        this.#aside = '';
        beginSmall(exercise, false, this.options.progress);
        this.#watcher = watchFolder(this.#dir, { poll: this.options.poll, onChange: () => this.#tryAgain() });
        if (former) void former.close();
        this.#tryAgain();
    }

    #tryAgain(): void {
        const asked = ++this.#asked;
        this.#trying?.abort();
        this.#result = undefined;
        this.#draw();
        this.#running = this.#running.then(async () => this.#try(asked)).catch((error: unknown) => this.#fail(error));
    }

    async #try(asked: number): Promise<void> {
        if (this.#isOver || asked !== this.#asked) return;
        const controller = new AbortController();
        this.#trying = controller;
        const { exercise } = this;
        const result = await tryExercise(exercise, { dir: this.#dir, signal: controller.signal });
        if (controller.signal.aborted) return;
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
        if (pressed === 'q') this.#leave(false);
        else if (pressed === 'n') this.#next();
        else if (pressed === 'h') this.#aside = exerciseHint(this.exercise, progress, width);
        else if (pressed === 'l') {
            const stages = openCheckProgress(() => {}).read().passed;
            const list = exerciseList(progress.read(), stages, this.exercise.number);
            // Pressed again, it goes away.
            this.#aside = this.#aside === list ? '' : list;
        } else if (pressed === 't') this.#tryAgain();
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
        else this.#leave(true);
    }

    #reset(): void {
        const lines = preparedLines(beginSmall(this.exercise, true, this.options.progress));
        this.#tryAgain();
        this.#aside = lines.join('\n').trim();
    }

    /** Returns why that can't be kept; empty when it is. */
    #keep(change: (present: SmallProgress) => SmallProgress): string {
        return unlessUnwritable(() => this.options.progress.update(change)) ?? '';
    }

    #draw(): void {
        if (this.#isOver) return;
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
        const what = `${this.exercise.number} ${this.#asked} ${this.#aside}`;
        this.#screen.show(parts.join('\n\n').split('\n'), this.#footer(), what);
    }

    #footer(): string {
        const keys = `${keyName('t')}ry again  ${keyName('h')}int  ${keyName('l')}ist  ${keyName('r')}eset  ${keyName('q')}uit`;
        if (this.isPassed) return `${keyName('n')}ext exercise  ${keys}`;
        return this.#result ? `Save main.js to try again.  ${keys}` : keys;
    }
}
