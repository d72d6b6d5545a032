import { describe, expect, it } from 'vitest';

import { firstMissing, nodeArgumentsOf, normalise, shownOutputs } from './console-blocks.js';

describe('console blocks', () => {
    it('are found with command, output and line, and other blocks are not', () => {
        const text =
            '# One\n\n```console\n$ npm start\n…\n  a\n$ npm run shop -- --help\nb\n```\n\n```sh\n$ npm test\n```\n';

        expect(shownOutputs(new Map([['README.md', text]]))).toEqual([
            { file: 'README.md', line: 4, command: 'npm start', output: ['…', '  a'] },
            { file: 'README.md', line: 7, command: 'npm run shop -- --help', output: ['b'] },
        ]);
    });

    it('that do not begin with a command are found, too, so that they fail', () => {
        expect(shownOutputs(new Map([['a.md', '```console\nb\n```\n']]))).toMatchObject([{ command: '' }]);
    });
});

describe('a command', () => {
    const SCRIPTS = { start: 'node dist/src/cli/start.js', quiz: 'node dist/bundle/quiz.cjs', test: 'vitest run' };

    it.each([
        ['npm start', ['dist/src/cli/start.js']],
        ['npm start -- --demo', ['dist/src/cli/start.js', '--demo']],
        ['npm run quiz 3', ['dist/bundle/quiz.cjs', '3']],
        ['npm run --silent quiz -- --answers "my file.json"', ['dist/bundle/quiz.cjs', '--answers', 'my file.json']],
    ])('of npm comes to a file and its arguments: %s', (command, args) => {
        expect(nodeArgumentsOf(command, SCRIPTS)).toEqual(args);
    });

    it.each(['npm test', 'npm run gone', 'node dist/src/cli/start.js', 'npm ci && npm start', ''])(
        'that is another one is refused: %s',
        (command) => {
            expect(() => nodeArgumentsOf(command, SCRIPTS)).toThrow(/can't be checked.*npm run start, quiz/);
        },
    );
});

describe('a block of lines', () => {
    const OUTPUT = 'one\n\n  two   2.5 s\nthree\nfour 12 of 58\nfive\n';

    it.each([
        ['the whole output', ['one', 'two 2.5 s', 'three', 'four 12 of 58', 'five']],
        ['a part of it', ['three', 'four 12 of 58']],
        ['another time and other spaces', ['two 13.1 s', '    three']],
        ['a gap', ['one', '…', 'four 12 of 58']],
        ['a gap at both ends', ['…', 'three', '…']],
        ['a gap of no lines', ['one', '…', 'two 1 s']],
        ['empty lines', ['one', '', 'two 1.0 s', '', '']],
        ['nothing', []],
    ])('holds with %s', (_, block) => {
        expect(firstMissing(block, OUTPUT)).toBeUndefined();
    });

    it.each([
        ['a line that is not there', ['one', 'two 1 s', 'tree'], 'tree'],
        ['lines left out without a gap', ['one', 'three'], 'three'],
        ['lines in another order', ['three', '…', 'one'], 'one'],
        ['another number', ['three', 'four 11 of 58'], 'four 11 of 58'],
        ['a line once too often', ['five', '…', 'five'], 'five'],
    ])('does not hold with %s, and its first line that is missing is told', (_, block, missing) => {
        expect(firstMissing(block, OUTPUT)).toBe(missing);
    });

    it('does not hold against no output at all', () => {
        expect(firstMissing(['one'], '')).toBe('one');
    });
});

it.each([
    ['12.4s INFO  Offers', '<time> INFO Offers'],
    ['down for 1.4 s, 980 ms', 'down for <time>, <time>'],
    ['http://127.0.0.1:4322/s', 'http://127.0.0.1:<port>/s'],
    ['log: .actors-move/2026-08-08T10-11-12-step-0', 'log: <folder>'],
    ['at 2026-08-08T10:11:12.345Z', 'at <date>'],
    ['run HG7ML7M8z78YcAPEB', 'run <id>'],
    ['  object   ✔ exact   58 offers counted of 58', 'object ✔ exact 58 offers counted of 58'],
    [
        '  object   ✘ lost   28 offers counted of 58, ASINs: 7 exact, 5 missing',
        'object ✘ lost <n> offers counted of 58, ASINs: <n>',
    ],
    [
        '  dataset  ✘ duplicated  68 rows for 58 offers, 10 too many, 0 missing',
        'dataset ✘ duplicated <n> rows for 58 offers, <n> too many, <n> missing',
    ],
    [
        '1 of 12 ASINs is gone: so it is. The dataset has 1 row too many.',
        '<n> of 12 ASINs are gone: so it is. The dataset has <n> rows too many.',
    ],
    ['{"B079ZJ1BPR":3}', '{"B079ZJ1BPR":3}'],
])('what differs from run to run is taken out: %s', (line, normal) => {
    expect(normalise(line)).toBe(normal);
});
