import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { expect, it } from 'vitest';

import { compiled } from './paths.js';
import { processSpace } from './process-space.js';
import { inTemporaryFolder } from './temporary-folder.js';
import { whileLocked } from './while-locked.js';

it('of several processes that read, change and write a file, none undoes what another has done', async () => {
    await inTemporaryFolder(async (dir) => {
        const file = join(dir, 'count');
        writeFileSync(file, '0');
        const code = `
            const { readFileSync, writeFileSync } = require('node:fs');
            import(${JSON.stringify(`file://${compiled('src/base/while-locked.js')}`)}).then(({ whileLocked }) => {
                for (let i = 0; i < 50; i++) {
                    whileLocked('count.lock', () => writeFileSync('count', String(Number(readFileSync('count', 'utf8')) + 1)));
                }
            });`;
        const children = [1, 2, 3, 4].map(() => spawn(process.execPath, ['-e', code], { cwd: dir, stdio: 'inherit' }));

        expect(await Promise.all(children.map(async (child) => once(child, 'exit')))).toEqual(
            children.map(() => [0, null]),
        );
        expect(readFileSync(file, 'utf8')).toBe('200');
        expect(existsSync(join(dir, 'count.lock'))).toBe(false);
    });
});

it('the work of a process that was killed holds up nobody', async () => {
    await inTemporaryFolder(async (dir) => {
        const file = join(dir, 'lock');
        const { pid } = spawnSync(process.execPath, ['-e', '']);
        writeFileSync(file, `${processSpace()} ${pid}`);
        expect(whileLocked(file, () => 1)).toBe(1);

        for (const unknown of ['0123456789ab 1', '']) {
            writeFileSync(file, unknown);
            utimesSync(file, 1, 1);
            expect(whileLocked(file, () => 2)).toBe(2);
        }
        expect(existsSync(file)).toBe(false);
    });
});

it('work that fails gives the file back', async () => {
    await inTemporaryFolder(async (dir) => {
        const file = join(dir, 'lock');
        const fail = (): never => {
            throw new Error('no');
        };
        expect(() => whileLocked(file, fail)).toThrow('no');
        expect(existsSync(file)).toBe(false);
    });
});
