import { type Block, type Sign, text, title } from './block.js';
import { type Course, givenTo, probesOf } from './course.js';
import { rounded } from './feedback.js';
import type { Question } from './question.js';
import { dueProbes, nextDue, type QuizRecord } from './record.js';

/** Where a learner is. */
export interface Overview {
    done: number;
    left: number;
    /** Probes that are due for review now. */
    due: number;
    /** When the next one is, as ISO time; null when none will be. */
    nextDue: string | null;
    questions: QuestionState[];
}

export interface QuestionState {
    number: number;
    title: string;
    state: 'done' | 'under way' | 'left';
    probes: number;
    /** Probes answered in the course under way. */
    answered: number;
    /** Points when it was last done; null when it never was. */
    points: number | null;
    of: number | null;
    due: number;
}

/** Sums up a learner's record. */
export function overview(record: QuizRecord, questions: readonly Question[], now: Date): Overview {
    const due = dueProbes(record, questions, now);
    const states = questions.map((question): QuestionState => {
        const { number, title, probes } = question;
        const course = record.courses.find((one) => one.mode === 'question' && one.question === number);
        const result = record.results[number];
        return {
            number,
            title,
            state: course ? 'under way' : result ? 'done' : 'left',
            probes: probes.length,
            answered: course ? answeredIn(question, course) : 0,
            points: result?.points ?? null,
            of: result?.of ?? null,
            due: due.filter((probe) => probe.question === question).length,
        };
    });
    const done = questions.filter(({ number }) => record.results[number]).length;
    return {
        done,
        left: questions.length - done,
        due: due.length,
        nextDue: nextDue(record, questions, now)?.toISOString() ?? null,
        questions: states,
    };
}

function answeredIn(question: Question, course: Course): number {
    return probesOf(question, course).filter((probe) => givenTo(course, probe)).length;
}

/** In one line, for the start of the quiz. */
export function summary({ done, left, due, questions }: Overview): Block {
    const begun = questions.filter(({ state }) => state === 'under way').length;
    const underWay = begun === 0 ? '' : `, ${begun} under way`;
    return text(`${done} done, ${left} left${underWay}, ${due} ${due === 1 ? 'probe' : 'probes'} due for review.`);
}

/** What the whole quiz has come to, once no question is left, and when it asks again. */
export function total({ questions, due, nextDue: next }: Overview): Block[] {
    const [points, of] = [sum(questions.map((one) => one.points)), sum(questions.map((one) => one.of))];
    const again = due > 0 ? 'now' : next === null ? undefined : `from ${new Date(next).toLocaleString()} on`;
    return [
        title('All questions are done'),
        text(`${rounded(points)} of ${of} points in all.`),
        text(
            again === undefined
                ? 'Nothing went wrong, so nothing will be asked again.'
                : `What went wrong is asked again ${again}: \`npm run quiz -- --review\`.`,
        ),
    ];
}

function sum(numbers: readonly (number | null)[]): number {
    return numbers.reduce<number>((all, number) => all + (number ?? 0), 0);
}

const SIGNS: Record<QuestionState['state'], Sign> = { done: 'done', 'under way': 'under way', left: 'none' };

/** Every question on a line of its own. */
export function list(overviewed: Overview): Block[] {
    return [
        ...overviewed.questions.map((question): Block => {
            const { number, title, state } = question;
            return { type: 'item', sign: SIGNS[state], text: `${number}. ${title}`, note: noteOn(question) };
        }),
        summary(overviewed),
    ];
}

function noteOn({ state, probes, answered, points, of, due }: QuestionState): string {
    const parts: string[] = [];
    if (state === 'under way') parts.push(`under way, ${answered} of ${probes} probes`);
    if (points !== null && of !== null) parts.push(`done, ${rounded(points)} of ${of} points`);
    if (due > 0) parts.push(`${due} due`);
    return parts.length === 0 ? 'left' : parts.join('; ');
}
