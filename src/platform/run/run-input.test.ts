import { expect, test } from 'vitest';

import { encodeInput, withDefaults } from './run-input.js';

const DEFAULTS = { pages: 3, start: 'here' };

const completed = (input: unknown, inputContentType?: string): unknown => {
    const encoded = withDefaults(encodeInput({ input, ...(inputContentType && { inputContentType }) }), DEFAULTS);
    return encoded?.bytes.toString();
};

test.each<[what: string, input: unknown, stored: string]>([
    ['no input', undefined, '{"pages":3,"start":"here"}'],
    ['an input that leaves something out', Buffer.from('{ "start": "there" }'), '{"pages":3,"start":"there"}'],
    ['an input that leaves nothing out', Buffer.from('{ "start": null, "pages": 1 }'), '{ "start": null, "pages": 1 }'],
    ['an input that is no object', Buffer.from('[1]'), '[1]'],
    ['an input that is no JSON', Buffer.from('{pages'), '{pages'],
])('default values are put into %s where they are missing', (_, input, stored) => {
    expect(completed(input)).toBe(stored);
});

test('an input of another type is stored as it is', () => {
    expect(completed(Buffer.from('{}'), 'text/plain')).toBe('{}');
});

test('without default values nothing is put in', () => {
    expect(withDefaults(undefined, undefined)).toBeUndefined();
});
