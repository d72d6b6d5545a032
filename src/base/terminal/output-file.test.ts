import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { expect, it, onTestFinished } from 'vitest';

import { UsageError } from '../usage-error.js';
import { outputFile } from './output-file.js';

function folder(): string {
    const dir = mkdtempSync(join(tmpdir(), 'actors-move-'));
    onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
    return dir;
}

it('refuses a file that can not be written at once, and says which option named it', () => {
    const attempt = (): unknown => outputFile(join(folder(), 'missing', 'report.html'), '--html');

    expect(attempt).toThrow(UsageError);
    expect(attempt).toThrow(/^--html can't be written: /);
});

it('leaves nothing behind until it is written', () => {
    const file = join(folder(), 'report.html');
    const write = outputFile(file, '--html');
    expect(existsSync(file)).toBe(false);

    write('text');
    expect(readFileSync(file, 'utf8')).toBe('text');
});

it('keeps what was there until it is written over', () => {
    const file = join(folder(), 'report.html');
    writeFileSync(file, 'before');
    const write = outputFile(file, '--html');
    expect(readFileSync(file, 'utf8')).toBe('before');

    write('after');
    expect(readFileSync(file, 'utf8')).toBe('after');
});
