import { expect, test } from 'vitest';

import { TestPlatform } from '../../platform/fixtures/test-platform.js';
import { freePort } from '../../platform/free-port.js';
import { OPERATIONS } from '../../platform/index.js';
import { checkContract } from './contract.js';

test('the client can make every call that the platform serves, and each exchange has its shape', async () => {
    const report = await checkContract();
    expect(report.problems).toEqual([]);
    expect(report.stoppedBy).toBeUndefined();
    expect(report.notDriven).toEqual([]);
    expect(report.driven).toHaveLength(OPERATIONS.length);
    expect(report.exchanges).toBeGreaterThan(150);
});

test('a contract that is stopped by an answer says by which, and keeps what it has seen', async () => {
    const local = await TestPlatform.open();
    try {
        const remote = { baseUrl: local.platform.baseUrl, token: 'wrong' };
        const report = await checkContract({ remote });
        expect(report).toMatchObject({ exchanges: 1, driven: [], problems: [] });
        expect(report.stoppedBy).toMatch(/authentication token is not valid/);
    } finally {
        await local.close();
    }
});

test('a contract with an API that is not there says so', async () => {
    const remote = { baseUrl: `http://127.0.0.1:${await freePort()}`, token: 'x' };
    const { exchanges, stoppedBy } = await checkContract({ remote });
    expect(exchanges).toBe(0);
    expect(stoppedBy).toMatch(/ECONNREFUSED/);
});
