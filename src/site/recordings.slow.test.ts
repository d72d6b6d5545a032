import { expect, it } from 'vitest';

import type { Trace } from '../trace/trace.js';
import { judgeTrace } from '../trial/judge-trace.js';
import { RECORDED_RUNS } from './figures.js';
import { recordRun } from './record-run.js';
import { readRecording } from './recordings.js';

/** What a figure is about: how it ends, what struck it and after what, and what its processes heard. */
function whatMatters(trace: Trace): unknown {
    const { verdict, missed } = judgeTrace(trace);
    const of = (type: string): number => trace.entries.filter((entry) => entry.type === type).length;
    const events = trace.entries.flatMap((entry) =>
        entry.type === 'run.event' && entry.name !== 'systemInfo' && entry.name !== 'persistState' ? [entry.name] : [],
    );
    return {
        ended: [verdict.ended, verdict.tracker.status, verdict.dataset.status],
        plan: trace.head.subject?.plan,
        missed,
        strikes: of('strike'),
        processes: of('run.boot'),
        events,
    };
}

it.concurrent.each([...RECORDED_RUNS])('%s, run anew, is what its recording shows', async (name, run) => {
    const { trace } = await recordRun(run, { signal: new AbortController().signal });

    expect(whatMatters(trace)).toEqual(whatMatters(readRecording(name)));
});
