import * as v from 'valibot';

import { type Course, courseSchema, givenTo, probesOf, startCourse } from './course.js';
import type { Question } from './question.js';
import { cardKey, cardSchema, dueKeys, fileAnswer } from './review.js';
import { scoreOf } from './score.js';

const resultSchema = v.object({
    points: v.number(),
    of: v.number(),
    keyPoints: v.number(),
    keyPointsOf: v.number(),
    at: v.pipe(v.string(), v.isoTimestamp()),
});

/** All that the quiz keeps of a learner: the file `quiz.json` among the progress. */
export const recordSchema = v.object({
    /** Courses under way, the latest first; at most one of a mode for each question. */
    courses: v.array(courseSchema),
    /** The last finished course of each question, by its number. */
    results: v.record(v.string(), resultSchema),
    /** Probes that went wrong, and when each is due again. */
    cards: v.record(v.string(), cardSchema),
    /** Courses that are over, the latest first, so that what was told of them can be read again; as few as `courses`. */
    finished: v.optional(v.array(courseSchema), []),
});

export type QuizRecord = v.InferOutput<typeof recordSchema>;

export const EMPTY_RECORD: QuizRecord = { courses: [], results: {}, cards: {}, finished: [] };

/** What a learner wants to do next. */
export type Wish = { type: 'next' } | { type: 'question'; number: number } | { type: 'review' };

/**
 * The course to go on with: the one under way, else a new one; undefined when nothing is left or due.
 *
 * @param seed For a new course.
 */
export function chooseCourse(
    record: QuizRecord,
    questions: readonly Question[],
    wish: Wish,
    now: Date,
    seed: number,
): Course | undefined {
    const known = record.courses.filter(({ question }) => questions.some(({ number }) => number === question));
    switch (wish.type) {
        case 'question':
            return (
                known.find(({ mode, question }) => mode === 'question' && question === wish.number) ??
                startCourse(wish.number, seed)
            );
        case 'review':
            return known.find(({ mode }) => mode === 'review') ?? startReview(record, questions, now, seed);
        case 'next': {
            const left = questions.find(({ number }) => !record.results[number]);
            if (known[0]) return known[0];
            return left ? startCourse(left.number, seed) : startReview(record, questions, now, seed);
        }
    }
}

/** A review asks what is due of one question: of the one whose probe is due the longest. */
function startReview(record: QuizRecord, questions: readonly Question[], now: Date, seed: number): Course | undefined {
    const [first, ...others] = dueProbes(record, questions, now);
    if (!first) return undefined;
    const probes = [first, ...others.filter(({ question }) => question === first.question)].map(({ probe }) => probe);
    return startCourse(first.question.number, seed, probes);
}

/** The probes that are due, the longest due first. Cards of probes that are no more are passed over. */
export function dueProbes(
    { cards }: QuizRecord,
    questions: readonly Question[],
    now: Date,
): { question: Question; probe: string }[] {
    const places = new Map(
        questions.flatMap((question) =>
            question.probes.map(({ id }) => [cardKey(question.number, id), { question, probe: id }] as const),
        ),
    );
    return dueKeys(cards, now).flatMap((key) => places.get(key) ?? []);
}

/** When the next probe is due that is not due yet; undefined when none will be. */
export function nextDue({ cards }: QuizRecord, questions: readonly Question[], now: Date): Date | undefined {
    const times = questions.flatMap(({ number, probes }) =>
        probes.flatMap(({ id }) => cards[cardKey(number, id)]?.due.getTime() ?? []),
    );
    const later = times.filter((time) => time > now.getTime());
    return later.length === 0 ? undefined : new Date(Math.min(...later));
}

/**
 * Takes in how far a course is, and files what was answered since `before` for review. What another terminal, or the
 * browser, has kept of the same course in the meantime stays: the course is then further than `after`.
 */
export function keep(record: QuizRecord, question: Question, before: Course, after: Course, now: Date): QuizRecord {
    const cards = probesOf(question, after)
        .filter((probe) => givenTo(after, probe) && !givenTo(before, probe))
        .reduce<Readonly<QuizRecord['cards']>>(
            (filed, { id }) => fileAnswer(filed, cardKey(question.number, id), after.answers[id]!.credit, now),
            record.cards,
        );
    const course = merged(courseIn(record, after), after);
    return { ...record, courses: [course, ...others(record.courses, after)], cards };
}

/** The course under way that this one goes on with, as it is kept. */
export function courseIn({ courses }: QuizRecord, { mode, question }: Course): Course | undefined {
    return courses.find((course) => course.mode === mode && course.question === question);
}

function merged(kept: Course | undefined, course: Course): Course {
    if (!kept) return course;
    // Answers are kept in the order of the file, so two that were begun at the same moment become one.
    const { recall = kept.recall, keyPoints = kept.keyPoints } = course;
    return {
        ...course,
        ...(recall !== undefined && { recall }),
        ...(keyPoints !== undefined && { keyPoints }),
        answers: { ...kept.answers, ...course.answers },
    };
}

/** Takes a course that is over off those under way, and notes how a question went. */
export function finish(record: QuizRecord, question: Question, course: Course, now: Date): QuizRecord {
    const courses = others(record.courses, course);
    const finished = [course, ...others(record.finished, course)];
    if (course.mode === 'review') return { ...record, courses, finished };
    const { readAgain: _, ...score } = scoreOf(question, course);
    const results = { ...record.results, [question.number]: { ...score, at: now.toISOString() } };
    return { ...record, courses, results, finished };
}

function others(courses: readonly Course[], { mode, question }: Course): Course[] {
    return courses.filter((course) => course.mode !== mode || course.question !== question);
}
