import { type Course, stageOf } from '../../quiz/course.js';
import type { Question } from '../../quiz/question.js';
import { chooseCourse, type QuizRecord } from '../../quiz/record.js';
import { hashOf } from '../../quiz/shuffle.js';

/** Where in the quiz a page is: at a question, by its number, or at the review of what is due. */
export type QuizAt = number | 'review';

/** What a page of the quiz asks. */
export interface Asked {
    question: Question;
    course: Course;
    /** False while nothing of it was answered, and so nothing of it is in the record. */
    isUnderWay: boolean;
    /** Changes with every answer: a form that was made for another one is stale. */
    version: string;
}

/** What is asked at a place; undefined where no review is under way. */
export function askedAt(record: QuizRecord, questions: readonly Question[], at: QuizAt): Asked | undefined {
    const course = courseAt(record, questions, at);
    if (!course) return undefined;
    const isUnderWay = record.courses.includes(course);
    const { number } = questions.find((one) => one.number === course.question)!;
    // Of a question that is asked again from its start no form may count that began it the last time.
    const since = isUnderWay ? '' : (record.results[number]?.at ?? '');
    return {
        question: questions.find((one) => one.number === course.question)!,
        course,
        isUnderWay,
        version: hashOf(`${JSON.stringify(course)}${since}`).toString(36),
    };
}

function courseAt(record: QuizRecord, questions: readonly Question[], at: QuizAt): Course | undefined {
    if (at === 'review') {
        const known = questions.map(({ number }) => number);
        return record.courses.find(({ mode, question }) => mode === 'review' && known.includes(question));
    }
    // The seed is drawn when the first answer is given: what comes before it is not shuffled.
    return chooseCourse(record, questions, { type: 'question', number: at }, new Date(0), 0);
}

/** The course that was over last at a place, while no other is under way there. */
export function finishedAt(record: QuizRecord, questions: readonly Question[], at: QuizAt): Asked | undefined {
    const found = record.finished.find(({ mode, question }) =>
        at === 'review' ? mode === 'review' : mode === 'question' && question === at,
    );
    const question = questions.find(({ number }) => number === found?.question);
    if (!found || !question || stageOf(question, found).type !== 'over') return undefined;
    return { question, course: found, isUnderWay: false, version: '' };
}
