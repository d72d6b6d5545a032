import chalk from 'chalk';

/** A unified diff in the colours that people know; its signs say the same without them. */
export function colourDiff(diff: string): string {
    return diff
        .split('\n')
        .map((line) => {
            if (line.startsWith('---') || line.startsWith('+++')) return chalk.bold(line);
            if (line.startsWith('@@')) return chalk.cyan(line);
            if (line.startsWith('+')) return chalk.green(line);
            return line.startsWith('-') ? chalk.red(line) : line;
        })
        .join('\n');
}
