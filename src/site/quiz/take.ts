import { type Course, stageOf } from '../../quiz/course.js';
import { type Event, step } from '../../quiz/engine.js';
import type { Question, Tracker } from '../../quiz/question.js';
import { chooseCourse, finish, keep, type QuizRecord } from '../../quiz/record.js';
import { type Asked, askedAt, type QuizAt } from './quiz-at.js';
import { eventIn, FIELDS, type Fields, RUN_WISHES } from './fields.js';

/** What a filled in form leads to. */
export type Taken =
    /** `after` names what is to be told now: see `QuizView`. */
    | { type: 'taken'; record: QuizRecord; after: string | undefined }
    /** A trial is wanted: it is run first, and `takeOutcome` takes what it shows. */
    | { type: 'run'; asked: Asked }
    /** The form was made for another state of the course. */
    | { type: 'stale' }
    | { type: 'wrong'; problem: string };

export interface TakeOptions {
    now: Date;
    /** Of a course that begins. */
    seed: number;
}

/** The name under which it is told how many key points were recalled; no probe has such an id. */
export const KEY_POINTS = '.key-points';
/** The name under which it is told how a question went. */
export const END = '.end';

/** Takes what a form was filled in with into a record. */
export function take(
    record: QuizRecord,
    questions: readonly Question[],
    at: QuizAt,
    fields: Fields,
    options: TakeOptions,
): Taken {
    const asked = askedAt(record, questions, at);
    if (at === 'review' && fields.get(FIELDS.begin) !== null) {
        return { type: 'taken', record: asked ? record : begin(record, questions, options), after: undefined };
    }
    if (!asked || fields.get(FIELDS.version) !== asked.version) return { type: 'stale' };
    const { question, course } = asked;
    const stage = stageOf(question, course);
    if (stage.type === 'over') return { type: 'stale' };
    if (stage.type === 'run') return takeWish(record, asked, stage.probe.id, fields, options);
    const event = eventIn(question, course, stage, fields);
    if (typeof event === 'string') return { type: 'wrong', problem: event };
    const after = step(question, course, event);
    const isJudged = 'probe' in stage && after.answers[stage.probe.id] && stage.probe.kind !== 'predict';
    const told = isJudged ? stage.probe.id : stage.type === 'key points' ? KEY_POINTS : undefined;
    return { type: 'taken', record: kept(record, asked, after, options), after: told };
}

/** Begins a review of what is due; the same record when nothing is. */
function begin(record: QuizRecord, questions: readonly Question[], { now, seed }: TakeOptions): QuizRecord {
    const course = chooseCourse(record, questions, { type: 'review' }, now, seed);
    return course ? { ...record, courses: [course, ...record.courses] } : record;
}

function takeWish(record: QuizRecord, asked: Asked, probe: string, fields: Fields, options: TakeOptions): Taken {
    const wish = fields.get(FIELDS.filled);
    if (wish === RUN_WISHES.run) return { type: 'run', asked };
    if (wish !== RUN_WISHES.skip && wish !== RUN_WISHES.recorded) {
        return { type: 'wrong', problem: 'Have it run, see a recorded run, or skip it.' };
    }
    const after = step(asked.question, asked.course, { type: 'ran', shown: null });
    return { type: 'taken', record: kept(record, asked, after, options), after: probe };
}

/**
 * Takes in what a prediction's trial has shown.
 *
 * @returns undefined when it was answered in another way meanwhile.
 */
export function takeOutcome(
    record: QuizRecord,
    { question, course }: Pick<Asked, 'question' | 'course'>,
    { probe, shown }: { probe: string; shown: Tracker },
    options: TakeOptions,
): QuizRecord | undefined {
    const present = record.courses.find((one) => one.mode === course.mode && one.question === question.number);
    if (!present || present.seed !== course.seed) return undefined;
    const stage = stageOf(question, present);
    if (stage.type !== 'run' || stage.probe.id !== probe) return undefined;
    const event: Event = { type: 'ran', shown };
    return kept(record, { question, course: present, isUnderWay: true }, step(question, present, event), options);
}

/** In one go, so that a kill finds a question that is answered to its end among those that are done. */
function kept(
    record: QuizRecord,
    { question, course, isUnderWay }: Pick<Asked, 'question' | 'course' | 'isUnderWay'>,
    stepped: Course,
    { now, seed }: TakeOptions,
): QuizRecord {
    const after = isUnderWay ? stepped : { ...stepped, seed };
    const changed = keep(record, question, course, after, now);
    return stageOf(question, after).type === 'over' ? finish(changed, question, after, now) : changed;
}
