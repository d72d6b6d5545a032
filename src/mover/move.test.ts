import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { expect, it, onTestFinished } from 'vitest';

import { projectRoot } from '../base/paths.js';
import type { MovedActor } from './define-actor.js';
import { OWN } from './labels.js';
import { move } from './move.js';

const COUNTER: MovedActor = {
    name: 'counter',
    command: [process.execPath, 'main.js'],
    cwd: join(projectRoot, 'src', 'mover', 'fixtures', 'counter'),
};

it('says what a run has left although its storages can not be written as files', async () => {
    const dir = await mkdtemp(join(tmpdir(), 'move-'));
    onTestFinished(async () => rm(dir, { recursive: true, force: true, maxRetries: 3 }));
    await mkdir(join(dir, 'storage'));
    await writeFile(join(dir, 'storage', 'precious.txt'), 'x');

    const moved = await move({
        actor: COUNTER,
        input: { rows: 2, flaw: 'none' },
        plan: [],
        dir,
        exports: true,
    });

    expect(moved.leftovers).toMatchObject({ ended: 'SUCCEEDED', datasets: { [OWN]: [{ n: 0 }, { n: 1 }] } });
    expect(moved.exported).toBeUndefined();
    expect(moved.notExported).toMatch(/^The storages can't be written as files: .* holds 'precious\.txt', .*\.$/);
    expect(await readdir(join(dir, 'storage'))).toEqual(['precious.txt']);
}, 60_000);

it('starts the run with the limits that it is given', async () => {
    const dir = await mkdtemp(join(tmpdir(), 'move-'));
    onTestFinished(async () => rm(dir, { recursive: true, force: true, maxRetries: 3 }));
    const limits = { maxItems: 7, maxTotalChargeUsd: 0.5, timeoutSecs: 100, memoryMbytes: 512 };
    const input = { rows: 2, flaw: 'none' };

    const { run } = await move({ actor: COUNTER, input, plan: [], dir, ...limits });

    expect(run).toMatchObject({ status: 'SUCCEEDED', ...limits });
}, 60_000);
