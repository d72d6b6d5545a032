import { type Answer, fits } from '../../quiz/answer.js';
import type { Course, CourseStage } from '../../quiz/course.js';
import type { Event } from '../../quiz/engine.js';
import { eventOf, type Filled, type Form, formOf } from '../../quiz/form.js';
import type { Question } from '../../quiz/question.js';

/** What a form was filled in with: of a request or of the browser's own form. */
export type Fields = Pick<URLSearchParams, 'get' | 'getAll'>;

/** Names of fields. A whole order or match has fields of its own; all else is `filled`. */
export const FIELDS = { version: 'version', filled: 'filled', items: 'items', begin: 'begin', stop: 'stop' } as const;

/** What may be wanted of a prediction's trial. */
export const RUN_WISHES = { run: 'run', recorded: 'recorded', skip: 'skip' } as const;

/** Name of the field that holds the group of an item of a match. */
export function groupField(item: number): string {
    return `group-${item}`;
}

/** What was filled in, as an event; a sentence when it is no answer. */
export function eventIn(
    question: Question,
    course: Course,
    stage: Exclude<CourseStage, { type: 'over' | 'run' }>,
    fields: Fields,
): Event | string {
    if (stage.type === 'piece') {
        const { probe } = stage;
        if (probe.kind === 'match') {
            const groups = probe.items.map((_, item) => wholeNumber(fields.get(groupField(item))));
            if (groups.includes(undefined)) return 'Choose a group for each of them.';
            return answered({ kind: 'match', groups: groups as number[] }, 'These are no groups of this probe.');
        }
        const items = fields.getAll(FIELDS.items).map(wholeNumber);
        if (items.length > 0) {
            if (items.includes(undefined)) return 'These are no items of this probe.';
            return answered({ kind: 'order', items: items as number[] }, 'Each item has one place in the order.');
        }
    }
    const filled = read(formOf(question, course, stage), fields);
    return 'problem' in filled ? filled.problem : eventOf(question, stage, filled.filled);

    function answered(answer: Answer, problem: string): Event | string {
        const isOne = stage.type === 'piece' && fits(stage.probe, answer);
        return isOne ? { type: 'answered', answer } : problem;
    }
}

type Read = { filled: Filled } | { problem: string };

function read(form: Form, fields: Fields): Read {
    const [given] = fields.getAll(FIELDS.filled);
    switch (form.type) {
        case 'text':
            return { filled: given ?? '' };
        case 'number': {
            const text = given?.trim() ?? '';
            const number = Number(text);
            return text !== '' && Number.isFinite(number)
                ? { filled: number }
                : { problem: `Give a number, such as 20${text === '' ? '' : `, not '${text}'`}.` };
        }
        case 'pick': {
            const value = wholeNumber(given);
            if (value === undefined) return { problem: 'Choose one of them.' };
            const isOne = form.options.some((option) => option.value === value);
            return isOne ? { filled: value } : { problem: 'That is none of the choices.' };
        }
        case 'tick': {
            const values = fields.getAll(FIELDS.filled).map(wholeNumber);
            const areKnown = values.every((value) => form.options.some((option) => option.value === value));
            return areKnown
                ? { filled: [...new Set(values as number[])] }
                : { problem: 'One of these is none of the choices.' };
        }
    }
}

function wholeNumber(text: string | null | undefined): number | undefined {
    return text !== undefined && text !== null && /^-?\d{1,6}$/.test(text) ? Number(text) : undefined;
}
