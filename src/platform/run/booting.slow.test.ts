import { tmpdir } from 'node:os';

import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import { TestPlatform } from '../fixtures/test-platform.js';
import type { ActorDefinition, RunProcess } from '../index.js';
import { isAlive } from '../../base/is-alive.js';
import type { TraceEntry } from '../../trace/recorded.js';

let local: TestPlatform;

beforeEach(async () => {
    // Long enough that no test which passes waits for it, short enough to see what a test that hangs waits for.
    local = await TestPlatform.open({ settings: { abortGraceMillis: 20_000 } });
});
afterEach(async () => local.close());

/** Does something to the first run while its process is being spawned: after the journal entry that it names. */
async function whileSpawning(
    type: TraceEntry['type'],
    act: (run: RunProcess) => unknown,
    start: () => Promise<RunProcess>,
): Promise<RunProcess> {
    const acted = new Promise<void>((resolve, reject) => {
        const onEntry = (entry: TraceEntry): void => {
            if (entry.type !== type) return;
            local.platform.off('entry', onEntry);
            const [id] = [...local.platform.store.state.runs.keys()];
            // Only once the entry's own consequences are under way.
            local.platform
                .run(id!)
                .then((run) => {
                    expect(run.pid).toBeUndefined();
                    act(run);
                })
                .then(resolve, reject);
        };
        local.platform.on('entry', onEntry);
    });
    const run = await start();
    await acted;
    return run;
}

/** Process ids of all processes that were started. */
function startedPids(): number[] {
    const pids: number[] = [];
    local.platform.on('entry', (entry) => {
        if (entry.type === 'run.boot') pids.push(entry.pid);
    });
    return pids;
}

const goesWhenTold = (): ActorDefinition =>
    local.defineProbe('goes', { PROBE_ON_EVENT: '{"persistState":{"exit":0}}' });
/** Never connects to its events. */
const hearsNothing = (): ActorDefinition =>
    local.platform.define({
        name: 'deaf',
        command: [process.execPath, '-e', 'setInterval(() => {}, 1_000)'],
        cwd: tmpdir(),
    });

describe('a graceful abort while the process is being spawned', () => {
    test('sends both events as soon as the first process connects', async () => {
        const run = await whileSpawning(
            'run.status',
            (booting) => booting.abort({ gracefully: true }),
            async () => local.platform.start(goesWhenTold()),
        );
        expect(await run.finished()).toMatchObject({ status: 'ABORTED', exitCode: 0, incarnation: 1 });
        expect(local.events(run)).toEqual([
            { name: 'aborting' },
            { name: 'persistState', data: { isMigrating: false } },
        ]);
    });

    test('sends both events as soon as the next process connects', async () => {
        const run = await local.startProbe({ env: { PROBE_ON_EVENT: '{"persistState":{"exit":0}}' } });
        await whileSpawning(
            'run.exit',
            (booting) => booting.abort({ gracefully: true }),
            async () => {
                await run.crash();
                return run;
            },
        );
        expect(await run.finished()).toMatchObject({ status: 'ABORTED', exitCode: 0, incarnation: 2 });
        expect(local.events(run).map(({ name }) => name)).toEqual(['aborting', 'persistState']);
    });

    test('kills a process that does not connect within the grace period, counted from the abort', async () => {
        await local.close();
        local = await TestPlatform.open({ settings: { abortGraceMillis: 500 } });
        const pids = startedPids();
        const announced: string[] = [];
        local.platform.on('entry', (entry) => {
            if (entry.type === 'run.event') announced.push(entry.name);
        });
        let abortedAt = 0;
        const run = await whileSpawning(
            'run.status',
            (booting) => {
                abortedAt = Date.now();
                booting.abort({ gracefully: true });
            },
            async () => local.platform.start(hearsNothing()),
        );
        const { status, finishedAt } = await run.finished();
        expect(status).toBe('ABORTED');
        expect(finishedAt! - abortedAt).toBeGreaterThanOrEqual(499);
        expect(announced).toEqual([]);
        expect(pids.map(isAlive)).toEqual([false]);
    });
});

describe('what ends a run while its process is being spawned', () => {
    test.each<[what: string, end: (run: RunProcess) => unknown, status: string]>([
        ['an abort', (run) => run.abort(), 'ABORTED'],
        ['the end of the platform', async (run) => run.shutdown(), 'ABORTED'],
    ])('kills what was just spawned: %s', async (_what, end, status) => {
        const pids = startedPids();
        const run = await whileSpawning('run.status', end, async () => local.platform.start(hearsNothing()));
        expect(await run.finished()).toMatchObject({ status, incarnation: 1 });
        expect(pids.map(isAlive)).toEqual([false]);
    });

    test('is an abort also when the process can not be started', async () => {
        const actor = local.platform.define({ name: 'missing', command: ['no-such-program'], cwd: tmpdir() });
        const run = await whileSpawning(
            'run.status',
            (booting) => booting.abort({ gracefully: true }),
            async () => local.platform.start(actor),
        );
        expect(run.record).toMatchObject({ status: 'ABORTED', incarnation: 0 });
    });
});
