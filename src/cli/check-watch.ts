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
import { keyName } from './keys.js';
import { Screen } from './screen.js';
import { canRedraw } from '../base/terminal/plain.js';
import { widthOf } from '../base/terminal/wrap.js';
import { WatchLoop } from './watch-loop.js';

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
    const session = new Session(options, process.stdout);
    await session.run();
    return session.isPassed ? 0 : 1;
}

const warn = (message: string): boolean => process.stderr.write(`${message}\n`);

class Session {
    #progress: readonly StageProgress[] = [];
    #result: CheckResult | undefined;
    /** Which of the failures is shown. */
    #failure = 0;
    /** What a key has asked for, shown instead of the failure. */
    #aside = '';
    /** Why the progress is not kept, where it is not. */
    #unkept: string | undefined;
    readonly #screen: Screen;
    readonly #loop: WatchLoop;

    constructor(
        private readonly options: WatchOptions,
        private readonly output: NodeJS.WriteStream,
    ) {
        this.#screen = new Screen(output);
        const work = async (signal: AbortSignal): Promise<void> => this.#check(signal);
        const onKey = (key: string): void => this.#press(key);
        const onResize = (): void => this.#draw(true);
        this.#loop = new WatchLoop({ poll: options.poll, work, onKey, onResize }, output);
    }

    get isPassed(): boolean {
        return this.#result?.stages.every(({ status }) => status === 'passed') ?? false;
    }

    async run(): Promise<void> {
        await this.#loop.run(() => this.#loop.watch(this.options.dir));
    }

    async #check(signal: AbortSignal): Promise<void> {
        this.#result = undefined;
        this.#failure = 0;
        this.#aside = '';
        const result = await runCheck({
            dir: this.options.dir,
            stages: this.options.stages,
            ...checkExtent(this.options.isAll, warn),
            signal,
            onProgress: (progress) => {
                this.#progress = progress;
                this.#draw();
            },
        });
        if (signal.aborted) return;
        this.#result = result;
        this.#unkept = rememberCheck(result, warn);
        this.#draw();
    }

    #press(pressed: string): void {
        if (canRedraw(this.output) && this.#screen.press(pressed)) return;
        if (pressed === 'c') {
            this.#loop.again();
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
        if (this.#loop.isOver || !(isScreen || (this.#result && !isResized))) return;
        const what = this.#aside || (this.#result ? resultText(this.#result, widthOf(this.output), this.#failure) : '');
        const head = [chalk.bold(`Checking ${shortPath(this.options.dir)}`), '', ...this.#progress.map(stageLine), ''];
        const unkept = this.#unkept === undefined ? [] : ['', this.#unkept];
        const lines = [...head, ...what.trim().split('\n'), ...unkept];
        const footer = this.#result ? `Save a file to check again.  ${keyLine()}` : keyLine();
        if (isScreen) this.#screen.show(lines, footer, `${this.#loop.asked} ${this.#failure} ${this.#aside}`);
        else this.output.write(`${[...lines, ...(this.output.isTTY ? ['', footer] : [])].join('\n')}\n\n`);
    }
}

function keyLine(): string {
    return `${keyName('c')}heck  ${keyName('h')}int  ${keyName('d')}iff  ${keyName('n')}ext failure  ${keyName('q')}uit`;
}
