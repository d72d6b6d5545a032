import chalk from 'chalk';

import type { Advice } from '../exercise/content.js';
import type { StageResult } from '../exercise/judge.js';
import type { StageProgress } from '../exercise/run-check.js';
import { tellFailedStage } from '../exercise/told-check.js';
import type { ToldFailure } from '../exercise/told-failure.js';
import { canRedraw } from '../base/terminal/plain.js';
import { Redrawn } from '../base/terminal/redrawn.js';
import { wrap } from '../base/terminal/wrap.js';

const LABEL_WIDTH = 9;

/** A stage in one line. */
export function stageLine(stage: StageResult | StageProgress): string {
    const { number, title, status } = stage;
    const isRunning = 'isRunning' in stage && stage.isRunning;
    if (status === 'failed') return `  ${chalk.red('✘')} ${number}  ${title}`;
    if (status === 'passed') return `  ${chalk.green('✔')} ${number}  ${title}`;
    if (!isRunning) return chalk.dim(`  · ${number}  ${title}`);
    const count = 'done' in stage && stage.all > 1 ? chalk.dim(`  ${stage.done}/${stage.all}`) : '';
    return `  ${chalk.cyan('▸')} ${number}  ${title}${count}`;
}

/** What a stage that is not passed has shown: of its first trial that failed, and of no more than that. */
export function failureText(stage: StageResult, advice: Readonly<Record<string, Advice>>, columns: number): string {
    const told = tellFailedStage(stage, advice);
    if (!told) return '';
    return [
        chalk.bold(told.heading),
        ...failureLines(told.failure, columns),
        ...told.also.flatMap((other) => labelled('also', other, columns, chalk.dim)),
    ].join('\n');
}

/** What a trial has shown that failed, with what to do and the command that shows it again. */
export function failureLines(failure: ToldFailure, columns: number): string[] {
    const { moment, expected, came, seen, advice, repeat } = failure;
    return [
        ...labelled('trial', moment, columns),
        ...labelled('expected', expected, columns),
        ...labelled('came', came, columns, chalk.red),
        ...labelled('seen', seen, columns),
        ...labelled('advice', advice, columns, chalk.cyan),
        ...repeatLines(repeat, columns),
    ];
}

/** A command stays in one piece, so that it can be copied. */
function repeatLines(repeat: string, columns: number): string[] {
    const label = `  ${chalk.dim('again'.padEnd(LABEL_WIDTH))}`;
    if (repeat.length + LABEL_WIDTH + 2 <= columns) return [`${label}${repeat}`];
    return [`${label}${chalk.dim('this trial alone, with its timeline:')}`, repeat];
}

function labelled(
    label: string,
    text: string,
    columns: number,
    paint: (line: string) => string = (line) => line,
): string[] {
    const indent = 2 + LABEL_WIDTH;
    return wrap(text, columns - indent).map(
        (line, i) => `  ${chalk.dim((i === 0 ? label : '').padEnd(LABEL_WIDTH))}${paint(line)}`,
    );
}

/** Shows how a check goes on: in place on a terminal, else a line for each stage once it is judged. */
export interface CheckView {
    show(stages: readonly StageProgress[]): void;
    end(): void;
}

export function checkView(output: NodeJS.WriteStream): CheckView {
    return canRedraw(output) ? new ScreenView(output) : new LineView(output);
}

class LineView implements CheckView {
    readonly #shown = new Set<number>();
    #last: readonly StageProgress[] = [];

    constructor(private readonly output: NodeJS.WritableStream) {}

    show(stages: readonly StageProgress[]): void {
        this.#last = stages;
        for (const stage of stages) {
            const isJudged = stage.done === stage.all || (stage.status === 'failed' && !stage.isRunning);
            // In their order, although they are not judged in it.
            if (!isJudged) return;
            this.#write(stage);
        }
    }

    /** What was judged although an earlier stage was not. */
    end(): void {
        for (const stage of this.#last) if (stage.status !== 'not tried') this.#write(stage);
    }

    #write(stage: StageProgress): void {
        if (this.#shown.has(stage.number)) return;
        this.#shown.add(stage.number);
        this.output.write(`${stageLine(stage)}\n`);
    }
}

/** Draws all stages over what it drew before. */
class ScreenView implements CheckView {
    readonly #drawn: Redrawn;

    constructor(output: NodeJS.WriteStream) {
        this.#drawn = new Redrawn(output);
    }

    show(stages: readonly StageProgress[]): void {
        this.#drawn.show(stages.map(stageLine));
    }

    end(): void {
        this.#drawn.keep();
    }
}
