import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { expect, it } from 'vitest';

import { processSpace } from './process-space.js';
import { inTemporaryFolder, keepTemporaryFolder, makeTemporaryFolder, sweepLeftFolders } from './temporary-folder.js';

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

it('what a killed process has left is swept, and nothing that is kept, of one that lives or of another container', () => {
    const { pid } = spawnSync(process.execPath, ['-e', '']);
    const left = join(tmpdir(), `actors-move-${processSpace()}-${pid}-left`);
    const foreign = join(tmpdir(), `actors-move-0123456789ab-${pid}-foreign`);
    const own = makeTemporaryFolder();
    const kept = join(tmpdir(), `actors-move-${processSpace()}-${pid}-kept`);
    for (const dir of [left, foreign, kept]) mkdirSync(dir);
    keepTemporaryFolder(kept);
    writeFileSync(join(left, 'file.txt'), '');

    sweepLeftFolders();

    expect([left, foreign, kept, own].map((dir) => existsSync(dir))).toEqual([false, true, true, true]);
    for (const dir of [foreign, kept, own]) rmSync(dir, { recursive: true });
});
