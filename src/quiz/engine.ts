import type { Answer } from './answer.js';
import { type Course, type PiecewiseProbe, type CourseStage, stageOf } from './course.js';
import { grade } from './grade.js';
import type { Probe, Question, Tracker } from './question.js';
import { layoutOf } from './shuffle.js';

/** What a learner does. */
export type Event =
    /** Free text; null skips it. */
    | { type: 'recalled'; text: string | null }
    /** Ids of the key points that were in it. */
    | { type: 'ticked'; keyPoints: string[] }
    | { type: 'answered'; answer: Answer }
    /** The next item of an order, or the group of the next item of a match; null takes all pieces back. */
    | { type: 'placed'; place: number | null }
    /** What the trial of a prediction showed; null when it was not run. */
    | { type: 'ran'; shown: Tracker | null };

/**
 * The quiz's one transition: a course and an event give the course after it. Nothing else is read or written, so that
 * the same events always lead to the same course.
 *
 * @throws TypeError when the course does not wait for such an event, or the answer can't be one to its probe.
 */
export function step(question: Question, course: Course, event: Event): Course {
    const stage = stageOf(question, course);
    switch (event.type) {
        case 'recalled':
            if (stage.type !== 'recall') break;
            return { ...course, recall: event.text?.trim() || null };
        case 'ticked':
            if (stage.type !== 'key points') break;
            return {
                ...course,
                keyPoints: event.keyPoints.filter((id) => question.keyPoints.some((p) => p.id === id)),
            };
        case 'answered':
            if (stage.type !== 'probe' && stage.type !== 'piece') break;
            return answered(course, stage.probe, event.answer);
        case 'placed':
            if (stage.type !== 'piece') break;
            return placed(course, stage, event.place);
        case 'ran': {
            if (stage.type !== 'run') break;
            const { id } = stage.probe;
            const answers = { ...course.answers, [id]: { ...course.answers[id]!, shown: event.shown } };
            return { ...course, answers };
        }
    }
    throw new TypeError(`A course that waits for '${stage.type}' can't take '${event.type}'.`);
}

function answered({ draft: _, ...course }: Course, probe: Probe, answer: Answer): Course {
    return { ...course, answers: { ...course.answers, [probe.id]: { answer, credit: grade(probe, answer) } } };
}

function placed(
    course: Course,
    { probe, placed: before }: CourseStage & { type: 'piece' },
    place: number | null,
): Course {
    if (place === null) return { ...course, draft: { probe: probe.id, placed: [] } };
    const open = openPieces(probe, before);
    if (!open.includes(place)) throw new TypeError(`'${place}' can't come next in the probe '${probe.id}'.`);
    const pieces = [...before, place];
    // Where one item is left it can only come last.
    const last = probe.kind === 'order' ? openPieces(probe, pieces) : [];
    const isWhole = probe.kind === 'order' ? last.length === 1 : pieces.length === probe.items.length;
    if (!isWhole) return { ...course, draft: { probe: probe.id, placed: pieces } };
    return answered(course, probe, answerOf(probe, [...pieces, ...last], course.seed));
}

/** What may come next: items that are not placed yet, or any group. */
export function openPieces(probe: PiecewiseProbe, before: readonly number[]): number[] {
    if (probe.kind === 'match') return [...probe.groups.keys()];
    return [...probe.items.keys()].filter((item) => !before.includes(item));
}

function answerOf(probe: PiecewiseProbe, pieces: readonly number[], seed: number): Answer {
    if (probe.kind === 'order') return { kind: 'order', items: [...pieces] };
    // Items are asked in the order shown, and kept in the order of the file.
    const { order } = layoutOf(probe, seed);
    return { kind: 'match', groups: [...probe.items.keys()].map((item) => pieces[order.indexOf(item)]!) };
}
