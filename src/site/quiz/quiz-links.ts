import type { QuizAt } from './quiz-at.js';

/** Addresses that pages of the quiz lead to, as seen from one of them. */
export interface QuizLinks {
    overview: string;
    review: string;
    /** By number. */
    questions: Readonly<Record<number, string>>;
    /** What texts of the quiz call `lessons/03-x.md#anchor`. */
    lessons: Readonly<Record<string, { href: string; text: string }>>;
    /** Recorded runs of predictions, see `runKey`. */
    runs: Readonly<Record<string, RunLink>>;
}

export interface RunLink {
    label: string;
    /** Address of its trace. */
    recording: string;
    /** Its place in the lab, before a moment; missing for a run that the lab doesn't know. */
    lab?: string;
}

/** For texts that lead nowhere. */
export const NO_LINKS: QuizLinks = { overview: '', review: '', questions: {}, lessons: {}, runs: {} };

export function runKey(question: number, probe: string): string {
    return `${question}/${probe}`;
}

export function hrefOfQuiz(links: QuizLinks, at: QuizAt): string {
    return at === 'review' ? links.review : links.questions[at]!;
}
