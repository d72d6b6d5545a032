import { expect, it } from 'vitest';

import { isNestedTooDeeply, MAX_NESTING } from './nesting.js';

const nested = (depth: number): string => `${'[{"a":'.repeat(depth / 2)}1${'}]'.repeat(depth / 2)}`;

it('is told where it is one too deep', () => {
    expect(isNestedTooDeeply(nested(MAX_NESTING))).toBe(false);
    expect(isNestedTooDeeply(`[${nested(MAX_NESTING)}]`)).toBe(true);
    expect(isNestedTooDeeply(nested(2_000_000))).toBe(true);
});

it('is no matter of how much there is, or of what texts say', () => {
    expect(isNestedTooDeeply(JSON.stringify(Array.from({ length: 2_000 }, () => [{}])))).toBe(false);
    expect(isNestedTooDeeply(JSON.stringify(['['.repeat(2_000), '\\"[{'.repeat(2_000)]))).toBe(false);
    expect(isNestedTooDeeply(`["\\\\",${nested(MAX_NESTING)}]`)).toBe(true);
});
