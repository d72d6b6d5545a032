import { Marked, type TokensList } from 'marked';

import { FOOTNOTE, FOOTNOTE_MARK } from './markdown-text.js';

/** A footnote itself: `[^id]: text`. */
export interface DefinitionToken {
    type: 'definition';
    raw: string;
    id: string;
    text: string;
}

const MARK = new RegExp(`^${FOOTNOTE_MARK}`);
const DEFINITION = new RegExp(`^${FOOTNOTE}(?:\\n+|$)`);

/** GitHub's Markdown: as `marked` knows it, and with footnotes. */
const marked = new Marked({
    gfm: true,
    extensions: [
        {
            name: 'footnote',
            level: 'inline',
            start: (text) => text.indexOf('[^'),
            tokenizer: (text) => {
                const match = MARK.exec(text);
                return match ? { type: 'footnote', raw: match[0], id: match[1]! } : undefined;
            },
        },
        {
            name: 'definition',
            level: 'block',
            tokenizer: (text) => {
                const match = DEFINITION.exec(text);
                return match ? { type: 'definition', raw: match[0], id: match[1]!, text: match[2]! } : undefined;
            },
        },
    ],
});

/** The tokens of a Markdown text, footnotes among them. */
export function lex(text: string): TokensList {
    return marked.lexer(text);
}

/** The tokens of a line of Markdown. */
export function lexInline(text: string): TokensList {
    return marked.Lexer.lexInline(text, marked.defaults) as TokensList;
}
