import { wrap } from './wrap.js';

/** Columns to which help texts are filled in the sources. */
const FILLED_TO = 120;
/** A term such as an option, and what it means: the latter goes on below its own beginning. */
const TERM = /^( +\S.*? {2,})(\S.*)$/;

/**
 * Fits a help text into a terminal: what is one paragraph, or one option's meaning, is filled anew. No line gets longer
 * than in the sources, however wide the terminal is.
 *
 * @param width Columns.
 */
export function fitHelp(help: string, width: number): string {
    const columns = Math.min(width, FILLED_TO);
    return joined(help.split('\n'))
        .flatMap(({ head, text }) => {
            if (head.length + text.length <= columns) return [head + text];
            // Where too little room is left beside the term, what it means goes below it.
            const isBeside = head.length <= columns / 2;
            const indent = isBeside ? head.length : 4;
            const lines = wrap(text, columns - indent).map((line, i) => {
                return (i === 0 && isBeside ? head : ' '.repeat(indent)) + line;
            });
            return isBeside ? lines : [head.trimEnd(), ...lines];
        })
        .join('\n');
}

interface Paragraph {
    /** Indent, or a term with the spaces behind it. */
    head: string;
    text: string;
}

/** A line goes on in the next one where that one's first word had no room left in it. */
function joined(lines: readonly string[]): Paragraph[] {
    const paragraphs: Paragraph[] = [];
    let before = '';
    for (const line of lines) {
        const last = paragraphs.at(-1);
        const indent = /^ */.exec(line)![0];
        const text = line.slice(indent.length);
        const [word = ''] = text.split(' ');
        const isFull = text !== '' && before.length + 1 + word.length > FILLED_TO;
        if (last && isFull && indent.length === last.head.length) last.text += ` ${text}`;
        else {
            const [, head = indent, meaning = text] = TERM.exec(line) ?? [];
            paragraphs.push({ head, text: meaning });
        }
        before = line;
    }
    return paragraphs;
}
