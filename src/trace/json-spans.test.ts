import * as fc from 'fast-check';
import { expect, test } from 'vitest';

import { elementSpans, fieldSpan, fieldStart } from './json-spans.js';

/** Texts with all that has a meaning in JSON. */
const TEXT = fc.string({
    unit: fc.constantFrom('"', '\\', '[', ']', '{', '}', ',', ':', 'a', 'ü', '🙂', '\n'),
    maxLength: 8,
});
const VALUE = fc.oneof(fc.jsonValue({ maxDepth: 3 }), TEXT, fc.array(fc.oneof(TEXT, fc.jsonValue()), { maxLength: 5 }));

test('a field and the elements of an array lie where their JSON is', () => {
    fc.assert(
        fc.property(fc.dictionary(TEXT, VALUE), VALUE, fc.dictionary(TEXT, VALUE), (before, value, after) => {
            const object = { ...before, wanted: value, ...after, wanted2: 1 };
            const json = Buffer.from(JSON.stringify(object));
            const text = ([start, end]: readonly [number, number]): string => json.toString('utf8', start, end);
            const span = fieldSpan(json, 'wanted')!;
            expect(text(span)).toBe(JSON.stringify(value));
            expect(fieldStart(json, 'wanted')).toBe(span[0]);
            const elements = elementSpans(json, span[0]).map(text);
            expect(elements).toEqual(Array.isArray(value) ? value.map((element) => JSON.stringify(element)) : []);
        }),
    );
});

test.each(['{}', '{"a":1}', '[]', '1', ''])('what has no such field, as %j, has it nowhere', (json) => {
    expect(fieldSpan(Buffer.from(json), 'wanted')).toBeUndefined();
});
