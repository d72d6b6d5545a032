import chalk from 'chalk';

import { columnsOf, hang, wrapText } from './columns.js';

const GAP = 2;
/** A column that is narrower, though its text is longer, is hard to read. */
const NARROWEST = 16;

/**
 * A table in lines of at most `width` columns. Where that leaves too little for its columns, each row becomes a list
 * of what stands in them, so that it can be read in a narrow terminal as well.
 *
 * @param header The cells above, as texts with colours.
 */
export function renderTable(header: readonly string[], rows: readonly (readonly string[])[], width: number): string[] {
    const widths = columnWidths([header, ...rows], width);
    return widths ? inColumns(header, rows, widths) : inLists(header, rows, width);
}

function columnWidths(rows: readonly (readonly string[])[], width: number): number[] | undefined {
    const columns = rows[0]!.map((_, n) => rows.map((row) => row[n] ?? ''));
    const widths = columns.map((cells) => Math.max(1, ...cells.flatMap((cell) => cell.split('\n')).map(columnsOf)));
    const least = columns.map((cells, n) => {
        const longestWord = Math.max(1, ...cells.flatMap((cell) => cell.split(/\s/)).map(columnsOf));
        return Math.min(widths[n]!, Math.max(longestWord, NARROWEST));
    });
    const available = width - GAP * (columns.length - 1);
    const sum = (numbers: number[]): number => numbers.reduce((total, number) => total + number, 0);
    if (sum(least) > available) return undefined;
    while (sum(widths) > available) {
        const shrinkable = widths.map((one, n) => (one > least[n]! ? one : 0));
        widths[shrinkable.indexOf(Math.max(...shrinkable))]! -= 1;
    }
    return widths;
}

function inColumns(header: readonly string[], rows: readonly (readonly string[])[], widths: number[]): string[] {
    const linesOf = (row: readonly string[]): string[] => {
        const cells = widths.map((width, n) => wrapText(row[n] ?? '', width));
        const height = Math.max(...cells.map(({ length }) => length));
        return Array.from({ length: height }, (_, line) =>
            cells
                .map((cell, n) => (cell[line] ?? '') + ' '.repeat(widths[n]! - columnsOf(cell[line] ?? '')))
                .join(' '.repeat(GAP))
                .trimEnd(),
        );
    };
    const body = rows.map(linesOf);
    // Rows of several lines would run into each other.
    const isTall = body.some(({ length }) => length > 1);
    const rule = chalk.dim(widths.map((width) => '─'.repeat(width)).join(' '.repeat(GAP)));
    return [...linesOf(header.map((cell) => chalk.bold(cell))), rule, ...joined(body, isTall)];
}

function inLists(header: readonly string[], rows: readonly (readonly string[])[], width: number): string[] {
    return joined(
        rows.map((row) => {
            const [first = '', ...others] = row;
            const lines = others.flatMap((cell, n) => {
                const name = header[n + 1] ?? '';
                if (cell === '') return [];
                return hang('  ', `${name === '' ? '' : chalk.dim(`${name}: `)}${cell}`, width);
            });
            return [...wrapText(chalk.bold(first), width), ...lines];
        }),
        true,
    );
}

function joined(rows: string[][], withSpace: boolean): string[] {
    return rows.flatMap((lines, n) => (withSpace && n > 0 ? ['', ...lines] : lines));
}
