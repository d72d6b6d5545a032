import { PassThrough } from 'node:stream';
import { stripVTControlCharacters } from 'node:util';

import { expect, it } from 'vitest';

import { lateRun } from '../../trace/fixtures/run-script.js';
import { baselineOf, type Comparison, judged } from '../comparison.js';
import { type Moved, movedIn } from '../move.js';
import { showComparison } from './run-show.js';

const WHY = "The storages can't be written as files: ENOSPC: no space left on device.";

function shownOf(comparison: Comparison): string[] {
    const output = new PassThrough().setEncoding('utf8');
    showComparison(comparison, Object.assign(output, { columns: 200 }) as unknown as NodeJS.WriteStream);
    return stripVTControlCharacters(String(output.read())).split('\n');
}

it.each([
    ['the same', {}, '  ✔ It left the same as undisturbed.', 'Struck, it leaves the same.'],
    [
        'something else',
        { exitCode: 1 },
        '  ✘ The run ended SUCCEEDED with exit code 1, undisturbed SUCCEEDED with exit code 0.',
        'Struck, it does not leave the same.',
    ],
])('a run that left %s is told so where its storages can not be written as files, too', (_, left, finding, verdict) => {
    const moved: Moved = { ...movedIn(lateRun().trace), dir: 'data', exported: undefined, notExported: WHY };
    const struck = { ...moved, leftovers: { ...moved.leftovers, ...left } };
    const baseline = baselineOf([moved], {});
    const lines = shownOf({
        undisturbed: [moved],
        noise: baseline.noise,
        struck: [{ ...judged(baseline, struck), plan: [] }],
    });

    expect(lines.filter((line) => line === WHY)).toHaveLength(2);
    expect(lines.filter((line) => line.startsWith('Storages as files'))).toEqual([]);
    expect(lines).toContain(finding);
    expect(lines.at(-2)).toBe(verdict);
});
