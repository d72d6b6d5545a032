import { describe, expect, it } from 'vitest';

import { escapeAttribute, escapeMarkup } from './markup.js';

describe('text for XML and HTML', () => {
    it.each([
        [
            'signs that mean something there',
            `<a href="b">'c' & d</a>`,
            "&lt;a href=&quot;b&quot;&gt;'c' &amp; d&lt;/a&gt;",
        ],
        ['what is escaped already', '&lt;', '&amp;lt;'],
        ['carriage returns, which XML would change', 'a\r\nb\tc', 'a&#13;\nb\tc'],
        ['what XML can’t hold', '\u0000a\u0007\u000B\uFFFE', '\uFFFDa\uFFFD\uFFFD\uFFFD'],
        ['half a character', 'a\uD800b', 'a\uFFFDb'],
        ['any other character, which stays', 'é 漢 🐟 \u0085', 'é 漢 🐟 \u0085'],
        ['nothing', '', ''],
    ])('is escaped: %s', (_, text, escaped) => {
        expect(escapeMarkup(text)).toBe(escaped);
    });

    it('keeps line breaks and tabs in an attribute', () => {
        expect(escapeAttribute('"a"\n\tb\r')).toBe('&quot;a&quot;&#10;&#9;b&#13;');
    });
});
