import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

import { expect, it } from 'vitest';

import { inTemporaryFolder } from './temporary-folder.js';
import { unfinishedBeside } from './unfinished.js';

it('what killed processes have left unfinished is removed, and nothing that others make or that is called alike', async () => {
    await inTemporaryFolder(async (folder) => {
        const path = join(folder, 'made');
        const own = unfinishedBeside(path);
        expect([dirname(own), existsSync(own)]).toEqual([folder, false]);
        expect(basename(own)).toMatch(/^made\.unfinished-[0-9a-f]{12}-\d+$/);
        const { pid } = spawnSync(process.execPath, ['-e', '']);
        const of = (id: number | string): string => own.replace(/\d+$/, String(id));
        const left = [own, of(pid)];
        const kept = [
            of(process.ppid),
            of('x'),
            of(pid).replace(/unfinished-[0-9a-f]+/, 'unfinished-0123456789ab'),
            join(folder, `other-${basename(of(pid))}`),
            path,
        ];
        for (const dir of [...left, ...kept]) {
            mkdirSync(dir);
            writeFileSync(join(dir, 'file.txt'), '');
        }

        expect(unfinishedBeside(path)).toBe(own);

        expect(left.filter((dir) => existsSync(dir))).toEqual([]);
        expect(kept.filter((dir) => !existsSync(dir))).toEqual([]);
    });
});

it('a folder that is not there holds nothing to remove', () => {
    expect(() => unfinishedBeside(join('nowhere', 'made'))).not.toThrow();
});
