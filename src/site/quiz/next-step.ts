import type { Question } from '../../quiz/question.js';
import { chooseCourse, dueProbes, type QuizRecord } from '../../quiz/record.js';
import type { QuizAt } from './quiz-at.js';

/** Where the quiz goes on, and what a button that leads there says. */
export interface NextStep {
    at: QuizAt;
    text: string;
}

/** What is next: the course under way, else the first question that is left, else what is due; as in the terminal. */
export function nextStep(record: QuizRecord, questions: readonly Question[], now: Date): NextStep | undefined {
    const course = chooseCourse(record, questions, { type: 'next' }, now, 0);
    if (!course) return undefined;
    if (course.mode === 'review') return { at: 'review', text: reviewText(record, questions, now) };
    const { number, title } = questions.find((one) => one.number === course.question)!;
    const isUnderWay = record.courses.includes(course);
    return { at: number, text: `${isUnderWay ? 'Go on with question' : 'Question'} ${number}: ${title}` };
}

/** What a button says that leads to the review; how much is due is told of it only while none is under way. */
export function reviewText(record: QuizRecord, questions: readonly Question[], now: Date): string {
    if (record.courses.some(({ mode }) => mode === 'review')) return 'Go on with the review';
    const due = dueProbes(record, questions, now).length;
    return `Review ${due} ${due === 1 ? 'probe' : 'probes'}`;
}
