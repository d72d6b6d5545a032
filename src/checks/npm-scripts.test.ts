import { describe, expect, test } from 'vitest';

import { findScriptsWithoutSource, findUnknownCommands, findUnknownOptions } from './npm-scripts.js';

const repository = (readme: string, scripts: Record<string, string>) =>
    new Map([
        ['README.md', readme],
        ['package.json', JSON.stringify({ scripts }, null, 4)],
        ['src/cli/start.ts', ''],
    ]);

describe('commands in Markdown', () => {
    const scripts = { start: 'node x', 'check:content': 'node y' };

    test.each([
        '`npm start`',
        'run npm run check:content.',
        '```\nnpm run --silent start -- --json\n```',
        'npm run <name>',
    ])('pass when package.json has the script: %s', (readme) => {
        expect(findUnknownCommands(repository(readme, scripts))).toEqual([]);
    });

    test.each([
        ['`npm run quiz`', 'quiz'],
        ['`npm run check`', 'check'],
        ['`npm ci && npm test`', 'test'],
        ['npm run --silent gone', 'gone'],
    ])('are named when it does not: %s', (readme, name) => {
        expect(findUnknownCommands(repository(`# Title\n\n${readme}`, scripts))).toEqual([
            { file: 'README.md', line: 3, message: expect.stringContaining(`no script "${name}"`) },
        ]);
    });
});

describe('options in Markdown', () => {
    const check = (readme: string) =>
        findUnknownOptions(
            new Map([
                ['README.md', readme],
                ['package.json', JSON.stringify({ scripts: SCRIPTS }, null, 4)],
                ['src/cli/solution.ts', 'Options\n  --fault <fault>\n  --no-reboot\n'],
                ['src/cli/quiz.ts', 'Options\n  --question <n>\n'],
                ['src/cli/run.ts', "import { HELP } from './run-help.js';"],
                ['src/cli/run-help.ts', 'Options\n  --compare\n'],
            ]),
        );
    const SCRIPTS = {
        solution: 'node dist/src/cli/solution.js',
        quiz: 'node dist/bundle/quiz.cjs',
        move: 'node dist/src/cli/run.js',
        test: 'vitest run',
    };

    test.each([
        '`npm run solution -- 2 --fault migrate --no-reboot`',
        '```sh\nnpm run solution -- 2   # not --this\n```',
        '`npm run quiz -- --question 4`, `npm run solution -- --help`',
        '`npm test -- --reporter dot`',
        '`npm run move -- --compare`',
        '`npm run solution` and --gone',
    ])('pass when the command has them: %s', (readme) => {
        expect(check(readme)).toEqual([]);
    });

    test.each([
        ['`npm run solution -- 2 --faults migrate`', '--faults'],
        ['`npm run solution -- 2 --no`', '--no'],
        ['`npm run quiz -- --fault`', '--fault'],
    ])('are named when it does not: %s', (readme, option) => {
        expect(check(`# Title\n\n${readme}`)).toEqual([
            { file: 'README.md', line: 3, message: expect.stringContaining(`gives ${option} to`) },
        ]);
    });
});

describe('scripts of package.json', () => {
    test('pass when the compiled file has a source', () => {
        expect(
            findScriptsWithoutSource(repository('', { start: 'node dist/src/cli/start.js', test: 'vitest run' })),
        ).toEqual([]);
        expect(findScriptsWithoutSource(repository('', { start: 'node dist/bundle/start.js' }))).toEqual([]);
    });

    test('pass when the bundled command has a source', () => {
        expect(findScriptsWithoutSource(repository('', { begin: 'node dist/bundle/start.js' }))).toEqual([]);
    });

    test('are named when it has none', () => {
        expect(findScriptsWithoutSource(repository('', { lint: 'oxlint', quiz: 'node dist/src/cli/quiz.js' }))).toEqual(
            [
                {
                    file: 'package.json',
                    line: 4,
                    message: 'script "quiz" runs dist/src/cli/quiz.js, but there is no src/cli/quiz.ts',
                },
            ],
        );
    });
});
