import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';

import { describe, expect, it } from 'vitest';

import { projectRoot } from '../src/base/paths.js';
import { findLesson } from '../src/course/lessons.js';
import { readAdviceForAll, readSmallTexts } from '../src/exercise/content.js';
import { fileOfSubmission, SMALL_ADVICE, wrongFolder } from '../src/exercise/fixtures/small-submissions.js';
import { exerciseFolder, SMALL_EXERCISES } from '../src/exercise/small/exercises.js';

const MAX_LINES = 40;

it('each folder of exercises is one of the small ones, or the tracker’s', () => {
    const folders = readdirSync(join(projectRoot, 'exercises'), { withFileTypes: true })
        .filter((entry) => entry.isDirectory())
        .map(({ name }) => name);

    expect(folders.sort()).toEqual([...SMALL_EXERCISES.map(({ folder }) => folder), 'asin-tracker'].sort());
});

describe.each(SMALL_EXERCISES)('exercise $number, $title', (exercise) => {
    const read = (file: string): string => readFileSync(file, 'utf8');
    const { advice, hints } = readSmallTexts(exercise.folder);

    it('has a starter, a solution, a task and texts, and nothing else', () => {
        const files = readdirSync(exerciseFolder(exercise)).sort();

        expect(files).toEqual(['README.md', 'main.js', 'solution.js', 'texts.json']);
    });

    it(`is a whole Actor of at most ${MAX_LINES} lines, with nothing but the SDK and Node`, () => {
        for (const submission of ['starter', 'solution']) {
            const text = read(fileOfSubmission(exercise, submission));
            const packages = [...text.matchAll(/ from '(.+)'/g)].map(([, name]) => name!);
            // Only Crawlee has handlers in flight.
            const allowed = exercise.number === 5 ? ['apify', '@crawlee/cheerio'] : ['apify'];

            expect(text.trimEnd().split('\n').length).toBeLessThanOrEqual(MAX_LINES);
            expect(packages.filter((name) => !allowed.includes(name) && !name.startsWith('node:'))).toEqual([]);
            expect(text).toContain('await Actor.exit();');
        }
    });

    it('has advice for all that its judge may find, and no other', () => {
        const own = Object.keys(advice).filter((key) => !(key in readAdviceForAll()));

        expect(own.sort()).toEqual([...exercise.advice].sort());
        expect(new Set(hints).size).toBe(3);
    });

    it('has at least three wrong submissions, each with an advice of its own', () => {
        const { starter, ...wrong } = SMALL_ADVICE[exercise.folder]!;
        const files = readdirSync(wrongFolder(exercise)).map((file) => basename(file, '.js'));
        const advised = [starter!, ...Object.values(wrong)];

        expect(Object.keys(wrong).sort()).toEqual(files.sort());
        expect(files.length).toBeGreaterThanOrEqual(3);
        expect(new Set(advised).size).toBe(advised.length);
        expect(advised.filter((key) => !(key in advice))).toEqual([]);
    });

    it('has a task under its title, which ends with the lesson that it belongs to', () => {
        const readme = read(join(exerciseFolder(exercise), 'README.md'));
        const { number, file } = findLesson(String(exercise.lesson));

        expect(readme.startsWith(`# ${exercise.title}\n\n`)).toBe(true);
        expect(readme.trimEnd().split('\n').at(-1)).toMatch(
            new RegExp(`^Lesson: \\[${number}\\. .+\\]\\(\\.\\./\\.\\./lessons/${file}(#[\\w-]+)?\\)$`),
        );
    });

    it('is named by its lesson', () => {
        const { file } = findLesson(String(exercise.lesson));

        expect(read(join(projectRoot, 'lessons', file))).toContain(`npm run exercise -- ${exercise.number}\``);
    });
});
