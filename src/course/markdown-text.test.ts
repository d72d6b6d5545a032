import { describe, expect, it } from 'vitest';

import { fencedBlocks, inlineCode, proseOf, withoutCode } from './markdown-text.js';

const TEXT = [
    'See `Actor.on` and',
    '',
    '```sh',
    'npm start # `x`',
    '```',
    '',
    '1. A list',
    '',
    '   ```console',
    '   $ npm test',
    '     more',
    '   ```',
    '',
    'End ``a`b``.',
].join('\n');

describe('code in Markdown', () => {
    it('is found in fenced blocks, with its language, without the indent of a list', () => {
        expect(fencedBlocks(TEXT)).toEqual([
            { language: 'sh', code: 'npm start # `x`\n', index: TEXT.indexOf('npm start') },
            { language: 'console', code: '$ npm test\n  more\n', index: TEXT.indexOf('   $ npm test') },
        ]);
    });

    it('is found within lines, and not in fenced blocks', () => {
        expect(inlineCode(TEXT)).toEqual([
            { code: 'Actor.on', index: TEXT.indexOf('Actor.on') },
            { code: 'a`b', index: TEXT.indexOf('a`b') },
        ]);
    });

    it('leaves everything else in its place when it is taken out', () => {
        const without = withoutCode(TEXT);

        expect(without).toHaveLength(TEXT.length);
        expect(without.indexOf('End')).toBe(TEXT.indexOf('End'));
        expect(without).not.toMatch(/Actor|npm|a`b/);
        expect(without.split('\n')).toHaveLength(TEXT.split('\n').length);
    });

    it('does not begin at a backtick that nothing closes', () => {
        expect(inlineCode('a ` b\n\nc ` d')).toEqual([]);
    });

    it('goes on to the end of the text when its fence is never closed', () => {
        expect(fencedBlocks('```ts\nlet a;\n')).toMatchObject([{ language: 'ts', code: 'let a;\n' }]);
    });
});

it('prose is what is left without code, addresses, tags, comments and marks', () => {
    const text = 'An [Actor](https://apify.com/x) <br> moves.[^a] <!-- no --> See `x` at https://b.c/d.';

    expect(proseOf(text).replaceAll(/\s+/g, ' ')).toBe('An [Actor] moves. See at ');
});
