import { readFileSync } from 'node:fs';

import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';

import { type Compiled, compileQuestions } from './compile-questions.js';
import { FIRST, QUESTIONS_FIXTURE, SECOND } from './fixtures/questions.js';

/** Any fields of a question, right or wrong. */
// oxlint-disable-next-line typescript/no-explicit-any -- tests put in whatever a file might hold
type Fields = Record<string, any>;

const [FRUIT, NUTS] = JSON.parse(readFileSync(QUESTIONS_FIXTURE, 'utf8')) as [Fields, Fields];

const MANIFEST = [
    { number: 2, file: '2-nuts.yaml' },
    { number: 1, file: '1-fruit.yaml' },
];

/** Compiles two questions that nothing is wrong with, but for what is put in their place. */
function compile(files: Record<string, string>): Compiled {
    const texts = { '1-fruit.yaml': stringify(FRUIT), '2-nuts.yaml': stringify(NUTS), ...files };
    const inFolder = Object.entries(texts).map(([file, text]) => [`quiz/${file}`, text] as const);
    return compileQuestions(new Map(inFolder), MANIFEST);
}

describe('the questions', () => {
    it('come in the order of the list, with the answers that the table of verdicts gives', () => {
        const { sources, problems } = compile({ 'README.md': '# The quiz\n' });

        expect(problems).toEqual([]);
        expect(sources.map(({ question }) => question)).toEqual([SECOND, FIRST]);
        expect([FIRST, SECOND].map(({ probes }) => probes.at(-1))).toMatchObject([
            { truth: 'lost' },
            { truth: 'exact' },
        ]);
    });

    it('are named when their file is missing, and when the list does not name it', () => {
        const texts = new Map([['quiz/3-more.yaml', '']]);

        expect(compileQuestions(texts, MANIFEST)).toEqual({
            sources: [],
            problems: [
                { file: 'quiz/3-more.yaml', line: 1, message: expect.stringContaining('src/course/questions.ts') },
                { file: 'quiz/2-nuts.yaml', line: 1, message: expect.stringContaining('is missing') },
                { file: 'quiz/1-fruit.yaml', line: 1, message: expect.stringContaining('is missing') },
            ],
        });
    });

    it('are named with line and field of what is wrong, and the other files are read', () => {
        const text = stringify(NUTS).replace('kind: single', 'kind: singel').replace('tolerance: 0', 'tolerance: -1');
        const line = (what: string): number => text.slice(0, text.indexOf(what)).split('\n').length;

        const { sources, problems } = compile({ '2-nuts.yaml': text });

        expect(sources.map(({ question }) => question)).toEqual([FIRST]);
        expect(problems).toEqual([
            {
                file: 'quiz/2-nuts.yaml',
                line: line('singel'),
                message: expect.stringMatching(/^probes\.0\.kind: .*"singel"/),
            },
            {
                file: 'quiz/2-nuts.yaml',
                line: line('tolerance: -1'),
                message: expect.stringMatching(/^probes\.1\.tolerance: .*-1/),
            },
        ]);
    });
});

describe('a question is refused with', () => {
    const wrong = (change: (question: Fields) => void): string => {
        const question = structuredClone(FRUIT);
        change(question);
        return stringify(question);
    };

    it.each<[string, string, RegExp]>([
        ['text that is no YAML', 'number: 1\ntitle: "open\n', /Missing closing "quote/],
        ['a key that stands twice', 'number: 1\nnumber: 1\n', /Map keys must be unique/],
        ['an empty file', '', /Expected Object but received null/],
        ['something missing', wrong((q) => delete q.answer), /^answer: /],
        ['a key that is not known', wrong((q) => (q.tilte = 'x')), /^tilte: /],
        ['another number than the list’s', wrong((q) => (q.number = 5)), /^number: is 5, but .* says 1$/],
        ['no right choice', wrong((q) => delete q.probes[0].choices[0].correct), /^probes\.0\.choices: needs one/],
        ['an id that stands twice', wrong((q) => (q.probes[1].id = q.probes[0].id)), /^probes: uses an id twice/],
        ['key points with one id', wrong((q) => (q.keyPoints[1].id = 'seeds')), /^keyPoints: uses an id twice/],
        [
            'an item of no group',
            wrong((q) => (q.probes[3].items[0].group = 'stem')),
            /^probes\.3\.items: names a group/,
        ],
        [
            'a group that stands twice',
            wrong((q) => (q.probes[3].groups[1] = 'fruit')),
            /^probes\.3\.groups: names a gr/,
        ],
        ['a group of nothing', wrong((q) => q.probes[3].groups.push('leaf')), /^probes\.3\.groups: .*nothing belongs/],
        [
            'every choice right',
            wrong((q) => q.probes[1].choices.forEach((choice: Fields) => (choice.correct = true))),
            /^probes\.1\.choices: needs a wrong choice/,
        ],
        ['no source', wrong((q) => (q.sources = [])), /^sources: /],
        ['a source that is not safe', wrong((q) => (q.sources[0].url = 'http://a.b')), /^sources\.0\.url: .*https/],
        ['a step that is none', wrong((q) => (q.probes[5].step = 6)), /^probes\.5\.step: is no step of the table/],
        ['a truth of its own', wrong((q) => (q.probes[5].truth = 'exact')), /^probes\.5\.truth: /],
        ['a truth that is not offered', wrong((q) => (q.probes[5].step = 2)), /^probes\.5\.choices: does not offer/],
        ['a verdict offered twice', wrong((q) => (q.probes[5].choices[1].tracker = 'lost')), /offers a verdict twice/],
        ['a choice without its why', wrong((q) => (q.probes[0].choices[1].why = ' ')), /^probes\.0\.choices\.1\.why/],
    ])('%s', (_, text, message) => {
        const { sources, problems } = compile({ '1-fruit.yaml': text });

        expect(sources.map(({ question }) => question)).toEqual([SECOND]);
        expect(problems[0]).toEqual({
            file: 'quiz/1-fruit.yaml',
            line: expect.any(Number),
            message: expect.stringMatching(message),
        });
    });
});
