import chalk from 'chalk';

import { HINTS_PER_STAGE, type Help, showHelp } from '../exercise/hints.js';
import { openCheckProgress } from '../exercise/progress.js';
import { STAGES } from '../exercise/stages.js';
import { wrap } from '../base/terminal/wrap.js';

const MAX_WIDTH = 100;

/**
 * The next help for the learner, who is remembered to have been shown it.
 *
 * @param giveUp Skips what is left of the hints.
 */
export function helpText(width: number, giveUp = false): string {
    const warn = (message: string): boolean => process.stderr.write(`${message}\n`);
    const { help, unkept } = showHelp(openCheckProgress(warn), giveUp);
    return [textOf(help, Math.min(width, MAX_WIDTH)), ...(unkept === undefined ? [] : ['', unkept])].join('\n');
}

function textOf(help: Help, width: number): string {
    if (help.kind === 'none') {
        return 'All stages are passed: no hint is left to give. The proof: npm run prove -- workspace';
    }
    const stage = STAGES.find(({ number }) => number === help.stage)!;
    const heading = chalk.bold(`Stage ${stage.number}: ${stage.title}`);
    if (help.kind === 'step') {
        return [
            heading,
            `Step ${stage.step} of the solution passes it:`,
            `  ${chalk.cyan(`npm run diff ${stage.step}`)}  what you would have to change`,
            `  ${chalk.cyan(`npm run solution -- ${stage.step}`)}  see it run`,
        ].join('\n');
    }
    const next =
        help.number < HINTS_PER_STAGE
            ? 'Once more gives the next one.'
            : `That was the last one. ${chalk.cyan('npm run hint')} once more shows the step that solves it.`;
    return [
        heading,
        chalk.dim(`Hint ${help.number} of ${HINTS_PER_STAGE}`),
        ...wrap(help.text, width),
        '',
        chalk.dim(next),
    ].join('\n');
}
