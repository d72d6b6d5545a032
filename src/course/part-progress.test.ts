import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { exerciseProgress } from '../exercise/progress.js';
import { quizProgress } from '../quiz/progress.js';
import type { PartProgress } from './part-progress.js';

let dir: string;

beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'actors-move-'));
});

afterEach(() => rmSync(dir, { recursive: true, force: true }));

describe.each<[string, (dir: string) => PartProgress, number, { kept: object; done: number[] }]>([
    [
        'quiz',
        quizProgress,
        5,
        { kept: { courses: [], results: { 4: { points: 3 }, 1: {}, 99: {} }, cards: {} }, done: [1, 4] },
    ],
    ['check', exerciseProgress, 6, { kept: { passed: [2, 1, 2, 7], at: 'now' }, done: [1, 2] }],
])('where a learner is by %s.json', (name, progress, of, { kept, done }) => {
    const file = (): string => join(dir, `${name}.json`);

    it('is nowhere before anything was done', () => {
        expect(progress(dir)).toEqual({ done: [], of });
    });

    it('is what that part has kept, whatever else stands there', () => {
        writeFileSync(file(), JSON.stringify(kept));

        expect(progress(dir)).toEqual({ done, of });
    });

    it.each(['', '{', '[]', '{"results": 1, "passed": "all"}', '\u0000'])(
        'is nowhere with a file that can’t be read (%j), which is left as it is',
        (content) => {
            writeFileSync(file(), content);

            expect(progress(dir)).toEqual({ done: [], of });
            expect(readdirSync(dir)).toEqual([`${name}.json`]);
        },
    );
});
