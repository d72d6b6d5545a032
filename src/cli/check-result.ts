import chalk from 'chalk';

import { readAdvice } from '../exercise/content.js';
import type { StageResult } from '../exercise/judge.js';
import type { CheckResult } from '../exercise/run-check.js';
import { STAGES } from '../exercise/stages.js';
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
        ...notTriedLines(result.stages),
        ...wrapText(`${chalk.cyan('npm run hint')} helps on, ${compare}.  ${seconds}`, columns),
        '',
    ].join('\n');
}

function notTriedLines(stages: readonly StageResult[]): string[] {
    const left = stages.filter(({ status }) => status === 'not tried').map(({ number }) => number);
    if (left.length === 0) return [];
    const named = left.length === 1 ? `Stage ${left[0]} was` : `Stages ${left.join(', ')} were`;
    return [chalk.dim(`${named} not tried, since a failure ends the check: --all tries them all.`)];
}

function passedText(stages: readonly StageResult[], seconds: string, width: number): string {
    if (stages.length < STAGES.length) return `${chalk.green('Passed.')}  ${seconds}`;
    const commands = [
        ['npm run solution -- workspace --fault crash --at offers@8', 'your Actor, killed late in a run'],
        ['npm run solution -- 0 --fault crash --at offers@8', 'step 0, killed in the same place'],
        ['npm run diff 5', 'your files against step 5, the last of the solution'],
        ['npm run prove -- workspace', 'the map: your Actor, from every state after a crash'],
    ];
    return [
        `${chalk.bold.green('All six stages are passed: moved, aborted or killed, your Actor keeps what it has counted.')}  ${seconds}`,
        '',
        'See what you have made:',
        ...commands.flatMap(([typed, what]) => hang(`  ${chalk.cyan(typed!.padEnd(COMMAND_WIDTH))}  `, what!, width)),
    ].join('\n');
}
