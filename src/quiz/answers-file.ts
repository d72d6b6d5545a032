import * as v from 'valibot';

import { UsageError } from '../base/usage-error.js';
import { type Answer, areDistinctPlaces } from './answer.js';
import { type Course, stageOf } from './course.js';
import { readDataFile } from './data-file.js';
import { type Event, step } from './engine.js';
import type { Probe, Question } from './question.js';
import type { Surroundings } from './session.js';

/** Answers by number of the question. How each probe is answered: see `answerTo`. */
const answersSchema = v.pipe(
    v.record(
        v.pipe(v.string(), v.regex(/^\d+$/, "must be a question's number")),
        v.strictObject({
            recall: v.optional(v.nullable(v.string()), null),
            keyPoints: v.optional(v.array(v.string()), []),
            probes: v.optional(v.record(v.string(), v.unknown()), {}),
            run: v.optional(v.boolean(), false),
        }),
    ),
    v.minEntries(1, 'holds no answers'),
);

/** A question's answers, all known to fit it. */
export interface QuestionAnswers {
    recall: string | null;
    keyPoints: string[];
    /** By id of the probe. */
    probes: ReadonlyMap<string, Answer>;
    /** Whether trials of predictions are run. */
    run: boolean;
}

/**
 * Reads answers that a program or a person has written down, by question.
 *
 * @throws UsageError that names the file, the field and what is allowed.
 */
export function readAnswers(file: string, questions: readonly Question[]): Map<Question, QuestionAnswers> {
    const answers = readDataFile(file, answersSchema);
    return new Map(
        Object.entries(answers).map(([number, { recall, keyPoints, probes, run }]) => {
            const fail = (field: string, what: string): never => {
                throw new UsageError(`${file}: ${number}.${field} ${what}.`);
            };
            const question = questions.find((one) => String(one.number) === number);
            if (!question) throw new UsageError(`${file}: there is no question ${number}.`);
            const points = question.keyPoints.map(({ id }) => id);
            const unknown = keyPoints.find((id) => !points.includes(id));
            if (unknown !== undefined) fail('keyPoints', `takes ${points.join(', ')}, not '${unknown}'`);
            const known = Object.entries(probes).map(([id, given]): [string, Answer] => {
                const probe = question.probes.find((one) => one.id === id);
                const ids = question.probes.map((one) => one.id).join(', ');
                if (!probe) return fail('probes', `takes ${ids}, not '${id}'`);
                const answer = answerTo(probe, given);
                return [id, answer ?? fail(`probes.${id}`, `takes ${allowedFor(probe)}, not ${JSON.stringify(given)}`)];
            });
            return [question, { recall, keyPoints, probes: new Map(known), run }];
        }),
    );
}

/** Reads one answer as the file has it: places count from 1, in the order of the question's file. */
function answerTo(probe: Probe, given: unknown): Answer | undefined {
    switch (probe.kind) {
        case 'single': {
            const [choice] = placesIn([given], probe.choices.length) ?? [];
            return choice === undefined ? undefined : { kind: 'single', choice };
        }
        case 'multiple': {
            const choices = placesIn(given, probe.choices.length);
            return choices && { kind: 'multiple', choices };
        }
        case 'order': {
            const items = placesIn(given, probe.items.length);
            return items?.length === probe.items.length ? { kind: 'order', items } : undefined;
        }
        case 'match': {
            const groups = Array.isArray(given) ? given.map((name) => probe.groups.indexOf(name as string)) : [];
            const isWhole = groups.length === probe.items.length && !groups.includes(-1);
            return isWhole ? { kind: 'match', groups } : undefined;
        }
        case 'number':
            return typeof given === 'number' ? { kind: 'number', value: given } : undefined;
        case 'predict': {
            const choice = probe.choices.findIndex(({ tracker }) => tracker === given);
            return choice === -1 ? undefined : { kind: 'predict', choice };
        }
    }
}

function placesIn(given: unknown, count: number): number[] | undefined {
    if (!Array.isArray(given)) return undefined;
    const places = given.map((one: unknown) => (Number.isInteger(one) ? (one as number) - 1 : -1));
    return places.every((one) => one >= 0) && areDistinctPlaces(places, count) ? places : undefined;
}

function allowedFor(probe: Probe): string {
    switch (probe.kind) {
        case 'single':
            return `a number from 1 to ${probe.choices.length}`;
        case 'multiple':
            return `an array of numbers from 1 to ${probe.choices.length}`;
        case 'order':
            return `an array of all numbers from 1 to ${probe.items.length}`;
        case 'match':
            return `an array of ${probe.items.length} out of ${JSON.stringify(probe.groups)}`;
        case 'number':
            return 'a number';
        case 'predict':
            return probe.choices.map(({ tracker }) => JSON.stringify(tracker)).join(', ');
    }
}

/** As `play`, with answers from a file: as far as they go. */
export async function playAnswers(
    question: Question,
    started: Course,
    answers: QuestionAnswers,
    surroundings: Surroundings,
): Promise<Course> {
    let course = started;
    for (;;) {
        const event = await nextEvent(question, course, answers, surroundings);
        if (!event) return course;
        course = surroundings.keep(question, course, step(question, course, event));
    }
}

async function nextEvent(
    question: Question,
    course: Course,
    { recall, keyPoints, probes, run }: QuestionAnswers,
    surroundings: Surroundings,
): Promise<Event | undefined> {
    const stage = stageOf(question, course);
    switch (stage.type) {
        case 'recall':
            return { type: 'recalled', text: recall };
        case 'key points':
            return { type: 'ticked', keyPoints };
        case 'probe':
        case 'piece': {
            const answer = probes.get(stage.probe.id);
            return answer && { type: 'answered', answer };
        }
        case 'run': {
            if (!run) return { type: 'ran', shown: null };
            const shown = await surroundings.run(stage.probe, () => {});
            return { type: 'ran', shown: typeof shown === 'string' ? null : shown.tracker };
        }
        case 'over':
            return undefined;
    }
}
