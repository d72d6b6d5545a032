import { describe, expect, it } from 'vitest';

import { findUnprovenClaims } from './claims.js';

/** As many proven claims as there must be, so that a test sees its own problem only. */
const IDS = Array.from({ length: 30 }, (_, n) => `claim-${n}`);
const ENOUGH: [string, string][] = [
    ['lessons/enough.test.ts', IDS.map((id) => `claim('${id}', 'is so', async () => {});`).join('\n')],
    [
        'lessons/enough.md',
        `${IDS.map((id) => `It is so.[^${id}]`).join('\n')}\n\n` +
            IDS.map((id) => `[^${id}]: Proven by a test: [enough.test.ts](enough.test.ts).`).join('\n'),
    ],
];

const check = (lesson: string, test = '') =>
    findUnprovenClaims(new Map([...ENOUGH, ['lessons/03.md', lesson], ['lessons/03.test.ts', test]]));

const PROVEN = '[^early]: Proven by a test: [03.test.ts](03.test.ts).';
const TEST = "claim('early', 'hears nothing', async () => {});";

describe('a claim passes', () => {
    it.each<[string, string, string?]>([
        ['with its test', `Nothing.[^early]\n\n${PROVEN}`, TEST],
        ['twice with one test', `Nothing.[^early] Not a thing.[^early]\n\n${PROVEN}`, TEST],
        ['with a test in several lines', `Nothing.[^early]\n\n${PROVEN}`, `    claim(\n        'early',\n        'x',`],
        ['with its source', 'A.[^a]\n\n[^a]: Source: [Abort run](https://docs.apify.com/api/v2/actor-run-abort-post).'],
        ['as unknown', 'A.[^a]\n\n[^a]: Unknown: no number; sources: [a](https://a.b), [c](https://c.d).'],
        [
            'with a test of another lesson',
            'A.[^claim-1]\n\n[^claim-1]: Proven by a test: [enough.test.ts](enough.test.ts).',
        ],
    ])('%s', (_, lesson, test) => {
        expect(check(lesson, test)).toEqual([]);
    });
});

describe('a claim is named', () => {
    it.each<[string, string, string, RegExp]>([
        ['that has no footnote', 'One\n\nNothing.[^early]', '', /marks \[\^early\], but no line/],
        ['that nothing leads to', `One\n\n${PROVEN}`, TEST, /nothing leads to it/],
        ['that is defined twice', `A.[^early]\n\n${PROVEN}\n${PROVEN}`, TEST, /a second time/],
        ['without its test', `A.[^early]\n\n${PROVEN}`, '', /03\.test\.ts proves \[\^early\], but it has no claim/],
        ['whose test is commented out', `A.[^early]\n\n${PROVEN}`, `// ${TEST}`, /it has no claim/],
        [
            'whose test is elsewhere',
            'A.[^claim-1]\n\n[^claim-1]: Proven by a test: [03.test.ts](03.test.ts).',
            '',
            /no claim/,
        ],
        ['whose test file is gone', 'A.[^a]\n\n[^a]: Proven by a test: [04.test.ts](04.test.ts).', '', /no such file/],
        ['that shows another file', 'A.[^a]\n\n[^a]: Proven by a test: [04.test.ts](03.test.ts).', '', /links to/],
        ['that is only asserted', 'A.[^a]\n\n[^a]: Everybody knows.', '', /a form of its own/],
        ['whose source is not linked', 'A.[^a]\n\n[^a]: Source: the docs.', '', /without a link/],
        ['whose source is not https', 'A.[^a]\n\n[^a]: Unknown: see [a](http://a.b).', '', /without a link/],
    ])('%s', (_, lesson, test, message) => {
        const problems = check(lesson, test).filter(({ file }) => file === 'lessons/03.md');
        expect(problems).toEqual([
            { file: 'lessons/03.md', line: expect.any(Number), message: expect.stringMatching(message) },
        ]);
    });

    it('with its line', () => {
        expect(check('One\n\nNothing.[^early]')).toMatchObject([{ line: 3 }]);
    });
});

describe('a test is named', () => {
    it.each<[string, string, RegExp]>([
        ['that no lesson marks', TEST, /no text in lessons\/ marks it/],
        ['that takes the id of another', "claim('claim-1', 'x', async () => {});", /as lessons\/enough\.test\.ts does/],
    ])('%s', (_, test, message) => {
        const problems = check('', `// first line\n${test}`);
        expect(problems).toEqual([{ file: 'lessons/03.test.ts', line: 2, message: expect.stringMatching(message) }]);
    });

    it('whose id is not one', () => {
        expect(check('', "claim('Early', 'x', () => {});")).toMatchObject([
            { message: expect.stringContaining('an id is lower case') },
            { message: expect.stringContaining('marks it') },
        ]);
    });
});

it('fewer than 30 proven claims are too few', () => {
    const one = new Map([
        ['lessons/03.md', `A.[^early]\n\n${PROVEN}`],
        ['lessons/03.test.ts', TEST],
    ]);

    expect(findUnprovenClaims(one)).toEqual([
        { file: 'lessons/README.md', line: 1, message: 'the lessons prove 1 claims of at least 30' },
    ]);
});
