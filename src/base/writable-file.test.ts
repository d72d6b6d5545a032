import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { expect, it, onTestFinished } from 'vitest';

import { UsageError } from './usage-error.js';
import { reportFile } from './writable-file.js';

function folder(): string {
    const dir = mkdtempSync(join(tmpdir(), 'actors-move-'));
    onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
    return dir;
}

it('refuses a file that can not be written at once', () => {
    const attempt = (): unknown => reportFile(join(folder(), 'missing', 'report.html'));

    expect(attempt).toThrow(UsageError);
    expect(attempt).toThrow(/^The report .*report\.html can't be written: ENOENT: /);
});

it('tells of a disk that refuses when all is done', () => {
    const file = join(folder(), 'report.html');
    const write = reportFile(file);
    mkdirSync(file);

    expect(() => write('text')).toThrow(/^The report .*report\.html can't be written: EISDIR: /);
});

it('leaves nothing behind until it is written', () => {
    const file = join(folder(), 'report.html');
    const write = reportFile(file);
    expect(existsSync(file)).toBe(false);

    write('text');
    expect(readFileSync(file, 'utf8')).toBe('text');
});

it('keeps what was there until it is written over', () => {
    const file = join(folder(), 'report.html');
    writeFileSync(file, 'before');
    const write = reportFile(file);
    expect(readFileSync(file, 'utf8')).toBe('before');

    write('after');
    expect(readFileSync(file, 'utf8')).toBe('after');
});
