import chalk from 'chalk';
import { wrapAnsi } from 'fast-wrap-ansi';

/** Clears a terminal and goes to its first line. */
const CLEAR = '\u001b[2J\u001b[H';

/** Fills a terminal with lines, as far as there is room for them, and a footer that is always seen. */
export function drawScreen(output: NodeJS.WriteStream, lines: readonly string[], footer: string): void {
    const { columns, rows } = output;
    const broken = (line: string): string[] => wrapAnsi(line, columns, { hard: true, trim: false }).split('\n');
    const foot = broken(footer);
    const wrapped = lines.flatMap(broken);
    // The cursor stands on a line of its own.
    const room = Math.max(2, rows - foot.length - 2);
    const left = wrapped.length - room;
    const body =
        left <= 0
            ? wrapped
            : [...wrapped.slice(0, room - 1), chalk.dim(`… ${left + 1} lines more than this window has room for`)];
    output.write(`${CLEAR}${[...body, '', ...foot].join('\n')}\n`);
}
