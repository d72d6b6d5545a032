import * as v from 'valibot';
import { describe, expect, it } from 'vitest';

import { type Course, stageOf, startCourse } from './course.js';
import { type Event, step } from './engine.js';
import { FIRST, SECOND } from './fixtures/questions.js';
import { overview } from './overview.js';
import {
    chooseCourse,
    dueProbes,
    EMPTY_RECORD,
    finish,
    keep,
    nextDue,
    type QuizRecord,
    recordSchema,
    type Wish,
} from './record.js';

const QUESTIONS = [FIRST, SECOND];
const NOW = new Date('2026-03-01T12:00:00Z');
const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const later = (millis: number): Date => new Date(NOW.getTime() + millis);

const NEXT: Wish = { type: 'next' };
const REVIEW: Wish = { type: 'review' };
const choose = (record: QuizRecord, wish: Wish, now = NOW): Course | undefined =>
    chooseCourse(record, QUESTIONS, wish, now, 42);

const RECALLED: Event[] = [
    { type: 'recalled', text: null },
    { type: 'ticked', keyPoints: [] },
];
const NUT = (choice: number): Event => ({ type: 'answered', answer: { kind: 'single', choice } });
const SIDES = (value: number): Event => ({ type: 'answered', answer: { kind: 'number', value } });
const REST: Event[] = [
    { type: 'placed', place: 0 },
    { type: 'placed', place: 1 },
    { type: 'answered', answer: { kind: 'predict', choice: 1 } },
    { type: 'ran', shown: null },
];

/** The record after events to a course of the second question, kept one by one, and finished where it is over. */
function play(record: QuizRecord, course: Course, events: Event[], now = NOW): QuizRecord {
    let before = course;
    let kept = record;
    for (const event of events) {
        const after = step(SECOND, before, event);
        kept = keep(kept, SECOND, before, after, now);
        before = after;
    }
    return stageOf(SECOND, before).type === 'over' ? finish(kept, SECOND, before, now) : kept;
}

const second = startCourse(2, 1);
/** Done, with the first two probes wrong. */
const WRONG = play(EMPTY_RECORD, second, [...RECALLED, NUT(0), SIDES(4), ...REST]);

describe('the quiz goes on with', () => {
    it('the first question at the first start', () => {
        expect(choose(EMPTY_RECORD, NEXT)).toEqual(startCourse(1, 42));
    });

    it('the course under way, as it was', () => {
        const record = play(EMPTY_RECORD, second, RECALLED);

        expect(choose(record, NEXT)).toEqual(record.courses[0]);
        expect(choose(record, NEXT)).toMatchObject({ question: 2, seed: 1 });
    });

    it('the latest of several courses under way', () => {
        const first = startCourse(1, 5);
        const one = keep(EMPTY_RECORD, FIRST, first, step(FIRST, first, RECALLED[0]!), NOW);

        expect(choose(play(one, second, RECALLED), NEXT)).toMatchObject({ question: 2 });
        expect(choose(play(one, second, RECALLED), { type: 'question', number: 1 })).toMatchObject({ seed: 5 });
    });

    it('the next question when one is done', () => {
        expect(choose(WRONG, NEXT)).toMatchObject({ mode: 'question', question: 1 });
    });

    it('what is due when every question is done, and then with nothing', () => {
        const all = { ...WRONG, results: { ...WRONG.results, 1: WRONG.results[2]! } };

        expect(choose(all, NEXT)).toBeUndefined();
        expect(choose(all, NEXT, later(DAY))).toMatchObject({ mode: 'review', question: 2 });
    });

    it('a done question anew when it is asked for', () => {
        expect(choose(WRONG, { type: 'question', number: 2 })).toEqual(startCourse(2, 42));
    });

    it('a question that is there, where the one under way is no more', () => {
        const record = { ...EMPTY_RECORD, courses: [startCourse(7, 1)] };

        expect(choose(record, NEXT)).toMatchObject({ question: 1 });
    });
});

describe('a quiz in two terminals at once', () => {
    const begun = play(EMPTY_RECORD, second, RECALLED);
    const [course] = begun.courses;
    const answer = (record: QuizRecord, before: Course, event: Event): QuizRecord =>
        keep(record, SECOND, before, step(SECOND, before, event), NOW);

    it('loses no answer of either, and goes on behind both', () => {
        const here = answer(begun, course!, NUT(1));
        const there = answer(here, answer(here, here.courses[0]!, SIDES(6)).courses[0]!, REST[0]!);

        // This one has seen nothing of what the other has answered.
        const late = answer(there, course!, NUT(0));

        expect(Object.keys(late.courses[0]!.answers)).toEqual(['which-is-one', 'how-hard']);
        expect(late.courses[0]!.answers['which-is-one']).toMatchObject({ answer: { choice: 0 } });
        expect(late.courses).toHaveLength(1);
        expect(stageOf(SECOND, late.courses[0]!)).toMatchObject({ type: 'piece' });
    });

    it('makes one course of two that were begun at the same moment', () => {
        const other = { ...startCourse(2, 2), recall: null };

        const both = answer(answer(begun, course!, NUT(1)), other, { type: 'ticked', keyPoints: [] });

        expect(both.courses).toMatchObject([{ seed: 2, answers: { 'which-is-one': {} } }]);
    });
});

