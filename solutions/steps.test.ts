import { readFile, readdir } from 'node:fs/promises';
import path from 'node:path';

import { expect, test } from 'vitest';

const here = import.meta.dirname;
const steps = (await readdir(here, { withFileTypes: true }))
    .filter((entry) => entry.isDirectory() && /^\d/.test(entry.name))
    .map((entry) => entry.name)
    .sort();
const pairs = steps.slice(1).map((step, i) => [steps[i]!, step] as const);

const read = async (...parts: string[]): Promise<string> =>
    (await readFile(path.join(here, ...parts), 'utf8')).replaceAll('\r\n', '\n');

/** The files of a step as one text, in the order in which its README shows their diffs. */
async function sources(step: string): Promise<string> {
    return (await Promise.all(['main.ts', 'routes.ts', 'asin-tracker.ts'].map(async (file) => read(step, file)))).join(
        '',
    );
}

/** Applies the hunks of a unified diff, found by their text alone; throws when one doesn't fit. */
function applyDiff(text: string, diff: string): string {
    return diff
        .split(/^@@.*\n/m)
        .slice(1)
        .reduce((result, hunk) => {
            const lines = hunk.split('\n').filter((line) => /^[ +-]/.test(line) && !/^(---|\+\+\+) /.test(line));
            const side = (sign: string): string =>
                lines
                    .filter((line) => line[0] === ' ' || line[0] === sign)
                    .map((line) => `${line.slice(1)}\n`)
                    .join('');
            if (!result.includes(side('-'))) throw new Error(`This part of the diff fits nowhere:\n${hunk}`);
            return result.replace(side('-'), () => side('+'));
        }, text);
}

test.each(pairs)('the diff in the README turns %s into %s, and leaves nothing out', async (before, after) => {
    const [, diff] = /^```diff\n(.*?)^```$/ms.exec(await read(after, 'README.md')) ?? [];
    expect(diff, 'the README has a diff').toBeDefined();
    expect(applyDiff(await sources(before), diff!)).toBe(await sources(after));
});
