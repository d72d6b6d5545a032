import { expect, test } from 'vitest';

import { OPERATIONS } from '../index.js';
import { checkContract } from './contract.js';

test('the client can make every call that the platform serves, and each exchange has its shape', async () => {
    const report = await checkContract();
    expect(report.problems).toEqual([]);
    expect(report.notDriven).toEqual([]);
    expect(report.driven).toHaveLength(OPERATIONS.length);
    expect(report.exchanges).toBeGreaterThan(150);
});
