import { expect, it } from 'vitest';

import { printedJson } from './printed-json.js';

it('holds the same as JSON does, and nothing that a terminal obeys', () => {
    const value = {
        text: 'a\u001B[31m \u009B31m \u007F \u202Egnp.exe \u2066\u2069\u200F\u061C \uFEFF\n čeština 日本 😀',
    };

    const json = printedJson(value, 4);

    expect(JSON.parse(json)).toEqual(value);
    expect(json.replaceAll('\n', '')).not.toMatch(/\p{Cc}|\p{Bidi_Control}/u);
    expect(json).toContain('čeština 日本 😀');
    expect(printedJson({ a: [1] })).toBe('{"a":[1]}');
});
