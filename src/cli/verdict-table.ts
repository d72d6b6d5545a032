import chalk from 'chalk';

import { type Told, verdictLines } from '../trial/verdict-text.js';
import { wrap } from '../base/terminal/wrap.js';

const NAME_WIDTH = 8;

/** The verdict as a small table. Details that don't fit in `width` columns go on below. */
export function verdictTable(told: Told, width = Infinity): string {
    const lines = verdictLines(told);
    const statusWidth = Math.max(...lines.map(({ status }) => status.length));
    const indent = 2 + NAME_WIDTH + 3 + statusWidth + 2;
    return lines
        .map(({ name, isWell, status, details }) => {
            const [first, ...rest] = wrap(details, width - indent).map((line) => chalk.dim(line));
            const padded = paint(isWell)(status.padEnd(statusWidth));
            const line = `  ${name.padEnd(NAME_WIDTH)} ${sign(isWell)} ${padded}  ${first}`;
            return [line, ...rest.map((more) => ' '.repeat(indent) + more)].join('\n');
        })
        .join('\n');
}

function sign(isRight: boolean | undefined): string {
    if (isRight === undefined) return ' ';
    return isRight ? chalk.green('✔') : chalk.red('✘');
}

function paint(isRight: boolean | undefined): (text: string) => string {
    if (isRight === undefined) return (text) => text;
    return isRight ? chalk.green : chalk.red;
}
