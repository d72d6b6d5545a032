import { stripVTControlCharacters } from 'node:util';

import chalk from 'chalk';
import type { Token, Tokens } from 'marked';

import { colourDiff } from '../diff-text.js';
import { columnsOf, hang, wrapText } from './columns.js';
import { type InlineContext, type Note, renderInline } from './inline.js';
import { type DefinitionToken, lex, lexInline } from '../../course/markdown-lexer.js';
import { renderTable } from './table.js';

export interface RenderOptions {
    /** Columns of a line, at most. */
    width: number;
    /** What to show behind a link to a file of the repository; undefined for nothing. */
    placeOf: (href: string) => string | undefined;
    /** What to show instead of a picture that a terminal can't draw. */
    picture: string;
}

interface Context extends RenderOptions, InlineContext {}

const NARROWEST = 20;

/**
 * A Markdown text for a terminal. Footnotes, and addresses of other sites, become numbers that lead to a list at the
 * end.
 */
export function renderMarkdown(text: string, options: RenderOptions): string {
    const tokens = lex(text.replaceAll('\r\n', '\n'));
    const footnotes = new Map(
        tokens.flatMap((token) => {
            const { type, id, text: footnote } = token as unknown as DefinitionToken;
            return type === 'definition' ? [[id, footnote]] : [];
        }),
    );
    const notes: Note[] = [];
    const noteOf = (note: Note): number => {
        const known = notes.findIndex((other) => keyOf(other) === keyOf(note));
        return known === -1 ? notes.push(note) : known + 1;
    };
    const width = Math.max(NARROWEST, options.width);
    const blocks = renderBlocks(tokens, { ...options, width, noteOf });
    return `${[...blocks, ...renderNotes(notes, footnotes, { ...options, width })].join('\n')}\n`;
}

function keyOf(note: Note): string {
    return note.kind === 'footnote' ? `^${note.id}` : note.href;
}

/** Blocks with an empty line between them. */
function renderBlocks(tokens: readonly Token[], context: Context, isTight = false): string[] {
    return tokens
        .map((token) => renderBlock(token as Tokens.Generic, context))
        .filter((lines) => lines.length > 0)
        .flatMap((lines, n) => (n > 0 && !isTight ? ['', ...lines] : lines));
}

function renderBlock(token: Tokens.Generic, context: Context): string[] {
    const inline = (): string => renderInline(token.tokens ?? [], context);
    switch (token.type) {
        case 'heading':
            return renderHeading(token as Tokens.Heading, inline(), context);
        case 'paragraph':
        case 'text':
            return wrapText(token.tokens ? inline() : token.raw, context.width);
        case 'code':
            return renderCode(token as Tokens.Code, context);
        case 'list':
            return renderList(token as Tokens.List, context);
        case 'blockquote':
            return renderBlocks(token.tokens ?? [], { ...context, width: context.width - 2 }).map((line) =>
                `${chalk.dim('│')} ${line}`.trimEnd(),
            );
        case 'table': {
            const { header, rows } = token as Tokens.Table;
            const cells = (row: Tokens.TableCell[]): string[] => row.map((cell) => renderInline(cell.tokens, context));
            return renderTable(cells(header), rows.map(cells), context.width);
        }
        case 'hr':
            return [chalk.dim('─'.repeat(context.width))];
        default:
            return [];
    }
}

/** A line below sets headings off without colours, too. */
function renderHeading({ depth }: Tokens.Heading, text: string, { width }: Context): string[] {
    const lines = wrapText(depth === 1 ? chalk.bold.cyan(text) : chalk.bold(text), width);
    if (depth > 2) return lines;
    const sign = depth === 1 ? '═' : '─';
    return [...lines, chalk.dim(sign.repeat(Math.max(...lines.map(columnsOf))))];
}

const INDENT = '    ';

function renderCode({ lang = '', text }: Tokens.Code, { width, picture }: Context): string[] {
    const language = lang.split(/\s/)[0];
    if (language === 'mermaid') return wrapText(chalk.dim(`(${picture})`), width);
    const coloured = language === 'diff' ? colourDiff(text) : text.split('\n').map(colourOf(language)).join('\n');
    return coloured
        .split('\n')
        .flatMap((line) => cut(line, width - INDENT.length).map((part) => (INDENT + part).trimEnd()));
}

const colourOf =
    (language: string | undefined) =>
    (line: string): string => {
        if (language === 'console') return line.startsWith('$ ') ? chalk.bold(line) : line;
        return chalk.cyan(line);
    };

/** What is too long for a line of code goes on in the next, a little further in than it began. */
function cut(line: string, width: number): string[] {
    if (columnsOf(line) <= width) return [line];
    const indent = /^ */.exec(stripVTControlCharacters(line))![0];
    return hang(indent, line, width, '  ');
}

function renderList({ ordered, start, items }: Tokens.List, context: Context): string[] {
    const isLoose = items.some(({ loose }) => loose);
    return items.flatMap((item, n) => {
        const sign = ordered ? `${Number(start) + n}. ` : '• ';
        const inner = { ...context, width: context.width - sign.length };
        const lines = renderBlocks(item.tokens, inner, !isLoose);
        const hung = lines.map((line, at) => ((at === 0 ? sign : ' '.repeat(sign.length)) + line).trimEnd());
        return isLoose && n > 0 ? ['', ...hung] : hung;
    });
}

function renderNotes(notes: Note[], footnotes: ReadonlyMap<string, string>, options: RenderOptions): string[] {
    if (notes.length === 0) return [];
    const digits = String(notes.length).length;
    const context: InlineContext = { placeOf: options.placeOf, noteOf: () => 0 };
    const lines = notes.flatMap((note, n) => {
        const text = note.kind === 'address' ? note.href : withAddresses(footnotes.get(note.id) ?? '');
        const shown = note.kind === 'address' ? text : renderInline(lexInline(text), context);
        return hang(`[${n + 1}]${' '.repeat(digits - String(n + 1).length)} `, shown, options.width);
    });
    return ['', chalk.bold('Notes'), ...lines.map((line) => chalk.dim(line))];
}

/** There are no notes to a note: addresses stand behind what they are linked from. */
function withAddresses(text: string): string {
    return text.replaceAll(/\[([^\]]+)\]\((https?:[^)\s]+)\)/g, '$1, <$2>');
}
