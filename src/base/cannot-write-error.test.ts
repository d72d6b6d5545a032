import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { describe, expect, it, onTestFinished } from 'vitest';

import { CannotWriteError, diskError, writing, writingAsync } from './cannot-write-error.js';

function folder(): string {
    const dir = mkdtempSync(join(tmpdir(), 'actors-move-'));
    onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
    return dir;
}

/** A path below a file, which no system makes a folder. */
function belowAFile(): string {
    const file = join(folder(), 'file');
    writeFileSync(file, '');
    return join(file, 'below');
}

function thrownBy(work: () => unknown): unknown {
    try {
        work();
    } catch (error) {
        return error;
    }
    return undefined;
}

describe('what the disk refuses is told in one sentence', () => {
    it('that names what was to be written, and what the system says', async () => {
        const path = belowAFile();
        const sentence = /^The list can't be written: E[A-Z]+: [^\n]+[^.]\.$/;

        expect(() => writing('The list', () => writeFileSync(path, ''))).toThrow(sentence);
        await expect(writingAsync('The list', async () => writeFile(path, ''))).rejects.toThrow(sentence);
    });

    it('also where nobody has put it in words', async () => {
        const path = belowAFile();

        expect(diskError(thrownBy(() => writeFileSync(path, '')))?.message).toContain(`${path} can't be written: E`);
        await expect(mkdir(path).catch(diskError)).resolves.toBeInstanceOf(CannotWriteError);
        await expect(mkdtemp(`${path}-`).catch(diskError)).resolves.toBeInstanceOf(CannotWriteError);
    });

    it('and no mistake of ours is taken for one', () => {
        const mistakes = [
            thrownBy(() => (undefined as unknown as string).length),
            thrownBy(() => readFileSync(join(folder(), 'nothing'))),
            spawnSync(join(folder(), 'no-program')).error,
            Object.assign(new Error('listen EACCES'), { code: 'EACCES', syscall: 'listen' }),
        ];

        expect(mistakes.map((error) => error !== undefined)).toEqual([true, true, true, true]);
        expect(mistakes.map(diskError)).toEqual([undefined, undefined, undefined, undefined]);
        expect(() => writing('The list', () => JSON.parse('{'))).toThrow(SyntaxError);
    });
});
