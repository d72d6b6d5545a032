import { describe, expect, test } from 'vitest';

import { findBrokenLinks } from './markdown-links.js';

const check = (readme: string) =>
    findBrokenLinks(
        new Map<string, string | null>([
            ['README.md', readme],
            ['lessons/01-why.md', '# Why *state* is lost\n\n## What `migrating` says\n\n## Try it\n\n## Try it\n'],
            ['src/trial/trial.ts', 'line 1\nline 2\n'],
            ['images/shop.png', null],
        ]),
    );

describe('a link that leads somewhere', () => {
    test.each([
        ['a file', '[x](lessons/01-why.md)'],
        ['a folder', '[x](lessons/) and [y](./src/trial)'],
        ['a file from the root', '[x](/src/trial/trial.ts)'],
        ['a heading of this file', '# Here & there\n\n[x](#here--there)'],
        [
            'a heading with markup',
            '[x](lessons/01-why.md#what-migrating-says) [y](lessons/01-why.md#why-state-is-lost)',
        ],
        ['the second of two equal headings', '[x](lessons/01-why.md#try-it-1)'],
        ['an HTML anchor', '<a id="top"></a>\n\n[x](#top)'],
        ['a line', '[x](src/trial/trial.ts#L2)'],
        ['an image', '![x](images/shop.png)'],
        ['another site', '[x](https://apify.com/nothing) <mail@example.com>'],
    ])('passes: %s', (_, readme) => {
        expect(check(readme)).toEqual([]);
    });

    test('passes when it is only shown, in code', () => {
        expect(check('`[x](gone.md)`\n\n```md\n[x](gone.md)\n```\n')).toEqual([]);
    });
});

describe('a link that leads nowhere', () => {
    test.each([
        ['a missing file', '[x](lessons/02-gone.md)', 'the repository has no lessons/02-gone.md'],
        ['other capitals', '[x](Lessons/01-why.md)', 'the repository has no Lessons/01-why.md'],
        ['outside the repository', '[x](../shared.md)', 'the repository has no ../shared.md'],
        ['a missing heading', '[x](lessons/01-why.md#gone)', 'lessons/01-why.md has no #gone'],
        ['a missing heading of this file', '[x](#gone)', 'README.md has no #gone'],
        ['a line past the end', '[x](src/trial/trial.ts#L9)', 'src/trial/trial.ts has no #L9'],
        ['a reference', '[x][r]\n\n[r]: gone.md', 'the repository has no gone.md'],
        ['an HTML link', '<p><a href="gone.md">x</a></p>', 'the repository has no gone.md'],
        ['an HTML image', 'see <img src="gone.png">', 'the repository has no gone.png'],
    ])('is named: %s', (_, readme, message) => {
        expect(check(readme)).toEqual([
            { file: 'README.md', line: expect.any(Number), message: expect.stringContaining(message) },
        ]);
    });

    test('is named with its line', () => {
        expect(check('# One\n\ntext [x](lessons/01-why.md)\n\n- [y](gone.md)\n')).toMatchObject([{ line: 5 }]);
    });
});
