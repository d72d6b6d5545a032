import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';

import { projectRoot } from '../base/paths.js';
import { QUESTIONS } from '../course/questions.js';
import { LESSONS } from '../course/lessons.js';
import { checkQuestions } from './questions.js';
import { type Problem, readRepository } from './repository.js';

/** Any field of a question, right or wrong. */
// oxlint-disable-next-line typescript/no-explicit-any -- tests put in whatever a file might hold
type Fields = Record<string, any>;

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
    // Undisturbed and struck, the right one varies.
    const step = [0, 4, 3, 1, 5][number - 1]!;
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
                choices: trackers.map((tracker, i) => ({
                    tracker,
                    text: text(`${tracker.slice(0, 4)}${'x'.repeat((i + number) % 3)}`),
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
    return checkQuestions(repository).problems;
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
        ['it has no source', (q) => (q.sources = []), 'names no source'],
        ['a source is not safe', (q) => (q.sources[0].url = 'http://docs.apify.com'), 'does not begin with https://'],
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
        ['its answer is short', (q) => (q.answer = 'word'), 'answer has 1 words'],
        ['a backtick is open', (q) => (q.probes[0].choices[1].why += ' `x'), 'backtick'],
        ['it asks for many of one', (q) => (q.probes[0].ask = 'Select all.'), "one: says 'Select all'"],
        ['it hides that it asks for many', (q) => (q.probes[1].ask = 'What is right?'), "many: does not say 'Select"],
        ['a choice is a summary', (q) => (q.probes[1].choices[0].text += ' All of the above.'), "'All of the above'"],
        ['a choice is too sure', (q) => (q.probes[1].choices[3].text += ' is never so'), "'never'"],
        ['two choices are the same', (q) => (q.probes[1].choices[3].text = 'P of  question 2!'), 'what another one'],
        [
            'every choice is right',
            (q) => q.probes[1].choices.forEach((choice: Fields) => (choice.correct = true)),
            'many: has no wrong choice',
        ],
        ['a choice is long', (q) => (q.probes[0].choices[0].text += ' and so on and so on'), 'one: has a choice more'],
        ['a group is empty', (q) => (q.probes[3].items[0].group = 'goes'), "match: nothing belongs to 'stays'"],
        ['a reason is that of another', (q) => (q.probes[2].items[0].why = q.probes[4].why), 'is the same text as'],
    ])('is named when %s', (_, fields, message) => {
        expect(check({ fields, only: 2 })).toEqual([
            { file: SECOND, line: expect.any(Number), message: expect.stringContaining(message) },
        ]);
    });
});

describe('all questions together', () => {
    it('are named when one asks what another has asked', () => {
        const problems = check({ fields: (q) => (q.probes[0].ask = 'Which one?') });
        expect(problems.map(({ message }) => message)).toEqual(
            Array.from({ length: 4 }, () => expect.stringContaining('is the same text as probes.0.ask in quiz/1-')),
        );
    });

    it('are named when a kind of probe is rare', () => {
        expect(check({ fields: (q) => q.probes.splice(2, 1) })).toMatchObject([
            { message: expect.stringContaining('has 0 probes of the kind order') },
        ]);
    });

    it.each<[string, (right: Fields, choices: Fields[]) => void]>([
        ['the longest', (right) => (right.text += ' x x x')],
        ['the shortest', (right) => (right.text = right.text.slice(0, -4))],
        [
            'number 2',
            (right, choices) =>
                choices.splice(
                    0,
                    3,
                    choices.find((one) => one !== right)!,
                    right,
                    choices.findLast((one) => one !== right)!,
                ),
        ],
    ])('are named when the right choice is %s too often', (rule, change) => {
        const fields = (q: Fields): void => {
            const { choices } = q.probes[0];
            change(
                choices.find(({ correct }: Fields) => correct),
                choices,
            );
        };
        expect(check({ fields })).toMatchObject([
            {
                file: 'quiz',
                message: expect.stringMatching(new RegExp(`of 5 single probes: the right one is ${rule}$`)),
            },
        ]);
        expect(check({ fields, only: 1 })).toEqual([]);
    });
});

it('the questions of this repository hold, and say how well they could be guessed', () => {
    const { problems, summary } = checkQuestions(readRepository(projectRoot));

    expect(problems).toEqual([]);
    expect(summary).toMatch(/^Quiz: 5 questions, probes: \d+ single/);
    expect(summary).toMatch(/Single: the right one is the longest in \d+ and the shortest in \d+ of \d+/);
});
