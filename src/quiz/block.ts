/** What a sign says: right, wrong, partly right, under way, or nothing. */
export type Sign = 'right' | 'wrong' | 'partly' | 'under way' | 'none';

/** One thing to show. Texts are prose: backticks mark code, blank lines part paragraphs. */
export type Block =
    | { type: 'title'; text: string }
    | { type: 'text'; text: string }
    /** Of less weight than the rest. */
    | { type: 'aside'; text: string }
    | { type: 'item'; sign: Sign; text: string; note?: string; why?: string };

export function title(text: string): Block {
    return { type: 'title', text };
}

export function text(prose: string): Block {
    return { type: 'text', text: prose };
}

export function aside(prose: string): Block {
    return { type: 'aside', text: prose };
}
