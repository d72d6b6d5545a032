import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';

import { QUESTIONS } from '../course/questions.js';
import { LESSONS } from '../course/lessons.js';
import { findWrongQuestions } from './questions.js';
import type { Problem } from './repository.js';

/** Any field of a question, right or wrong. */
// oxlint-disable-next-line typescript/no-explicit-any -- tests put in whatever a file might hold
type Fields = Record<string, any>;

/** Steps that are predicted, and what they show. */
const TRUTHS = new Map([
    [0, 'lost'],
    [4, 'exact'],
    [3, 'under-counted'],
    [1, 'lost'],
    [5, 'exact'],
]);

/** A question that nothing is wrong with; its texts are its own. */
function question(number: number): Fields {
    const lesson = `lessons/${LESSONS.find((one) => one.question === number)!.file}`;
    const link = `${lesson}#the-part`;
    const text = (name: string): string => `${name} of question ${number}`;
    const choices = ['a', 'b', 'c'].map((name, i) => ({
        // Which one is right varies, and so does whether it is the longest.
        text: text(`${name}${'x'.repeat((i + (number === 3 || number === 5 ? 1 : 0)) % 3)}`),
        why: text(`why single ${name}`),
        ...(i === number % 3 && { correct: true }),
    }));
    const trackers = ['lost', 'exact', 'under-counted'];
    const [step, truth] = [...TRUTHS][number - 1]!;
    const wrong = trackers.filter((tracker) => tracker !== truth);
    return {
        number,
        title: text('Title'),
        question: text('What'),
        version: 'apify 3.7.2',
        answer: Array.from({ length: 100 }, () => 'word').join(' '),
        keyPoints: ['a', 'b', 'c'].map((id) => ({ id, point: text(`point ${id}`), why: text(`why point ${id}`) })),
        lessons: [lesson],
        sources: [{ title: 'Source', url: 'https://docs.apify.com' }],
        probes: [
            { id: 'one', kind: 'single', ask: text('Which'), lesson: link, choices },
            {
                id: 'many',
                kind: 'multiple',
                ask: `Select all that are right, ${number}.`,
                lesson: link,
                choices: ['p', 'q', 'r', 's'].map((name, i) => ({
                    text: text(name),
                    why: text(`why multiple ${name}`),
                    ...(i < 2 && { correct: true }),
                })),
            },
            {
                id: 'order',
                kind: 'order',
                ask: text('In which order'),
                lesson: link,
                items: ['f', 'g', 'h'].map((name) => ({ text: text(name), why: text(`why order ${name}`) })),
            },
            {
                id: 'match',
                kind: 'match',
                ask: text('What belongs where'),
                lesson: link,
                groups: ['stays', 'goes'],
                items: ['k', 'l', 'm'].map((name, i) => ({
                    text: text(name),
                    group: i === 0 ? 'stays' : 'goes',
                    why: text(`why match ${name}`),
                })),
            },
            {
                id: 'number',
                kind: 'number',
                ask: text('How many'),
                lesson: link,
                answer: 3,
                tolerance: 0,
                unit: 's',
                why: text('why number'),
            },
            {
                id: 'predict',
                kind: 'predict',
                ask: `Step ${step} is struck. What is left, ${number}?`,
                lesson: link,
                step,
                fault: step === 3 ? 'abort' : 'migrate',
                choices: trackers.map((tracker) => ({
                    tracker,
                    // The right one is neither the longest nor the shortest.
                    text: text(tracker.slice(0, 4).padEnd(tracker === truth ? 5 : 4 + 2 * wrong.indexOf(tracker), 'x')),
                    why: text(`why predict ${tracker}`),
                })),
            },
        ],
    };
}

interface Change {
    /** Puts something wrong into all five questions, or into the one with a number. */
    fields?: (question: Fields) => void;
    only?: number;
}

