import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { afterEach, expect, test } from 'vitest';

import { removeTemporaryDirectories, temporaryDirectory } from './fixtures/temporary-directory.js';
import { makeDirectory } from './make-directory.js';

afterEach(removeTemporaryDirectories);

test('a directory is made with all above it, and one that is there is left alone', () => {
    const path = join(temporaryDirectory(), 'a', 'b', 'c');
    makeDirectory(path);
    makeDirectory(path);
    expect(existsSync(path)).toBe(true);
});

test('a directory below a file is an error', () => {
    const file = join(temporaryDirectory(), 'file');
    writeFileSync(file, '');
    // Node 20 says that the path leads through a file; Node 24 that the file is in the way. Windows has words of its own.
    expect(() => makeDirectory(join(file, 'below'))).toThrow(/EEXIST|ENOTDIR|ENOENT/);
    expect(() => makeDirectory(file)).toThrow('EEXIST');
});

test.runIf(process.platform === 'linux')('a directory where none can be is an error, and no endless loop', () => {
    expect(() => makeDirectory('/proc/nowhere/below')).toThrow('ENOENT');
});
