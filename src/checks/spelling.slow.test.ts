import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import { afterEach, beforeEach, expect, it } from 'vitest';

import { projectRoot } from '../base/paths.js';
import { findMisspellings } from './spelling.js';

let root: string;

beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'actors-move-'));
    cpSync(join(projectRoot, 'cspell.json'), join(root, 'cspell.json'));
    cpSync(join(projectRoot, 'src/checks/words.txt'), join(root, 'src/checks/words.txt'));
});

afterEach(() => rmSync(root, { recursive: true, force: true }));

async function check(texts: Record<string, string>) {
    for (const [file, text] of Object.entries(texts)) {
        mkdirSync(dirname(join(root, file)), { recursive: true });
        writeFileSync(join(root, file), text);
    }
    return findMisspellings(root, new Map(Object.entries(texts)));
}

it('a misspelt word is named with its line, in Markdown and in the questions of the quiz', async () => {
    const problems = await check({
        'lessons/01.md': '# One\n\nThe Actor is migratted.\n',
        'quiz/1.yaml': 'ask: What is pressed?\nwhy: The procces.\n',
        'src/a.ts': 'const misspeltt = 1;\n',
    });

    expect(problems.toSorted((a, b) => a.file.localeCompare(b.file))).toEqual([
        { file: 'lessons/01.md', line: 3, message: expect.stringContaining('"migratted"') },
        { file: 'quiz/1.yaml', line: 2, message: expect.stringContaining('"procces"') },
    ]);
});

it('code, addresses and marks are left alone; British and American words, and those of the course, pass', async () => {
    const text = [
        '# Colour and color',
        '',
        'Crawlee’s `forefrontt` is [here](https://a.bcdefgh/ijklmm).[^idd-xyzzq]',
        '',
        '```js',
        'const misspeltt = 1;',
        '```',
        '',
        '[^idd-xyzzq]: Source: [x](https://qqwwee.com).',
    ].join('\n');

    expect(await check({ 'lessons/01.md': text })).toEqual([]);
});

it('the words of the course stand in alphabetical order, each once', () => {
    const words = readFileSync(join(projectRoot, 'src/checks/words.txt'), 'utf8').trim().split('\n').slice(1);

    expect(words).toEqual([...new Set(words)].toSorted((a, b) => a.toLowerCase().localeCompare(b.toLowerCase(), 'en')));
});
