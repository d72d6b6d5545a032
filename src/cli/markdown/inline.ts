import chalk from 'chalk';
import type { Token, Tokens } from 'marked';

/** What a line of text needs to know of the text around it. */
export interface InlineContext {
    /** The number of a footnote, or of an address, in the list of notes at the end. */
    noteOf: (note: Note) => number;
    /** What to show behind a link to a file of the repository; undefined for nothing. */
    placeOf: (href: string) => string | undefined;
}

export type Note = { kind: 'footnote'; id: string } | { kind: 'address'; href: string };

/** A mark that leads to a footnote, as the lexer in lexer.ts gives it. */
interface FootnoteToken {
    type: 'footnote';
    raw: string;
    id: string;
}

const EXTERNAL = /^[a-z][a-z0-9+.-]*:/i;

/** The inline tokens of a paragraph, a heading or a table's cell as one text, with colours. */
export function renderInline(tokens: readonly Token[], context: InlineContext): string {
    return tokens.map((token) => renderToken(token as Tokens.Generic, context)).join('');
}

function renderToken(token: Tokens.Generic, context: InlineContext): string {
    const inner = (): string => renderInline(token.tokens ?? [], context);
    switch (token.type) {
        case 'strong':
            return chalk.bold(inner());
        case 'em':
            return chalk.italic(inner());
        case 'del':
            return chalk.strikethrough(inner());
        case 'codespan':
            // Without colours its backticks set it off.
            return chalk.level === 0 ? token.raw : chalk.cyan(token.text);
        case 'br':
            return '\n';
        case 'link':
            return renderLink(token as Tokens.Link, inner(), context);
        case 'image':
            return chalk.dim(`(picture: ${token.text}; ${context.placeOf(token.href) ?? token.href})`);
        case 'footnote':
            return chalk.dim(`[${context.noteOf({ kind: 'footnote', id: (token as unknown as FootnoteToken).id })}]`);
        case 'html':
            return /^<br\b/i.test(token.raw) ? '\n' : '';
        case 'checkbox':
            return '';
        default:
            return token.tokens ? inner() : decodeEntities(oneLine(token.text ?? token.raw));
    }
}

/** Addresses are long, and a line of text is not: they stand with the footnotes. */
function renderLink({ href, text }: Tokens.Link, shown: string, { noteOf, placeOf }: InlineContext): string {
    if (text === href) return chalk.underline(shown);
    if (EXTERNAL.test(href)) return `${chalk.underline(shown)}${chalk.dim(`[${noteOf({ kind: 'address', href })}]`)}`;
    const place = placeOf(href);
    const isSaid = place === undefined || text.replaceAll('`', '').toLowerCase().includes(place);
    return isSaid ? shown : `${shown} ${chalk.dim(`(${place})`)}`;
}

/** A line break in Markdown's source is a space. */
function oneLine(text: string): string {
    return text.replaceAll(/\s*\n\s*/g, ' ');
}

const ENTITIES: Readonly<Record<string, string>> = {
    '&amp;': '&',
    '&lt;': '<',
    '&gt;': '>',
    '&quot;': '"',
    '&#39;': "'",
    '&nbsp;': '\u00a0',
};

function decodeEntities(text: string): string {
    return text.replaceAll(/&(?:amp|lt|gt|quot|#39|nbsp);/g, (entity) => ENTITIES[entity]!);
}
