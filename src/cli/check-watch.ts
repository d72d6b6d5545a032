import chalk from 'chalk';

import { findStep } from '../trial/steps.js';
import { type CheckResult, runCheck, type StageProgress } from '../exercise/run-check.js';
import { type Stage, STAGES } from '../exercise/stages.js';
import { checkExtent, rememberCheck } from '../exercise/check-memory.js';
import { shortPath } from '../base/short-path.js';
import { workspaceDiff } from '../exercise/workspace-diff.js';
import { resultText } from './check-result.js';
import { stageLine } from './check-view.js';
import { colourDiff } from './diff-text.js';
import { helpText } from './help-text.js';
import { keyName, Keys } from './keys.js';
import { Screen } from './screen.js';
import { canRedraw } from '../base/terminal/plain.js';
import { listenForStop } from '../base/terminal/stop-signal.js';
import { widthOf } from '../base/terminal/wrap.js';
import { watchFolder } from '../exercise/watch-folder.js';

export interface WatchOptions {
    dir: string;
    stages: readonly Stage[];
    /** Look for changes instead of waiting to be told of them. */
    poll: boolean;
    /** Try all stages, whatever fails. */
    isAll: boolean;
}

/** Checks, and checks again whenever a file is saved, until the learner quits. Returns the exit code. */
export async function watchCheck(options: WatchOptions): Promise<number> {
    const stop = listenForStop();
    const session = new Session(options, process.stdout);
    try {
        await session.run(stop.signal);
        stop.throwIfStopped();
        return session.isPassed ? 0 : 1;
    } finally {
        stop.off();
    }
}

const warn = (message: string): boolean => process.stderr.write(`${message}\n`);

class Session {
    #check: AbortController | undefined;
    #progress: readonly StageProgress[] = [];
    #result: CheckResult | undefined;
    /** Which of the failures is shown. */
    #failure = 0;
    /** What a key has asked for, shown instead of the failure. */
    #aside = '';
    /** Why the progress is not kept, where it is not. */
    #unkept: string | undefined;
    /** Counts the checks, so that one that was asked for and outrun by the next is left out. */
    #asked = 0;
    #isOver = false;

    readonly #screen: Screen;
    #restart = (): void => {};

    constructor(
        private readonly options: WatchOptions,
        private readonly output: NodeJS.WriteStream,
    ) {
        this.#screen = new Screen(output);
    }

    get isPassed(): boolean {
        return this.#result?.stages.every(({ status }) => status === 'passed') ?? false;
    }

    async run(signal: AbortSignal): Promise<void> {
        const { dir, poll } = this.options;
        let running = Promise.resolve();
        let fail: (error: unknown) => void;
        const failed = new Promise<never>((_, reject) => (fail = reject));
        const restart = (): void => {
            const asked = ++this.#asked;
            this.#check?.abort();
            running = running.then(async () => this.#checkOnce(asked)).catch(fail);
        };
        this.#restart = restart;
        const watcher = watchFolder(dir, { poll, onChange: restart });
        const keys = new Keys();
        const redraw = (): void => this.#draw(true);
        this.output.on('resize', redraw);
        try {
            restart();
            const left = new Promise<void>((resolve) => {
                signal.addEventListener('abort', () => resolve(), { once: true });
                keys.on((pressed) => {
                    try {
                        if (pressed === 'q') resolve();
                        else this.#press(pressed);
                    } catch (error) {
                        fail(error);
                    }
                });
            });
            await Promise.race([left, failed]);
        } finally {
            this.#isOver = true;
            keys.off();
            this.output.off('resize', redraw);
            this.#check?.abort();
            await watcher.close();
            await running;
        }
    }

    async #checkOnce(asked: number): Promise<void> {
        if (this.#isOver || asked !== this.#asked) return;
        const controller = new AbortController();
        this.#check = controller;
        this.#result = undefined;
        this.#failure = 0;
        this.#aside = '';
        const result = await runCheck({
            dir: this.options.dir,
            stages: this.options.stages,
            ...checkExtent(this.options.isAll, warn),
            signal: controller.signal,
            onProgress: (progress) => {
                this.#progress = progress;
                this.#draw();
            },
        });
        if (controller.signal.aborted) return;
        this.#result = result;
        this.#unkept = rememberCheck(result, warn);
        this.#draw();
    }

    #press(pressed: string): void {
        if (canRedraw(this.output) && this.#screen.press(pressed)) return;
        if (pressed === 'c') {
            this.#restart();
            return;
        }
        if (pressed === 'h') this.#aside = helpText(widthOf(this.output));
        else if (pressed === 'd') this.#aside = this.#diff();
        else if (pressed === 'n') {
            this.#aside = '';
            this.#failure++;
        } else return;
        this.#draw();
    }

    #diff(): string {
        const stage = this.#result?.stages.find(({ status }) => status !== 'passed');
        const { step } = STAGES.find(({ number }) => number === stage?.number) ?? STAGES.at(-1)!;
        return colourDiff(workspaceDiff(this.options.dir, findStep(String(step)))) || 'Your files are the same.\n';
    }

    /**
     * One screen: what was there is gone. Where nothing can be drawn over, only what is known in the end is told, or what
     * was asked for.
     */
    #draw(isResized = false): void {
        const isScreen = canRedraw(this.output);
        if (this.#isOver || !(isScreen || (this.#result && !isResized))) return;
        const what = this.#aside || (this.#result ? resultText(this.#result, widthOf(this.output), this.#failure) : '');
        const head = [chalk.bold(`Checking ${shortPath(this.options.dir)}`), '', ...this.#progress.map(stageLine), ''];
        const unkept = this.#unkept === undefined ? [] : ['', this.#unkept];
        const lines = [...head, ...what.trim().split('\n'), ...unkept];
        const footer = this.#result ? `Save a file to check again.  ${keyLine()}` : keyLine();
        if (isScreen) this.#screen.show(lines, footer, `${this.#asked} ${this.#failure} ${this.#aside}`);
        else this.output.write(`${[...lines, ...(this.output.isTTY ? ['', footer] : [])].join('\n')}\n\n`);
    }
}

function keyLine(): string {
    return `${keyName('c')}heck  ${keyName('h')}int  ${keyName('d')}iff  ${keyName('n')}ext failure  ${keyName('q')}uit`;
}