describe('a review', () => {
    it('asks nothing before anything went wrong', () => {
        expect(choose(EMPTY_RECORD, REVIEW, later(365 * DAY))).toBeUndefined();
    });

    it('asks only what went wrong, ten minutes later and not before', () => {
        expect(choose(WRONG, REVIEW, later(9 * MINUTE))).toBeUndefined();
        expect(choose(WRONG, REVIEW, later(10 * MINUTE))).toEqual(startCourse(2, 42, ['which-is-one', 'how-hard']));
        expect(nextDue(WRONG, QUESTIONS, NOW)).toEqual(later(10 * MINUTE));
    });

    it('asks in days again what was right, and in minutes what was wrong', () => {
        const now = later(DAY);
        const record = play(WRONG, choose(WRONG, REVIEW, now)!, [NUT(1), SIDES(4)], now);

        expect(record.courses).toEqual([]);
        expect(dueProbes(record, QUESTIONS, now)).toEqual([]);
        const dueSoon = dueProbes(record, QUESTIONS, later(DAY + 10 * MINUTE));
        expect(dueSoon.map(({ probe }) => probe)).toEqual(['how-hard']);
        const { due } = record.cards['2/which-is-one']!;
        expect(due.getTime()).toBeGreaterThanOrEqual(later(2 * DAY).getTime());
    });

    it('waits longer each time that it was right', () => {
        let record = WRONG;
        const waits: number[] = [];
        for (let round = 0; round < 4; round++) {
            const card = record.cards['2/which-is-one']!;
            const course = startCourse(2, round, ['which-is-one']);
            record = play(record, course, [NUT(1)], card.due);
            waits.push(record.cards['2/which-is-one']!.due.getTime() - card.due.getTime());
        }
        expect(waits).toEqual(waits.toSorted((a, b) => a - b));
        expect(waits.at(-1)).toBeGreaterThan(7 * DAY);
    });

    it('that is under way goes on, whatever is due by then', () => {
        const now = later(DAY);
        const begun = play(WRONG, choose(WRONG, REVIEW, now)!, [NUT(1)], now);

        expect(choose(begun, REVIEW, now)).toEqual(begun.courses[0]);
        expect(choose(begun, NEXT, now)).toEqual(begun.courses[0]);
    });

    it('passes over probes that the question has no more', () => {
        const changed = [FIRST, { ...SECOND, probes: SECOND.probes.slice(1) }];

        expect(chooseCourse(WRONG, changed, REVIEW, later(DAY), 42)?.probes).toEqual(['how-hard']);
        expect(chooseCourse(WRONG, [FIRST], REVIEW, later(DAY), 42)).toBeUndefined();
    });

    it('is not asked of a probe that was right at once', () => {
        expect(Object.keys(WRONG.cards)).toEqual(['2/which-is-one', '2/how-hard']);
    });
});

describe('a record', () => {
    it('notes how a question went, and has it under way no more', () => {
        expect(WRONG.courses).toEqual([]);
        expect(WRONG.results[2]).toEqual({ points: 2, of: 4, keyPoints: 0, keyPointsOf: 3, at: NOW.toISOString() });
    });

    it('is the same when it was put on disk and read back', () => {
        const record = play(WRONG, startCourse(2, 9), [...RECALLED, NUT(1)]);

        expect(v.parse(recordSchema, JSON.parse(JSON.stringify(record)))).toEqual(record);
    });

    it('files an answer once, however often the course is kept', () => {
        const course = play(EMPTY_RECORD, second, [...RECALLED, NUT(0)]).courses[0]!;
        const twice = keep(keep(EMPTY_RECORD, SECOND, second, course, NOW), SECOND, course, course, later(DAY));

        expect(twice.cards['2/which-is-one']).toMatchObject({ reps: 1, due: later(10 * MINUTE) });
    });

    it('sums up to what is done, under way, left and due', () => {
        const first = startCourse(1, 5);
        const record = keep(WRONG, FIRST, first, step(FIRST, first, RECALLED[0]!), NOW);

        expect(overview(record, QUESTIONS, later(DAY))).toMatchObject({
            done: 1,
            left: 1,
            due: 2,
            nextDue: null,
            questions: [
                { number: 1, state: 'under way', answered: 0, probes: 6, points: null, due: 0 },
                { number: 2, state: 'done', points: 2, of: 4, due: 2 },
            ],
        });
    });
});
