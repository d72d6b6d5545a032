import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { exerciseProgress, quizProgress } from './overview.js';

let dir: string;

beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'actors-move-'));
});

afterEach(() => rmSync(dir, { recursive: true, force: true }));

const put = (file: string, content: unknown): void => writeFileSync(join(dir, file), JSON.stringify(content));

describe('where a learner is', () => {
    it('is nowhere before anything was done', () => {
        expect(quizProgress(dir)).toEqual({ done: [], of: 5 });
        expect(exerciseProgress(dir)).toEqual({ done: [], of: 6 });
    });

    it('is what the quiz has kept, whatever else stands there', () => {
        put('quiz.json', { courses: [], results: { 4: { points: 3 }, 1: {}, 99: {} }, cards: {} });

        expect(quizProgress(dir)).toEqual({ done: [1, 4], of: 5 });
    });

    it('is what the check of the exercise has kept', () => {
        put('check.json', { passed: [2, 1, 2, 7], at: 'now' });

        expect(exerciseProgress(dir)).toEqual({ done: [1, 2], of: 6 });
    });

    it.each(['', '{', '[]', '{"results": 1, "passed": "all"}', '\u0000'])(
        'is nowhere with a file that can’t be read (%j), which is left as it is',
        (content) => {
            writeFileSync(join(dir, 'quiz.json'), content);
            writeFileSync(join(dir, 'check.json'), content);

            expect(quizProgress(dir).done).toEqual([]);
            expect(exerciseProgress(dir).done).toEqual([]);
            expect(readdirSync(dir)).toEqual(['check.json', 'quiz.json']);
        },
    );
});
