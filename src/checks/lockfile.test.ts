import { expect, test } from 'vitest';

import { findLockedAddresses } from './lockfile.js';

const lockfile = (entry: object) =>
    new Map([['package-lock.json', JSON.stringify({ packages: { '': {}, 'node_modules/ws': entry } }, null, 4)]]);

test('a lockfile without addresses passes', () => {
    expect(findLockedAddresses(lockfile({ version: '8.0.0', integrity: 'sha512-x' }))).toEqual([]);
});

test('a locked address is named with the package and its line', () => {
    expect(findLockedAddresses(lockfile({ version: '8.0.0', resolved: 'https://example.com/ws.tgz' }))).toEqual([
        {
            file: 'package-lock.json',
            line: 4,
            message: expect.stringContaining('node_modules/ws has a "resolved" address'),
        },
    ]);
});

test('a missing lockfile is named', () => {
    expect(findLockedAddresses(new Map())).toMatchObject([{ message: expect.stringContaining('missing') }]);
});
