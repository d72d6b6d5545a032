import { describe, expect, it } from 'vitest';

import type { Lesson } from '../course/lessons.js';
import { findLessonProblems } from './lessons.js';

const LESSONS: Lesson[] = [
    { number: 1, file: '01-one.md' },
    { number: 2, file: '02-two.md', question: 4 },
    { number: 3, file: '03-three.md' },
];

const lesson = (title: string, check: string, way: string): string => `# ${title}

**Goal:** you can.

## Try it

\`\`\`sh
## In short
\`\`\`

## In short

- one
- two
- three

## Check yourself

${check}

---
${way}

[^a]: Source: [a](https://a.b).
`;

const FILES: Record<string, string> = {
    'lessons/01-one.md': lesson('1. One', 'Now `npm start`.', 'Next: [2. Two](02-two.md) · [All lessons](README.md)'),
    'lessons/02-two.md': lesson(
        '2. Two',
        '`npm run quiz -- --question 4` asks [question 4](../quiz/4-intercept-the-migration.yaml).',
        'Previous: [1. One](01-one.md) · Next: [3. Three](03-three.md) · [All lessons](README.md)',
    ),
    'lessons/03-three.md': lesson(
        '3. Three',
        '`npm run prove`',
        'Previous: [2. Two](02-two.md) · [All lessons](README.md)',
    ),
    'lessons/README.md':
        '# Lessons\n\n| | Lesson | Minutes |\n| --- | --- | --- |\n' +
        '| 1 | [One](01-one.md) | 1 |\n| 2 | [Two](02-two.md) | 1 min |\n| 3 | [Three](03-three.md) | 1 |\n',
    'lessons/glossary.md': '# Glossary\n',
    'lessons/what-changed.md': '# What changed\n',
    'lessons/02-two.slow.test.ts': '',
    'src/course/lessons.ts': "// the list\n'01-one.md'\n'02-two.md'\n'03-three.md'\n",
};

const check = (changed: Record<string, string | undefined> = {}) =>
    findLessonProblems(
        new Map(
            Object.entries({ ...FILES, ...changed }).filter(
                (entry): entry is [string, string] => entry[1] !== undefined,
            ),
        ),
        LESSONS,
    );

/** The second lesson with something else in it. */
const second = (from: string | RegExp, to: string) => ({
    'lessons/02-two.md': FILES['lessons/02-two.md']!.replace(from, to),
});

it('lessons that have all their parts pass', () => {
    expect(check()).toEqual([]);
});

describe('a lesson is named', () => {
    it.each<[string, Record<string, string | undefined>, RegExp]>([
        ['whose title has another number', second('# 2.', '# 3.'), /does not begin with "2\. "/],
        ['without a goal', second('**Goal:**', 'Goal:'), /no line "\*\*Goal/],
        ['without something to try', second('## Try it', '## Try'), /no section "Try it"/],
        ['without a summary', second(/^## In short$(?=\n\n-)/m, '## Short'), /no section "In short"/],
        ['with too short a summary', second('- two\n', ''), /has 2 bullets, not 3 to 6/],
        ['with too long a summary', second('- two\n', '- two\n'.repeat(5)), /has 7 bullets/],
        ['without a question', second('## Check yourself', '## Check'), /no section "Check yourself"/],
        ['that asks another question', second('4-intercept-the-migration', '3-under-the-hood'), /does not link/],
        [
            'that says no command',
            second('--question 4', '--question 3'),
            /does not name "npm run quiz -- --question 4"/,
        ],
        ['that is too long', second('- one', `${'word '.repeat(2_000)}\n\n- one`), /takes 11 minutes/],
        ['that leads to the wrong lesson', second('(03-three.md)', '(01-one.md)'), /lacks "Next: \[3\. Three\]/],
        ['that calls the one before by another name', second('[1. One]', '[One]'), /lacks "Previous: \[1\. One\]/],
        ['that does not lead to all of them', second('[All', '[all'), /lacks "\[All lessons\]\(README\.md\)"/],
    ])('%s', (_, changed, message) => {
        const problems = check(changed).filter(({ file }) => file === 'lessons/02-two.md');
        expect(problems).toEqual([{ file: 'lessons/02-two.md', line: 1, message: expect.stringMatching(message) }]);
    });

    it('without a question of its own and without a command', () => {
        const changed = { 'lessons/01-one.md': FILES['lessons/01-one.md']!.replace('`npm start`', 'rest') };
        expect(check(changed)).toMatchObject([{ message: '"Check yourself" says no command to run' }]);
    });
});

describe('the list of lessons is held to', () => {
    it.each(['lessons/03-three.md', 'lessons/glossary.md'])('by a problem when %s is missing', (file) => {
        expect(check({ [file]: undefined })).toContainEqual(
            expect.objectContaining({ file: 'src/course/lessons.ts', message: expect.stringContaining(file) }),
        );
    });

    it.each(['lessons/04-four.md', 'lessons/04-four.test.ts', 'lessons/2-two.slow.test.ts'])(
        'by a problem when it does not have that of %s',
        (file) => {
            expect(check({ [file]: '' })).toMatchObject([{ file, message: expect.stringContaining('does not list') }]);
        },
    );
});

describe('the index', () => {
    const index = (from: string, to: string) => ({
        'lessons/README.md': FILES['lessons/README.md']!.replace(from, to),
    });

    it.each<[string, Record<string, string>, number, RegExp]>([
        ['lacks a lesson', index('(02-two.md)', '(2.md)'), 1, /does not list 02-two\.md/],
        ['says another time', index('| 1 min |', '| 7 min |'), 6, /02-two\.md takes 1 minutes to read, not 7/],
        ['says no time', index('Minutes', ''), 1, /no table with a column for the minutes/],
    ])('is named when it %s', (_, changed, line, message) => {
        expect(check(changed)).toEqual([{ file: 'lessons/README.md', line, message: expect.stringMatching(message) }]);
    });
});
