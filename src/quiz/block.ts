/** What stands before an item. */
export type Sign = 'right' | 'wrong' | 'in place' | 'out of place' | 'recalled' | 'done' | 'under way' | 'none';

/** Each sign as it is drawn, and in words for who listens instead of looking. */
export const SIGN_TEXTS: Readonly<Record<Sign, { sign: string; word: string }>> = {
    right: { sign: '✔', word: 'Correct:' },
    wrong: { sign: '✘', word: 'Incorrect:' },
    'in place': { sign: '✔', word: 'In its place:' },
    'out of place': { sign: '✘', word: 'Not where it was put:' },
    recalled: { sign: '✔', word: 'Recalled:' },
    done: { sign: '✔', word: 'Done:' },
    'under way': { sign: '▸', word: 'Under way:' },
    none: { sign: '·', word: '-' },
};

/** Signs of verdicts, whose texts say it in words. */
export const VERDICT_SIGNS = { right: '✔', wrong: '✘', partly: '~' } as const;

/** One thing to show. Texts are prose: backticks mark code, blank lines part paragraphs. */
export type Block =
    | { type: 'title'; text: string }
    | { type: 'text'; text: string }
    /** Of less weight than the rest. */
    | { type: 'aside'; text: string }
    /** An empty line. */
    | { type: 'gap' }
    /** How an answer is judged; the text alone says it. */
    | { type: 'verdict'; sign: 'right' | 'wrong' | 'partly'; text: string }
    | { type: 'item'; sign: Sign; text: string; note?: string; why?: string };

export const GAP: Block = { type: 'gap' };

export function title(text: string): Block {
    return { type: 'title', text };
}

export function text(prose: string): Block {
    return { type: 'text', text: prose };
}

export function aside(prose: string): Block {
    return { type: 'aside', text: prose };
}
