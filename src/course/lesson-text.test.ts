import { describe, expect, it } from 'vitest';

import { goalOf, readingMinutes, titleOf } from './lesson-text.js';

const words = (count: number): string => Array.from({ length: count }, () => 'word').join(' ');

describe('reading time', () => {
    it.each<[string, string, number]>([
        ['one minute at least', '', 1],
        ['200 words a minute', words(200), 1],
        ['rounded up', words(201), 2],
        ['fenced code by half', `${words(100)}\n\n\`\`\`sh\n${words(200)}\n\`\`\`\n`, 1],
        ['code within a line as words', `${words(199)} \`a\` \`b\``, 2],
        ['no addresses, marks and footnotes', `${words(199)} [x](https://a.b/c)[^d]\n\n[^d]: ${words(50)}`, 1],
        ['no signs of a table', `${words(198)}\n\n| a | b |\n| --- | --- |\n`, 1],
    ])('counts %s', (_, text, minutes) => {
        expect(readingMinutes(text)).toBe(minutes);
    });
});

it('title and goal are read from where each lesson has them', () => {
    const text = '```\n# not this\n```\n\n# 3. Hearing it coming\n\n**Goal:** you can hear it.\n';

    expect(titleOf(text)).toBe('3. Hearing it coming');
    expect(goalOf(text)).toBe('you can hear it.');
    expect([titleOf(''), goalOf('')]).toEqual(['', '']);
});
