import { closeSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';

import { afterEach, expect, it } from 'vitest';

import { removeTemporaryDirectories, temporaryDirectory } from '../fixtures/temporary-directory.js';
import { JournalReader } from './journal-reader.js';
import { wholeLines } from './whole-lines.js';

const BEGIN = 2 ** 31 + 5;
const LINES = ['{"n":1}', '{"text":"longer than what is read at once"}', '{"n":3}'];

afterEach(removeTemporaryDirectories);

/** More than 2 GiB, of which hardly any take room on the disk: nothing, and then lines, the last without its end. */
function largeFile(): string {
    const path = join(temporaryDirectory(), 'large');
    const file = openSync(path, 'w');
    writeSync(file, `${LINES.join('\n')}\n{"torn`, BEGIN);
    closeSync(file);
    return path;
}

const NOT_THERE = process.platform === 'win32' ? ' (left out: its file would fill 2 GiB of the disk here)' : '';

it.skipIf(NOT_THERE !== '')(`lines behind the first 2 GiB of a file are read one by one${NOT_THERE}`, () => {
    const file = openSync(largeFile(), 'r');
    try {
        const read = [...wholeLines(file, 16, BEGIN)].map(({ bytes, end }) => [bytes().toString(), end]);

        expect(read).toEqual([
            [LINES[0], BEGIN + 8],
            [LINES[1], BEGIN + 52],
            [LINES[2], BEGIN + 60],
        ]);
    } finally {
        closeSync(file);
    }
});

it.skipIf(NOT_THERE !== '')(`a text behind the first 2 GiB of a journal is read where it lies${NOT_THERE}`, () => {
    const reader = new JournalReader(largeFile());
    const size = BEGIN + 60;

    expect(reader.text({ offset: BEGIN + 52, length: 7 }, size)).toBe(LINES[2]);
    expect(reader.text({ offset: BEGIN + 8, length: 43 }, size)).toBe(LINES[1]);
});
