import { FOOTNOTE, FOOTNOTE_MARK, withoutCode } from './markdown-text.js';

/** A place in a text that leads to a footnote: `[^id]`. */
export interface FootnoteMark {
    id: string;
    index: number;
}

/** A footnote itself, on one line: `[^id]: text`. */
export interface FootnoteDefinition extends FootnoteMark {
    text: string;
}

const MARK = new RegExp(FOOTNOTE_MARK, 'g');
const DEFINITION = new RegExp(`^${FOOTNOTE}$`, 'gm');

/** The footnotes of a Markdown text and the marks that lead to them, in reading order. Code holds none. */
export function footnotesOf(text: string): { marks: FootnoteMark[]; definitions: FootnoteDefinition[] } {
    const masked = withoutCode(text);
    const definitions = [...masked.matchAll(DEFINITION)].map((match) => {
        const end = match.index + match[0].length;
        // Code within the footnote is blank in the masked text.
        const start = end - match[2]!.length;
        return { id: match[1]!, text: text.slice(start, end).trim(), index: match.index };
    });
    const isDefinition = (index: number): boolean => definitions.some((definition) => definition.index === index);
    const marks = [...masked.matchAll(MARK)]
        .filter(({ index }) => !isDefinition(index))
        .map((match) => ({ id: match[1]!, index: match.index }));
    return { marks, definitions };
}
