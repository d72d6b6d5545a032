/** What a trial has shown to be wrong: the advice for it, and what its words in braces stand for. */
export interface Finding {
    /** A key of `exercises/advice.json`. */
    advice: string;
    values?: Record<string, string>;
}
