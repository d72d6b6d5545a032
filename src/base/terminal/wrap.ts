import { plainText } from '../plain-text.js';

/** Columns of a terminal; `Infinity` for a file or a pipe, where lines stay as they are. */
export function widthOf(output: NodeJS.WriteStream): number {
    return output.isTTY && output.columns > 0 ? output.columns : Infinity;
}

/** Narrower columns than this are not worth having: the terminal itself breaks the lines then. */
const MIN_WIDTH = 20;

/**
 * Breaks a text without colours into lines of at most `width` columns: at a space or behind a comma if there is one in
 * the line's second half, else anywhere. What an Actor has printed or stored goes this way to a terminal, so what would
 * change the terminal is shown as `plainText` shows it.
 *
 * @example
 * wrap('{"B079ZJ1BPR":3,"B07D4R4258":21}', 20); // ['{"B079ZJ1BPR":3,', '"B07D4R4258":21}']
 */
export function wrap(text: string, width: number): string[] {
    const columns = Math.max(width, MIN_WIDTH);
    const lines: string[] = [];
    let rest = plainText(text);
    while (rest.length > columns) {
        const space = rest.lastIndexOf(' ', columns);
        const comma = rest.lastIndexOf(',', columns - 1) + 1;
        const place = Math.max(space, comma);
        const end = place > columns / 2 ? place : columns;
        lines.push(rest.slice(0, end).trimEnd());
        rest = rest.slice(end).trimStart();
    }
    return [...lines, rest];
}
