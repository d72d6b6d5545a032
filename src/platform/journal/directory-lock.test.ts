import { existsSync, readdirSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { afterEach, beforeEach, expect, test, vi } from 'vitest';

import { removeTemporaryDirectories, temporaryDirectory } from '../fixtures/temporary-directory.js';
import { lockDirectory } from './directory-lock.js';
import { Journal } from './journal.js';

let dir: string;

beforeEach(() => {
    dir = temporaryDirectory();
});
afterEach(() => {
    vi.useRealTimers();
    removeTemporaryDirectories();
});

/** The lock of a process in another container, which has shown a sign of life so long ago; its id is in use here, too. */
function foreignLock(millisAgo: number): string {
    const file = join(dir, `lock.0123456789ab.${process.pid}`);
    writeFileSync(file, '.');
    const seconds = (Date.now() - millisAgo) / 1_000;
    utimesSync(file, seconds, seconds);
    return file;
}

test('a directory that a process of another container holds is not taken, whatever its id is here', () => {
    const file = foreignLock(20_000);

    expect(() => lockDirectory(dir)).toThrow(`held by process ${process.pid} of another container or machine. Stop`);
    expect(readdirSync(dir).map((name) => join(dir, name))).toEqual([file]);
});

test('one that showed no sign of life for long is taken to be gone', () => {
    const file = foreignLock(40_000);

    lockDirectory(dir).release();

    expect(existsSync(file)).toBe(false);
});

test('a holder shows that it is there, for as long as it is', () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    const lock = lockDirectory(dir);
    const file = join(dir, readdirSync(dir)[0]!);
    utimesSync(file, 1, 1);

    vi.advanceTimersByTime(2_000);

    expect(statSync(file).mtimeMs).toBeGreaterThan(1_000_000);
    expect(lock.isLost).toBe(false);
    lock.release();
    expect(vi.getTimerCount()).toBe(0);
    expect(readdirSync(dir)).toEqual([]);
});

test('a holder that was taken to be gone writes nothing more', () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    const journal = Journal.open(dir, () => {});
    journal.append({ at: 1, type: 'storage.created', kind: 'datasets', id: 'd' });
    const { size } = statSync(join(dir, 'journal.jsonl'));
    for (const name of readdirSync(dir)) if (name.startsWith('lock.')) rmSync(join(dir, name));
    vi.advanceTimersByTime(2_000);

    const append = (): unknown => journal.append({ at: 2, type: 'storage.created', kind: 'datasets', id: 'e' });
    expect(append).toThrow(/can't be written: another process has taken its directory\.$/);
    expect(statSync(join(dir, 'journal.jsonl')).size).toBe(size);
    journal.close();
});
