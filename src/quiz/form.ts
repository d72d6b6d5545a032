import { type Course, type CourseStage } from './course.js';
import { type Event, openPieces } from './engine.js';
import type { Question } from './question.js';
import { layoutOf } from './shuffle.js';

export interface Option {
    value: number;
    text: string;
}

/** One thing to fill in: all that a face must be able to ask. */
export type Form =
    /** One line of free text; an empty one skips. */
    | { type: 'text'; message: string }
    | { type: 'pick'; message: string; options: readonly Option[] }
    /** Any number of options, also none. */
    | { type: 'tick'; message: string; options: readonly Option[] }
    /** `isWhole`: from 0 on, without a fraction. */
    | { type: 'number'; message: string; isWhole: boolean };

/** What was filled in: text for 'text', an option's value for 'pick', values for 'tick', a number for 'number'. */
export type Filled = string | number | readonly number[];

const START_OVER = -1;
const RUN = 1;

/** The form of what a course waits for. */
export function formOf(question: Question, course: Course, stage: Exclude<CourseStage, { type: 'over' }>): Form {
    switch (stage.type) {
        case 'recall':
            return { type: 'text', message: 'Your answer, or Enter to skip:' };
        case 'key points':
            return {
                type: 'tick',
                message: 'Which of these did you have?',
                options: question.keyPoints.map(({ point }, value) => ({ value, text: point })),
            };
        case 'probe':
            return probeForm(stage, course.seed);
        case 'piece':
            return pieceForm(stage, course.seed);
        case 'run':
            return {
                type: 'pick',
                message: 'Run this trial now?',
                options: [
                    { value: RUN, text: 'Run it: the Actor really runs and is struck, which takes some seconds' },
                    { value: 0, text: 'Skip it, and only explain' },
                ],
            };
    }
}

function probeForm({ probe }: CourseStage & { type: 'probe' }, seed: number): Form {
    if (probe.kind === 'number') {
        const { unit, answer, tolerance } = probe;
        const isWhole = Number.isInteger(answer) && Number.isInteger(tolerance) && answer >= 0;
        return { type: 'number', message: `A number (${unit}):`, isWhole };
    }
    const options = layoutOf(probe, seed).order.map((value) => ({ value, text: probe.choices[value]!.text }));
    if (probe.kind === 'multiple') return { type: 'tick', message: 'Select all that apply:', options };
    return { type: 'pick', message: probe.kind === 'predict' ? 'Your guess:' : 'Your choice:', options };
}

function pieceForm({ probe, placed }: CourseStage & { type: 'piece' }, seed: number): Form {
    const { order, groups } = layoutOf(probe, seed);
    const back = placed.length > 0 ? [{ value: START_OVER, text: '(start this one over)' }] : [];
    if (probe.kind === 'order') {
        const open = openPieces(probe, placed);
        const options = order.filter((item) => open.includes(item));
        return {
            type: 'pick',
            message: placed.length === 0 ? 'What comes first?' : `What comes next, as number ${placed.length + 1}?`,
            options: [...options.map((value) => ({ value, text: probe.items[value]!.text })), ...back],
        };
    }
    return {
        type: 'pick',
        message: `Item ${placed.length + 1} of ${order.length} belongs to:`,
        options: [...groups.map((value) => ({ value, text: probe.groups[value]! })), ...back],
    };
}

/** What was filled in, as an event. A prediction's trial is not run by this: see `wantsRun`. */
export function eventOf(
    question: Question,
    stage: Exclude<CourseStage, { type: 'over' | 'run' }>,
    filled: Filled,
): Event {
    switch (stage.type) {
        case 'recall':
            return { type: 'recalled', text: String(filled) };
        case 'key points':
            return { type: 'ticked', keyPoints: (filled as number[]).map((place) => question.keyPoints[place]!.id) };
        case 'piece':
            return { type: 'placed', place: filled === START_OVER ? null : (filled as number) };
        case 'probe': {
            const { kind } = stage.probe;
            if (kind === 'number') return { type: 'answered', answer: { kind, value: filled as number } };
            if (kind === 'multiple') return { type: 'answered', answer: { kind, choices: [...(filled as number[])] } };
            return { type: 'answered', answer: { kind, choice: filled as number } };
        }
    }
}

/** Whether the form of the stage 'run' was filled in with 'run it'. */
export function wantsRun(filled: Filled): boolean {
    return filled === RUN;
}
