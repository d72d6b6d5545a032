import { expect, it } from 'vitest';

import { recordContent } from './record-content.js';

const content = (text: string, type = 'application/json'): unknown => recordContent(type, Buffer.from(text));

it('is a value where it is JSON, and else what its bytes are', () => {
    expect(content('{"a":1}', 'application/problem+json; charset=utf-8')).toMatchObject({ value: { a: 1 } });
    expect(content('null')).toMatchObject({ value: null });
    expect(content('{"a":')).toMatchObject({ bytes: 5, text: '{"a":' });
    expect(content('{"a":1}', 'text/plain')).toMatchObject({ bytes: 7 });
});

it('is what its bytes are where it is nested deeper than any walk through it goes', () => {
    const deep = 100_000;
    expect(content(`${'['.repeat(deep)}${']'.repeat(deep)}`)).toMatchObject({ bytes: 2 * deep });
});
