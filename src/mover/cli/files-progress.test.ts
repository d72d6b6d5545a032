import { expect, test } from 'vitest';

import { filesProgress } from './files-progress.js';

test('what is written in two seconds needs no word, and what takes longer has one each two seconds, run by run', () => {
    const said: string[] = [];
    let now = 100;
    const onWritten = filesProgress({ write: (text: string) => said.push(text) > 0 }, () => now);
    for (let files = 0; files <= 10; files++, now += 500) onWritten(files * 32);
    now += 60_000;
    for (const files of [0, 32]) onWritten(files);
    expect(said).toEqual(['128 files written so far\n', '256 files written so far\n']);
});
