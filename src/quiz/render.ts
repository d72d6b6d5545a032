import chalk from 'chalk';
import wrapAnsi from 'wrap-ansi';

import type { Block, Sign } from './block.js';

/** Longer lines than this are hard to read. */
const MAX_WIDTH = 90;

/** How to show blocks. */
export interface Look {
    /** Columns of the terminal. */
    width: number;
    /** Words where there would be signs, for who listens instead of looking. */
    words: boolean;
}

const SIGNS: Record<Sign, string> = { right: '✔', wrong: '✘', partly: '~', 'under way': '▸', none: '·' };
const WORDS: Record<Sign, string> = {
    right: 'Correct:',
    wrong: 'Incorrect:',
    partly: 'Partly:',
    'under way': 'Under way:',
    none: '-',
};
const PAINT: Record<Sign, (text: string) => string> = {
    right: (text) => chalk.green(text),
    wrong: (text) => chalk.red(text),
    partly: (text) => chalk.yellow(text),
    'under way': (text) => chalk.cyan(text),
    none: (text) => chalk.dim(text),
};

/** Blocks as lines of text, wrapped on words. Colours only add to what signs and words say. */
export function render(blocks: readonly Block[], look: Look): string {
    return blocks.map((block) => `${renderBlock(block, look)}\n`).join('');
}

function renderBlock(block: Block, look: Look): string {
    switch (block.type) {
        case 'title':
            return `\n${wrapProse(chalk.bold(block.text), look.width)}\n`;
        case 'text':
            return wrapProse(paintCode(block.text), look.width);
        case 'aside':
            return wrapProse(chalk.dim(block.text), look.width);
        case 'item': {
            const { sign, text, note, why } = block;
            const mark = PAINT[sign](look.words ? WORDS[sign] : SIGNS[sign]);
            const said = `${paintCode(text)}${note === undefined ? '' : ` ${chalk.bold(`(${note})`)}`}`;
            const head = look.words ? `${mark} ${said}` : said;
            const lines = hang(head, look.words ? '' : `${mark} `, look.width);
            return why === undefined ? lines : `${lines}\n${hang(chalk.dim(why), '    ', look.width)}`;
        }
    }
}

/** Text behind a sign or an indentation, its other lines below its first. */
function hang(text: string, before: string, width: number): string {
    const indent = before.trim() === '' ? before : '  ';
    const lines = wrapProse(text, Math.min(width, MAX_WIDTH) - indent.length).split('\n');
    return lines.map((line, at) => `${at === 0 ? before : indent}${line}`.trimEnd()).join('\n');
}

/** A text's own line breaks within a paragraph are its file's, and mean nothing. */
export function wrapProse(prose: string, width: number): string {
    return prose
        .trim()
        .split(/\n\s*\n/)
        .map((paragraph) => wrapAnsi(paragraph.replace(/\s*\n\s*/g, ' '), columns(width), { hard: true }))
        .join('\n\n');
}

function columns(width: number): number {
    return Math.max(20, Math.min(width, MAX_WIDTH));
}

function paintCode(text: string): string {
    return text.replaceAll(/`[^`]+`/g, (code) => chalk.cyan(code));
}
