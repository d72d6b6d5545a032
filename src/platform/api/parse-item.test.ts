import * as fc from 'fast-check';
import { expect, test } from 'vitest';

import { parseItem } from './parse-item.js';

/** Texts with all that has a meaning in JSON. */
const TEXT = fc.string({
    unit: fc.constantFrom('"', '\\', '[', ']', '{', '}', ',', ':', 'a', 'ü', '🙂', '\n', '\u2028', '\ud800'),
    maxLength: 8,
});
const NAME = fc.oneof(TEXT, fc.constantFrom('__proto__', 'constructor', '1', '0', ''));
const PLAIN = fc.oneof(TEXT, fc.double({ noNaN: true, noDefaultInfinity: true }), fc.boolean(), fc.constant(null));

test.each([
    ['without values within others', PLAIN],
    ['with any values', fc.oneof(PLAIN, fc.jsonValue({ maxDepth: 3 }))],
])('an item %s is read as JSON.parse reads it', (_, value) => {
    fc.assert(
        fc.property(fc.array(fc.tuple(NAME, value), { maxLength: 6 }), (fields) => {
            const json = JSON.stringify(Object.fromEntries(fields));
            const item = parseItem(json);

            expect(JSON.stringify(item)).toBe(json);
            expect(Object.getPrototypeOf(item)).toBe(Object.prototype);
        }),
        { numRuns: 1_000 },
    );
});
