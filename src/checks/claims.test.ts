import { describe, expect, it } from 'vitest';

import { findUnprovenClaims } from './claims.js';

/** A claim that holds, and whatever the test adds. */
function repository(markdown: string, test = ''): Map<string, string> {
    return new Map([
        ['lessons/01-a.md', `Text.[^good]\n${markdown}\n[^good]: Proven by a test: [01-a.test.ts](01-a.test.ts).\n`],
        ['lessons/01-a.test.ts', `claim('good', 'x', () => {});\n${test}`],
        ['README.md', 'Elsewhere[^x] footnotes are free.'],
    ]);
}

const messages = (markdown: string, test?: string): string[] =>
    findUnprovenClaims(repository(markdown, test)).map(({ message }) => message);

describe('a claim', () => {
    it.each([
        ['proven', 'So it is.[^a]\n\n[^a]: Proven by a test: [01-a.test.ts](01-a.test.ts).\n', "claim('a', 'x', f)"],
        ['with a source', 'So it is.[^a]\n\n[^a]: Source: [Docs](https://docs.apify.com/a).\n', ''],
        ['unknown', 'Who knows.[^a]\n\n[^a]: Unknown: see [Docs](https://docs.apify.com/a).\n', ''],
    ])('that is %s passes', (_, markdown, test) => {
        expect(messages(markdown, test)).toEqual([]);
    });

    it.each([
        ['is not defined', 'So it is.[^a]', '', /\[\^a\] that it does not define/],
        ['is not used', '\n[^a]: Source: [Docs](https://docs.apify.com/a).\n', '', /defines \[\^a\]/],
        ['has no known form', 'So.[^a]\n\n[^a]: Trust me.\n', '', /\[\^a\] must be of the form/],
        ['cites without a link', 'So.[^a]\n\n[^a]: Source: the docs.\n', '', /must be of the form/],
        [
            'has no test',
            'So.[^a]\n\n[^a]: Proven by a test: [01-a.test.ts](01-a.test.ts).\n',
            '',
            /01-a\.test\.ts, which has no claim\('a'/,
        ],
        ['has a test and no mark', '', "claim('b', 'x', f)", /proves 'b', which no lesson marks/],
    ])('that %s is named', (_, markdown, test, message) => {
        expect(messages(markdown, test)).toEqual([expect.stringMatching(message)]);
    });
});
