import { describe, expect, it } from 'vitest';

import { wrap } from './wrap.js';

const OBJECT = '{"B079ZJ1BPR":3,"B07D4R4258":21,"B0SSH60Q8F":0}';

describe('wrap', () => {
    it.each<[string, string, number, string[]]>([
        ['leaves a line alone that fits', 'INFO  Offers by ASIN', 20, ['INFO  Offers by ASIN']],
        ['shows what a terminal would obey', 'a\u001B[2Jb\u0085c\u202Ed', 20, ['ab\uFFFDc\uFFFDd']],
        ['leaves every line alone in a file', OBJECT, Infinity, [OBJECT]],
        ['breaks at a space, which goes', 'the new process began without', 20, ['the new process', 'began without']],
        ['breaks behind a comma, which stays', OBJECT, 32, ['{"B079ZJ1BPR":3,"B07D4R4258":21,', '"B0SSH60Q8F":0}']],
        ['breaks anywhere where there is neither', 'x'.repeat(45), 20, ['x'.repeat(20), 'x'.repeat(20), 'xxxxx']],
        [
            'breaks anywhere rather than after a short start',
            `a ${'x'.repeat(30)}`,
            20,
            [`a ${'x'.repeat(18)}`, 'x'.repeat(12)],
        ],
        ['keeps an empty text as one line', '', 20, ['']],
        ['gives each line 20 columns at least', 'x'.repeat(21), -5, ['x'.repeat(20), 'x']],
    ])('%s', (_, text, width, lines) => {
        expect(wrap(text, width)).toEqual(lines);
    });

    it('loses nothing but spaces and keeps every line within the width, whatever the width', () => {
        const text = `12.4s INFO  Offers by ASIN ${OBJECT} and so on`;
        for (let width = 20; width <= text.length + 1; width++) {
            const lines = wrap(text, width);
            expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(width);
            expect(lines.join('').replaceAll(' ', '')).toBe(text.replaceAll(' ', ''));
        }
    });
});
