import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { expect, it } from 'vitest';

import { inTemporaryFolder } from './temporary-folder.js';

/** A folder that work has filled, and in which it has ended or failed. */
async function folderOf(end: () => unknown): Promise<string> {
    let folder = '';
    const work = inTemporaryFolder(async (dir) => {
        folder = dir;
        writeFileSync(join(dir, 'file.txt'), '');
        return end();
    });
    await work.catch(() => {});
    return folder;
}

it('work gets a folder of its own, and its result is given on', async () => {
    const [one, other] = await Promise.all([0, 1].map(async () => inTemporaryFolder(async (dir) => dir)));

    expect(one).not.toBe(other);
});

it.each<[string, () => unknown]>([
    ['has ended', () => 1],
    [
        'has failed',
        () => {
            throw new Error('no');
        },
    ],
])('the folder is gone when the work %s', async (_, end) => {
    const folder = await folderOf(end);

    expect(folder).not.toBe('');
    expect(existsSync(folder)).toBe(false);
});
