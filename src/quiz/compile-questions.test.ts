import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { stringify } from 'yaml';

import { type Compiled, compileQuestions } from './compile-questions.js';
import { FIRST, SECOND } from './fixtures/questions.js';

let folder: string;

beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'actors-move-'));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

const MANIFEST = [
    { number: 2, file: '2-nuts.yaml' },
    { number: 1, file: '1-fruit.yaml' },
];

/** Compiles what a folder with these files holds. */
function compile(files: Record<string, string>): Compiled {
    for (const [file, text] of Object.entries(files)) writeFileSync(join(folder, file), text);
    return compileQuestions(folder, MANIFEST);
}

describe('the build of the questions', () => {
    it('takes them in the order of the manifest', () => {
        const { questions, problems } = compile({ '1-fruit.yaml': stringify(FIRST), '2-nuts.yaml': stringify(SECOND) });

        expect(problems).toEqual([]);
        expect(questions).toEqual([SECOND, FIRST]);
    });

    it('passes over files that are not there yet', () => {
        expect(compile({ '1-fruit.yaml': stringify(FIRST) }).questions).toEqual([FIRST]);
        expect(compileQuestions(join(folder, 'nowhere'), MANIFEST)).toEqual({ questions: [], problems: [] });
    });

    it('names a file that the manifest does not', () => {
        const { problems } = compile({ '3-stray.yaml': '', 'README.md': '' });

        expect(problems).toEqual(['quiz/3-stray.yaml: src/course/questions.ts does not name it']);
    });

    it('names line and field of what is wrong, and goes on to the other files', () => {
        const text = stringify(SECOND).replace('kind: single', 'kind: singel').replace('tolerance: 0', 'tolerance: -1');
        const line = (what: string): number => text.slice(0, text.indexOf(what)).split('\n').length;

        const { problems, questions } = compile({ '2-nuts.yaml': text, '1-fruit.yaml': stringify(FIRST) });

        expect(questions).toEqual([FIRST]);
        expect(problems).toEqual([
            expect.stringMatching(`^quiz/2-nuts.yaml:${line('singel')}: probes.0.kind: .*"singel"`),
            expect.stringMatching(`^quiz/2-nuts.yaml:${line('tolerance: -1')}: probes.1.tolerance: .*-1`),
        ]);
    });
});

describe('the build refuses', () => {
    const wrong = (change: (question: any) => void): string => {
        const question = structuredClone(FIRST);
        change(question);
        return stringify(question);
    };

    it.each<[string, string, RegExp]>([
        ['text that is no YAML', 'number: 1\ntitle: "open\n', /^quiz\/1-fruit\.yaml:\d+: Missing closing "quote/],
        ['a key that stands twice', 'number: 1\nnumber: 1\n', /^quiz\/1-fruit\.yaml:2: Map keys must be unique/],
        ['an empty file', '', /Expected Object but received null/],
        ['what is missing', wrong((q) => delete q.answer), /:\d+: answer: .*"answer"|: answer: /],
        ['a key that is not known', wrong((q) => (q.tilte = 'x')), /: tilte: /],
        ['another number than the manifest’s', wrong((q) => (q.number = 5)), /number: is 5, but .* says 1$/],
        [
            'no right choice',
            wrong((q) => delete q.probes[0].choices[0].correct),
            /probes\.0\.choices: needs one correct choice/,
        ],
        ['an id that stands twice', wrong((q) => (q.probes[1].id = q.probes[0].id)), /probes: uses an id twice/],
        ['key points with one id', wrong((q) => (q.keyPoints[1].id = 'seeds')), /keyPoints: uses an id twice/],
        ['an item of no group', wrong((q) => (q.probes[3].items[0].group = 'stem')), /probes\.3\.items: names a group/],
        [
            'a group that stands twice',
            wrong((q) => (q.probes[3].groups[1] = 'fruit')),
            /probes\.3\.groups: names a group twice/,
        ],
        [
            'a truth that is not offered',
            wrong((q) => (q.probes[5].truth = 'miscounted')),
            /probes\.5\.choices: does not offer/,
        ],
        [
            'a verdict offered twice',
            wrong((q) => (q.probes[5].choices[1].tracker = 'lost')),
            /probes\.5\.choices: offers a verdict twice/,
        ],
        ['a choice without its why', wrong((q) => (q.probes[0].choices[1].why = ' ')), /probes\.0\.choices\.1\.why/],
    ])('%s', (_, text, problem) => {
        const { questions, problems } = compile({ '1-fruit.yaml': text });

        expect(questions).toEqual([]);
        expect(problems[0]).toMatch(problem);
    });
});
