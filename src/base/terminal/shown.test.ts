import { expect, it } from 'vitest';

import { shown } from './shown.js';

it('a path is shown without what would steer a terminal', () => {
    expect(shown('a\u001B[31m/\u202Eb')).toMatch(/a\/\uFFFDb/);
});
