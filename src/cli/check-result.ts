import chalk from 'chalk';

import { readAdvice } from '../exercise/content.js';
import type { StageResult } from '../exercise/judge.js';
import { openCheckProgress, withResults } from '../exercise/progress.js';
import type { CheckResult } from '../exercise/run-check.js';
import { STAGES } from '../exercise/stages.js';
import { failureText } from './check-view.js';
import { wrapText } from './markdown/columns.js';
import { wrap } from '../base/terminal/wrap.js';

const MAX_WIDTH = 100;

/** Keeps what the check has shown with the learner's progress. */
export function remember(result: CheckResult): void {
    openCheckProgress((message) => process.stderr.write(`${message}\n`)).update((present) =>
        withResults(present, result.stages),
    );
}

/** All that is to be said when a check is over. */
export function resultText(result: CheckResult, width: number, failure = 0): string {
    const failed = result.stages.filter(({ status }) => status === 'failed');
    const chosen = failed[failure % Math.max(1, failed.length)];
    const columns = Math.min(width, MAX_WIDTH);
    if (result.problem !== undefined) return `\n${wrap(result.problem, columns).join('\n')}\n`;
    const compare = `${chalk.cyan('npm run diff')} compares with a step of the solution`;
    const seconds = chalk.dim(`${(result.wallMillis / 1_000).toFixed(0)} s`);
    if (!chosen) return `\n${passedText(result.stages, columns)}  ${seconds}\n`;
    const more = failed.length > 1 ? `${failed.length} stages are not passed. Begin with the first.` : '';
    return [
        '',
        failureText(chosen, readAdvice(), columns),
        '',
        ...(more && failure === 0 ? [more] : []),
        ...wrapText(`${chalk.cyan('npm run hint')} helps on, ${compare}.  ${seconds}`, columns),
        '',
    ].join('\n');
}

function passedText(stages: readonly StageResult[], width: number): string {
    if (stages.length < STAGES.length) return chalk.green('Passed.');
    const text =
        'All stages are passed. Is it right wherever it is struck? The proof kills it at every API call of a run:';
    return `${chalk.green(wrap(text, width).join('\n'))}\n  ${chalk.cyan('npm run prove -- workspace')}`;
}
