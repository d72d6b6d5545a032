import * as v from 'valibot';

import { answerSchema, areDistinctPlaces, fits } from './answer.js';
import { type Probe, type ProbeOf, type Question, trackerSchema } from './question.js';

const given = v.object({
    answer: answerSchema,
    /** From 0 to 1, by the rules of `grade`. */
    credit: v.pipe(v.number(), v.minValue(0), v.maxValue(1)),
    /** Predict only: what the trial showed; null when it was not run. Missing while that is open. */
    shown: v.optional(v.nullable(trackerSchema)),
});

/** One way through a question, as it lies on disk: what was answered so far. What comes next follows from it. */
export const courseSchema = v.object({
    /** The whole question, or a review of those probes that went wrong before. */
    mode: v.picklist(['question', 'review']),
    /** Number of the question. */
    question: v.number(),
    /** Keeps the order of choices the same over restarts. */
    seed: v.number(),
    /** Ids of the probes that a review asks. */
    probes: v.optional(v.array(v.string())),
    /** What was recalled; null when that was skipped. */
    recall: v.optional(v.nullable(v.string())),
    /** Ids of the key points that were ticked as recalled. */
    keyPoints: v.optional(v.array(v.string())),
    /** An order or a match that is half given: items in their order, or groups of the items in the order shown. */
    draft: v.optional(v.object({ probe: v.string(), placed: v.array(v.number()) })),
    /** By id of the probe. */
    answers: v.record(v.string(), given),
});

export type Course = v.InferOutput<typeof courseSchema>;
export type Given = v.InferOutput<typeof given>;

/** A probe that is answered piece by piece. */
export type PiecewiseProbe = ProbeOf<'order'> | ProbeOf<'match'>;

/** What a course waits for. */
export type CourseStage =
    | { type: 'recall' }
    | { type: 'key points' }
    | { type: 'probe'; probe: Exclude<Probe, PiecewiseProbe> }
    | { type: 'piece'; probe: PiecewiseProbe; placed: readonly number[] }
    | { type: 'run'; probe: ProbeOf<'predict'> }
    | { type: 'over' };

/** The start of a course. */
export function startCourse(question: number, seed: number, review?: readonly string[]): Course {
    const mode = review ? 'review' : 'question';
    return { mode, question, seed, ...(review && { probes: [...review] }), answers: {} };
}

/** The probes that a course asks, of those that the question has now. */
export function probesOf(question: Question, course: Course): readonly Probe[] {
    if (course.mode === 'question') return question.probes;
    return question.probes.filter(({ id }) => course.probes?.includes(id));
}

/** What was answered to a probe; undefined when nothing was, or nothing that fits the probe as it is now. */
export function givenTo(course: Course, probe: Probe): Given | undefined {
    const found = Object.hasOwn(course.answers, probe.id) ? course.answers[probe.id] : undefined;
    return found && fits(probe, found.answer) ? found : undefined;
}

/** What a course waits for next. */
export function stageOf(question: Question, course: Course): CourseStage {
    if (course.mode === 'question') {
        if (course.recall === undefined) return { type: 'recall' };
        if (course.keyPoints === undefined) return { type: 'key points' };
    }
    for (const probe of probesOf(question, course)) {
        const answered = givenTo(course, probe);
        if (!answered) return openStage(probe, course);
        if (probe.kind === 'predict' && answered.shown === undefined) return { type: 'run', probe };
    }
    return { type: 'over' };
}

function openStage(probe: Probe, { draft }: Course): CourseStage {
    if (probe.kind !== 'order' && probe.kind !== 'match') return { type: 'probe', probe };
    const placed = draft?.probe === probe.id && fitsDraft(probe, draft.placed) ? draft.placed : [];
    return { type: 'piece', probe, placed };
}

function fitsDraft(probe: PiecewiseProbe, placed: readonly number[]): boolean {
    if (placed.length >= probe.items.length) return false;
    if (probe.kind === 'order') return areDistinctPlaces(placed, probe.items.length);
    return placed.every((group) => group < probe.groups.length);
}
