import { fencedBlocks, FOOTNOTE, proseOf, withoutFences } from './markdown-text.js';

const WORDS_A_MINUTE = 200;
/** A word has a letter or a digit in it. */
const WORD = /[^\s|]*[\p{L}\p{N}][^\s|]*/gu;
const FOOTNOTE_LINES = new RegExp(`^${FOOTNOTE}$`, 'gm');

/** The links to the lessons before and after, which a page of its own and a terminal show in their way. */
const WAY = /^---\n+.*\[All lessons\]\(README\.md\).*$/m;

/** A lesson without its last line of links. */
export function withoutWay(text: string): string {
    return text.replace(WAY, '');
}

/** The first heading of a lesson, without its sign: `3. Hearing it coming`; empty when there is none. */
export function titleOf(text: string): string {
    return /^# +(.+?)\s*$/m.exec(withoutFences(text))?.[1] ?? '';
}

/** What one can do after the lesson, in a sentence; empty when the lesson doesn't say. */
export function goalOf(text: string): string {
    return /^\*\*Goal:\*\* +(.+?)\s*$/m.exec(withoutFences(text))?.[1] ?? '';
}

/**
 * Whole minutes that a lesson takes to read, at 200 words a minute. Words in fenced blocks count half, since they are
 * looked over; footnotes and addresses don't count.
 */
export function readingMinutes(text: string): number {
    const body = text.replaceAll(FOOTNOTE_LINES, '');
    // Code within a line is read with it: without its backticks it is a word like others.
    const prose = wordsIn(proseOf(withoutFences(body).replaceAll('`', '')));
    const code = fencedBlocks(body).reduce((sum, block) => sum + wordsIn(block.code), 0);
    return Math.max(1, Math.ceil((prose + code / 2) / WORDS_A_MINUTE));
}

function wordsIn(text: string): number {
    return text.match(WORD)?.length ?? 0;
}
