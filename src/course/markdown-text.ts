/** A fenced block of a Markdown text. */
export interface FencedBlock {
    /** What stands behind the opening fence: `sh`, `console`, or nothing. */
    language: string;
    code: string;
    /** Where the code begins in the text. */
    index: number;
}

/** The fence may be indented, as in a list; it ends at a fence of the same sign, or with the text. */
const FENCED = /^([ \t]*)(`{3,}|~{3,})([^\n`]*)\n([\s\S]*?)(?:^[ \t]*\2[`~]*[ \t]*$|(?![\s\S]))/gm;
/** The mark of a footnote, such as `[^its-id]`, as a pattern whose group is the id. */
export const FOOTNOTE_MARK = String.raw`\[\^([^\]\s]+)\]`;
/** A footnote itself, such as `[^its-id]: text`, as a pattern: id and text. */
export const FOOTNOTE = String.raw`${FOOTNOTE_MARK}:[ \t]*(.*)`;

const INLINE = /(?<!`)(`+)(?!`)((?:(?!\n[ \t]*\n)[\s\S])*?[^`])\1(?!`)/g;

export function fencedBlocks(text: string): FencedBlock[] {
    return [...text.matchAll(FENCED)].map((match) => {
        const [, indent = '', fence = '', info = '', code = ''] = match;
        return {
            language: info.trim().split(/\s/)[0] ?? '',
            code: indent === '' ? code : code.replaceAll(new RegExp(`^${indent}`, 'gm'), ''),
            index: match.index + indent.length + fence.length + info.length + 1,
        };
    });
}

/** Pieces of code within a line of prose, without their backticks. */
export function inlineCode(text: string): { code: string; index: number }[] {
    return [...withoutFences(text).matchAll(INLINE)].map((match) => ({
        code: match[2]!.trim(),
        index: match.index + match[1]!.length,
    }));
}

/** The text with spaces in the place of fenced blocks: every other character stays where it is. */
export function withoutFences(text: string): string {
    return text.replaceAll(FENCED, blank);
}

/** The text with spaces in the place of all code. */
export function withoutCode(text: string): string {
    return withoutFences(text).replaceAll(INLINE, blank);
}

/** The text with spaces in the place of code, addresses, HTML tags and comments: what a reader reads as words. */
export function proseOf(text: string): string {
    return withoutCode(text)
        .replaceAll(/<!--[\s\S]*?-->/g, blank)
        .replaceAll(/<\/?[a-z][^>\n]*>/gi, blank)
        .replaceAll(/(?<=\])\([^)\n]*\)/g, blank)
        .replaceAll(/\b[a-z]+:\/\/[^\s)>]+/gi, blank)
        .replaceAll(new RegExp(FOOTNOTE_MARK, 'g'), blank);
}

function blank(found: string): string {
    return found.replaceAll(/[^\n]/g, ' ');
}
