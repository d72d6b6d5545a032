import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { expect, onTestFinished, test } from 'vitest';

import { apiTimingArgs, readApiTiming } from './api-timing.js';
import { move } from './move.js';

test.each([
    [[], {}],
    [['--read-lag', '1.5'], { readLagMillis: 1_500 }],
    [['--read-lag', '0', '--api-latency', '20'], { readLagMillis: 0, apiLatencyMillis: 20 }],
])('%j is read as %j, and given again', (args, timing) => {
    const values = Object.fromEntries(args.flatMap((arg, i) => (i % 2 === 0 ? [[arg.slice(2), args[i + 1]!]] : [])));

    expect(readApiTiming(values)).toEqual(timing);
    expect(apiTimingArgs(timing)).toEqual(args);
});

test('a run on a platform with lag and latency has them in its trace', async () => {
    const dir = await mkdtemp(join(tmpdir(), 'actors-move-'));
    onTestFinished(async () => rm(dir, { recursive: true, force: true, maxRetries: 3 }));
    const actor = { name: 'nothing', command: [process.execPath, '-e', ''] as [string, ...string[]], cwd: dir };

    const { trace } = await move({ actor, plan: [], dir: join(dir, 'data'), readLagMillis: 7, apiLatencyMillis: 3 });

    expect(trace.head.settings).toMatchObject({ datasetReadLagMillis: 7, apiLatencyMillis: 3 });
});
