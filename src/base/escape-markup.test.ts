import { expect, it } from 'vitest';

import { escaped } from './escape-markup.js';

it('leaves no character that could begin or end markup or an attribute', () => {
    expect(escaped(`</script><img src="x" onerror='a()'>&amp;`)).not.toMatch(/[<>"']|&(?!#\d+;)/);
});
