import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { UsageError } from '../base/usage-error.js';
import { playAnswers, type QuestionAnswers, readAnswers } from './answers-file.js';
import { type Course, startCourse } from './course.js';
import { FIRST, SECOND } from './fixtures/questions.js';
import type { Surroundings } from './session.js';

let folder: string;

beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'actors-move-'));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

const PROBES = {
    'which-is-one': 1,
    'which-are': [1, 2, 4],
    'how-it-grows': [1, 2, 4, 3],
    'what-is-eaten': ['fruit', 'root', 'fruit'],
    'how-many': 9,
    'what-survives': 'exact',
};

function read(answers: unknown): Map<unknown, QuestionAnswers> {
    const file = join(folder, 'answers.json');
    writeFileSync(file, typeof answers === 'string' ? answers : JSON.stringify(answers));
    return readAnswers(file, [FIRST, SECOND]);
}

/** What is around a quiz that can run trials: remembers what was kept and run. */
function surroundings(shown: 'lost' | string): Surroundings & { kept: Course[]; runs: number } {
    const around = {
        kept: [] as Course[],
        runs: 0,
        keep: (_question: unknown, _before: unknown, after: Course): Course => {
            around.kept.push(after);
            return after;
        },
        run: async () => {
            around.runs++;
            return shown === 'lost' ? { tracker: 'lost' as const, counted: 1, truth: 2 } : shown;
        },
    };
    return around;
}

describe('answers from a file', () => {
    it('count choices and items from 1, in the order of the question’s file', () => {
        const answers = read({ 1: { probes: PROBES } }).get(FIRST)!;

        expect(answers).toMatchObject({ recall: null, keyPoints: [], run: false });
        expect(Object.fromEntries(answers.probes)).toEqual({
            'which-is-one': { kind: 'single', choice: 0 },
            'which-are': { kind: 'multiple', choices: [0, 1, 3] },
            'how-it-grows': { kind: 'order', items: [0, 1, 3, 2] },
            'what-is-eaten': { kind: 'match', groups: [0, 1, 0] },
            'how-many': { kind: 'number', value: 9 },
            'what-survives': { kind: 'predict', choice: 1 },
        });
    });

    it('are given one by one, each kept, and skip the run of a prediction', async () => {
        const around = surroundings('lost');
        const answers = read({ 1: { recall: 'words', keyPoints: ['seeds'], probes: PROBES } }).get(FIRST)!;

        const course = await playAnswers(FIRST, startCourse(1, 3), answers, around);

        expect(course).toMatchObject({ recall: 'words', keyPoints: ['seeds'] });
        expect(Object.values(course.answers).map(({ credit }) => credit)).toEqual([1, 1, 2 / 3, 1, 1, 0]);
        expect(course.answers['what-survives']!.shown).toBeNull();
        expect(around.kept).toHaveLength(2 + 6 + 1);
        expect(around.runs).toBe(0);
    });

    it.each([
        ['lost', 'lost'],
        ['The trial could not run.', null],
    ])('run a prediction when they say so: %s', async (shows, shown) => {
        const around = surroundings(shows);
        const answers = read({ 1: { probes: PROBES, run: true } }).get(FIRST)!;

        const course = await playAnswers(FIRST, startCourse(1, 3), answers, around);

        expect(around.runs).toBe(1);
        expect(course.answers['what-survives']!.shown).toBe(shown);
    });

    it('stop where one is missing', async () => {
        const answers = read({ 1: { probes: { 'which-is-one': 2 } } }).get(FIRST)!;

        const course = await playAnswers(FIRST, startCourse(1, 3), answers, surroundings('lost'));

        expect(Object.keys(course.answers)).toEqual(['which-is-one']);
    });
});

it.each<[unknown, RegExp]>([
    ['{"1": ', /answers\.json is no JSON/],
    [[], /answers\.json: holds no answers/],
    [5, /answers\.json: Invalid type: Expected Object/],
    [{ one: {} }, /answers\.json: one: must be a question's number/],
    [{ 3: {} }, /there is no question 3/],
    [{ 1: { recall: 5 } }, /1\.recall: /],
    [{ 1: { probe: {} } }, /1\.probe: /],
    [{ 1: { keyPoints: ['seed'] } }, /1\.keyPoints takes seeds, flower, kitchen, not 'seed'/],
    [{ 1: { probes: { 'which-was-one': 1 } } }, /1\.probes takes which-is-one, which-are, .*, not 'which-was-one'/],
    [{ 1: { probes: { 'which-is-one': 0 } } }, /1\.probes\.which-is-one takes a number from 1 to 3, not 0/],
    [{ 1: { probes: { 'which-is-one': 'Tomato' } } }, /takes a number from 1 to 3, not "Tomato"/],
    [{ 1: { probes: { 'which-are': [1, 1] } } }, /takes an array of numbers from 1 to 5, not \[1,1\]/],
    [{ 1: { probes: { 'which-are': 1 } } }, /takes an array of numbers from 1 to 5, not 1/],
    [{ 1: { probes: { 'how-it-grows': [1, 2, 3] } } }, /takes an array of all numbers from 1 to 4/],
    [{ 1: { probes: { 'what-is-eaten': ['fruit'] } } }, /takes an array of 3 out of \["fruit","root"\]/],
    [{ 1: { probes: { 'how-many': '9' } } }, /takes a number, not "9"/],
    [{ 1: { probes: { 'what-survives': 'gone' } } }, /takes "lost", "exact", "under-counted", not "gone"/],
])('an answers file with %j is refused in one line that says what is allowed', (answers, message) => {
    expect(() => read(answers)).toThrow(UsageError);
    expect(() => read(answers)).toThrow(message);
    expect(() => read(answers)).toThrow(/^[^\n]+$/);
});

it('an answers file that is not there is named', () => {
    expect(() => readAnswers(join(folder, 'gone.json'), [FIRST])).toThrow(/gone\.json can't be read: ENOENT/);
});
