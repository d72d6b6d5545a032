import chalk from 'chalk';

import { readAdvice } from '../exercise/content.js';
import type { StageResult } from '../exercise/judge.js';
import type { CheckResult } from '../exercise/run-check.js';
import { STAGES } from '../exercise/stages.js';
import { AFTER_ALL_PASSED, ALL_PASSED, tellNotTried } from '../exercise/told-check.js';
import { failureText } from './check-view.js';
import { hang, wrapText } from './markdown/columns.js';
import { wrap } from '../base/terminal/wrap.js';

const MAX_WIDTH = 100;
/** Of the longest command that is named at the end. */
const COMMAND_WIDTH = 56;

/** All that is to be said when a check is over. */
export function resultText(result: CheckResult, width: number, failure = 0): string {
    const failed = result.stages.filter(({ status }) => status === 'failed');
    const chosen = failed[failure % Math.max(1, failed.length)];
    const columns = Math.min(width, MAX_WIDTH);
    if (result.problem !== undefined) return `\n${wrap(result.problem, columns).join('\n')}\n`;
    const compare = `${chalk.cyan('npm run diff')} compares with a step of the solution`;
    const seconds = chalk.dim(`${(result.wallMillis / 1_000).toFixed(0)} s`);
    if (!chosen) return `\n${passedText(result.stages, seconds, columns)}\n`;
    const more = failed.length > 1 ? `${failed.length} stages are not passed. Begin with the first.` : '';
    return [
        '',
        failureText(chosen, readAdvice(), columns),
        '',
        ...(more && failure === 0 ? [more] : []),
        ...tellNotTried(result.stages).map((sentence) => chalk.dim(`${sentence}: --all tries them all.`)),
        ...wrapText(`${chalk.cyan('npm run hint')} helps on, ${compare}.  ${seconds}`, columns),
        '',
    ].join('\n');
}

function passedText(stages: readonly StageResult[], seconds: string, width: number): string {
    if (stages.length < STAGES.length) return `${chalk.green('Passed.')}  ${seconds}`;
    return [
        `${chalk.bold.green(ALL_PASSED)}  ${seconds}`,
        '',
        'See what you have made:',
        ...AFTER_ALL_PASSED.flatMap(([typed, what]) =>
            hang(`  ${chalk.cyan(typed.padEnd(COMMAND_WIDTH))}  `, what, width),
        ),
    ].join('\n');
}
