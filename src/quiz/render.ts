import chalk from 'chalk';
import { wrapAnsi } from 'fast-wrap-ansi';

import { type Block, type Sign, SIGN_TEXTS, VERDICT_SIGNS } from './block.js';
import { withLessonCommands } from './read-again.js';

/** Longer lines than this are hard to read. */
const MAX_WIDTH = 90;

/** How to show blocks. */
export interface RenderStyle {
    /** Columns of the terminal. */
    width: number;
    /** Words where there would be signs, for who listens instead of looking. */
    words: boolean;
}

const green = (text: string): string => chalk.green(text);
const red = (text: string): string => chalk.red(text);

const PAINTS: Record<Sign, (text: string) => string> = {
    right: green,
    wrong: red,
    'in place': green,
    'out of place': red,
    recalled: green,
    done: green,
    'under way': (text) => chalk.cyan(text),
    none: (text) => chalk.dim(text),
};

const VERDICT_PAINTS = { right: green, wrong: red, partly: (text: string) => chalk.yellow(text) };

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
            return wrapProse(chalk.dim(withLessonCommands(block.text)), style.width);
        case 'gap':
            return '';
        case 'verdict': {
            const paint = VERDICT_PAINTS[block.sign];
            return style.words
                ? wrapProse(block.text, style.width)
                : hang(paint(block.text), `${paint(VERDICT_SIGNS[block.sign])} `, style.width);
        }
        case 'item': {
            const { sign, text, note, why } = block;
            const mark = PAINTS[sign](style.words ? SIGN_TEXTS[sign].word : SIGN_TEXTS[sign].sign);
            const said = `${paintCode(withLessonCommands(text))}${note === undefined ? '' : ` ${chalk.bold(`(${note})`)}`}`;
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
