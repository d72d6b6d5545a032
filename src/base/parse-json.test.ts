import { expect, it } from 'vitest';

import { parseJson } from './parse-json.js';

it.each<[string, unknown]>([
    ['{"a": [1, null]}', { a: [1, null] }],
    ['"é 🐟"', 'é 🐟'],
    ['null', null],
    ['', undefined],
    ['{"a": ', undefined],
    ['\uFEFF{}', undefined],
])('%j is read from text and from bytes alike', (text, value) => {
    expect(parseJson(text)).toEqual(value);
    expect(parseJson(Buffer.from(text))).toEqual(value);
});