function check({ fields = () => {}, only }: Change = {}): Problem[] {
    const repository = new Map<string, string>([
        ['package.json', JSON.stringify({ scripts: { quiz: 'x' }, dependencies: { apify: '3.7.2' } })],
        ['src/cli/quiz.ts', "'--review'"],
        ...LESSONS.map(({ file }) => [`lessons/${file}`, '# Lesson\n\n## The part\n'] as const),
        ...QUESTIONS.map(({ number, file }) => {
            const value = question(number);
            if (only === undefined || only === number) fields(value);
            return [`quiz/${file}`, stringify(value, { lineWidth: 0 })] as const;
        }),
    ]);
    return findWrongQuestions(repository);
}

const [, SECOND] = QUESTIONS.map(({ file }) => `quiz/${file}`);

describe('a question', () => {
    it('passes when nothing is wrong with it', () => {
        expect(check()).toEqual([]);
    });

    it.each<[string, (question: Fields) => void, string]>([
        ['a lesson is not there', (q) => q.lessons.push('lessons/09-gone.md'), 'has no lessons/09-gone.md'],
        [
            'an anchor is not there',
            (q) => (q.probes[2].lesson = q.probes[2].lesson.replace('part', 'gone')),
            'has no #the-gone',
        ],
        ['its lesson is another', (q) => (q.lessons = ['lessons/07-the-task.md']), 'does not link to lessons/02'],
        ['a command is not there', (q) => (q.answer += ' `npm run gone`'), 'no script "gone"'],
        ['an option is not there', (q) => (q.answer += ' `--gone`'), 'the option --gone'],
        ['a step is not there', (q) => (q.keyPoints[0].why += ' Step 6.'), 'names Step 6'],
        [
            'a version is named and its own is not',
            (q) => {
                delete q.version;
                q.probes[0].ask += ' (apify 3.7.2)';
            },
            'does not say its version',
        ],
        ['its version is another', (q) => (q.version = 'apify 3.6.0'), 'version speaks of apify 3.6.0'],
        ['it asks of another version', (q) => (q.probes[0].ask += ' (apify 3.7.1)'), 'speaks of apify 3.7.1'],
        ['a backtick is open', (q) => (q.probes[0].choices[1].why += ' `x'), 'backtick'],
        ['a choice is a summary', (q) => (q.probes[1].choices[0].text += ' All of the above.'), "'All of the above'"],
        ['a choice is too sure', (q) => (q.probes[1].choices[3].text += ' is never so'), "'never'"],
        ['two choices are the same', (q) => (q.probes[1].choices[3].text = 'P of  question 2!'), 'what another one'],
        ['a choice is long', (q) => (q.probes[0].choices[0].text += ' and so on and so on'), 'one: has a choice more'],
    ])('is named when %s', (_, fields, message) => {
        expect(check({ fields, only: 2 })).toEqual([
            { file: SECOND, line: expect.any(Number), message: expect.stringContaining(message) },
        ]);
    });
});

describe.each<[string, (question: Fields) => Fields]>([
    ['single', (q) => q.probes[0].choices.find(({ correct }: Fields) => correct)],
    ['predict', (q) => q.probes[5].choices.find(({ tracker }: Fields) => tracker === TRUTHS.get(q.probes[5].step))],
])('all probes of the kind %s together', (kind, rightOf) => {
    it.each<[string, (text: string) => string]>([
        ['the longest', (text) => `${text} x x x`],
        ['the shortest', (text) => text.slice(0, -4)],
    ])('are named when the right choice is %s too often', (rule, change) => {
        const fields = (q: Fields): void => {
            const right = rightOf(q);
            right.text = change(right.text);
        };
        expect(check({ fields })).toEqual([
            {
                file: 'quiz',
                line: 1,
                message: expect.stringMatching(new RegExp(`^gives away \\d of 5 ${kind} probes: .* is ${rule}$`)),
            },
        ]);
        expect(check({ fields, only: 1 })).toEqual([]);
    });
});
