import { stripVTControlCharacters } from 'node:util';

import { wrapAnsi } from 'fast-wrap-ansi';

/** Columns that a line with colours takes. The course's texts have no wide characters. */
export function columnsOf(line: string): number {
    return stripVTControlCharacters(line).length;
}

/** Lines of at most `width` columns, broken at spaces where possible; colours go on in the next line. */
export function wrapText(text: string, width: number): string[] {
    return wrapAnsi(text, Math.max(1, width), { hard: true }).split('\n');
}

/** The same behind a first prefix, such as a bullet; the next lines are under the text, or `further` in. */
export function hang(first: string, text: string, width: number, further = ''): string[] {
    const indent = ' '.repeat(columnsOf(first)) + further;
    return wrapText(text, width - indent.length).map((line, n) => (n === 0 ? first : indent) + line);
}
