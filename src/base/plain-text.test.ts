import { expect, it } from 'vitest';

import { plainText } from './plain-text.js';

it.each([
    ['colours', '\u001B[32mINFO\u001B[39m  done', 'INFO  done'],
    ['moves of the cursor', 'a\u001B[2K\u001B[1Gb', 'ab'],
    ["a window's title", '\u001B]0;owned\u0007text', 'text'],
    ['a link', '\u001B]8;;http://x\u001B\\text\u001B]8;;\u001B\\', 'text'],
    ['a title that does not end', 'a\u001B]0;hidden', 'a\uFFFD]0;hidden'],
    ['every control character', String.fromCharCode(0x84, 0x90, 0x98, 0x9d, 0x7f), '\uFFFD'.repeat(5)],
    ['a turn of direction', 'a\u202Egnp.exe', 'a\uFFFDgnp.exe'],
    ['isolates and marks of direction', '\u2066a\u2069\u200F\u061C', '\uFFFDa\uFFFD\uFFFD\uFFFD'],
    ['control characters', 'a\u0000b\u0007c\u009Fd\rE', 'a\uFFFDb\uFFFDc\uFFFDd\uFFFDE'],
    [
        'letters of any script, tabs and line breaks: as they are',
        'čeština \u05D0\t日本\n😀',
        'čeština \u05D0\t日本\n😀',
    ],
])('shows %s as what a person can see', (_, text, shown) => {
    expect(plainText(text)).toBe(shown);
});
