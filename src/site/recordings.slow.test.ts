import { expect, it } from 'vitest';

import { RECORDED_RUNS } from './figures.js';
import { columnOf, whatMatters } from './fixtures/what-matters.js';
import { recordRun } from './record-run.js';
import { readRecording } from './recordings.js';

/** The others are held against the runs of the table of steps, beside them. */
const RUN_ANEW = [...RECORDED_RUNS].filter(([, run]) => columnOf(run) === undefined);

it.concurrent.each(RUN_ANEW)('%s, run anew, is what its recording shows', async (name, run) => {
    const { trace } = await recordRun(run, { signal: new AbortController().signal });

    expect(whatMatters(trace)).toEqual(whatMatters(readRecording(name)));
});
