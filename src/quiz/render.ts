import chalk from 'chalk';
import { wrapAnsi } from 'fast-wrap-ansi';

import type { Block, Sign } from './block.js';

/** Longer lines than this are hard to read. */
const MAX_WIDTH = 90;

/** How to show blocks. */
export interface RenderStyle {
    /** Columns of the terminal. */
    width: number;
    /** Words where there would be signs, for who listens instead of looking. */
    words: boolean;
}

const RIGHT = { sign: '✔', paint: (text: string) => chalk.green(text) };
const WRONG = { sign: '✘', paint: (text: string) => chalk.red(text) };

const MARKS: Record<Sign, { sign: string; word: string; paint: (text: string) => string }> = {
    right: { ...RIGHT, word: 'Correct:' },
    wrong: { ...WRONG, word: 'Incorrect:' },
    'in place': { ...RIGHT, word: 'In its place:' },
    'out of place': { ...WRONG, word: 'Not where it was put:' },
    recalled: { ...RIGHT, word: 'Recalled:' },
    done: { ...RIGHT, word: 'Done:' },
    'under way': { sign: '▸', word: 'Under way:', paint: (text) => chalk.cyan(text) },
    none: { sign: '·', word: '-', paint: (text) => chalk.dim(text) },
};

const VERDICTS = { right: RIGHT, wrong: WRONG, partly: { sign: '~', paint: (text: string) => chalk.yellow(text) } };

/** Blocks as lines of text, wrapped on words. Colours only add to what signs and words say. */
export function render(blocks: readonly Block[], style: RenderStyle): string {
    return blocks.map((block) => `${renderBlock(block, style)}\n`).join('');
}

function renderBlock(block: Block, style: RenderStyle): string {
    switch (block.type) {
        case 'title':
            return `\n${wrapProse(chalk.bold(block.text), style.width)}\n`;
        case 'text':
            return wrapProse(paintCode(block.text), style.width);
        case 'aside':
            return wrapProse(chalk.dim(block.text), style.width);
        case 'gap':
            return '';
        case 'verdict': {
            const { sign, paint } = VERDICTS[block.sign];
            return style.words
                ? wrapProse(block.text, style.width)
                : hang(paint(block.text), `${paint(sign)} `, style.width);
        }
        case 'item': {
            const { sign, text, note, why } = block;
            const mark = MARKS[sign].paint(style.words ? MARKS[sign].word : MARKS[sign].sign);
            const said = `${paintCode(text)}${note === undefined ? '' : ` ${chalk.bold(`(${note})`)}`}`;
            const head = style.words ? `${mark} ${said}` : said;
            const lines = hang(head, style.words ? '' : `${mark} `, style.width);
            return why === undefined ? lines : `${lines}\n${hang(chalk.dim(why), '    ', style.width)}`;
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
    return Math.max(10, Math.min(width, MAX_WIDTH));
}

function paintCode(text: string): string {
    return text.replaceAll(/`[^`]+`/g, (code) => chalk.cyan(code));
}
