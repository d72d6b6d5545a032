/** What stands before an item. */
export type Sign = 'right' | 'wrong' | 'in place' | 'out of place' | 'recalled' | 'done' | 'under way' | 'none';

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
