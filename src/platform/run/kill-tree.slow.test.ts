import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';

import { TestPlatform } from '../fixtures/test-platform.js';
import { isAlive } from '../../base/is-alive.js';

let local: TestPlatform;
const strays: number[] = [];

beforeAll(async () => {
    local = await TestPlatform.open();
});
afterEach(() => {
    for (const pid of strays.splice(0)) if (isAlive(pid)) process.kill(pid, 'SIGKILL');
});
afterAll(async () => local.close());

/** How a process can be hard to find; on Windows only its descent tells whose it is. */
const HIDDEN: [what: string, order: object][] = [
    ['a child', {}],
    ['a child in a group of its own', { detached: true }],
    ['a child in a group of its own, without its environment', { detached: true, bare: true }],
    ...(process.platform === 'win32'
        ? []
        : ([['a child in a group of its own, whose parent is gone', { detached: true, orphan: true }]] as [
              string,
              object,
          ][])),
];
const ENDS = ['migrates', 'crashes', 'is aborted', 'exits'];

/** On Windows what is killed may take a moment to be gone. */
async function areGone(...pids: number[]): Promise<void> {
    if (process.platform === 'win32') await vi.waitUntil(() => !pids.some(isAlive), { timeout: 60_000 });
    expect(pids.filter(isAlive)).toEqual([]);
}

describe('what an Actor has started', () => {
    test.each(
        HIDDEN.flatMap(([what, order]) => ENDS.map((how) => ({ what, order, how }))).filter(
            // Nothing is left then that could tell whose it is.
            ({ order, how }) => !(how === 'exits' && ('bare' in order || process.platform === 'win32')),
        ),
    )('ends when the Actor $how: $what', async ({ order, how }) => {
        const run = await local.startProbe();
        const { pid } = await local.order<{ pid: number }>(run, '/grandchild', order);
        strays.push(pid);
        expect(isAlive(pid)).toBe(true);
        if (how === 'migrates') await run.migrate({ graceMillis: 1 });
        else if (how === 'crashes') await run.crash();
        else if (how === 'is aborted') run.abort();
        else await local.lastOrder(run, '/exit', { code: 0 });
        if (how !== 'migrates' && how !== 'crashes') await run.finished();
        await areGone(pid);
        run.abort();
        await run.finished();
    });

    test('does not hold up the run when it has left its group and still holds the outputs', async () => {
        const run = await local.startProbe();
        const { pid } = await local.order<{ pid: number }>(run, '/grandchild', { detached: true });
        strays.push(pid);
        run.abort();
        expect(await run.finished()).toMatchObject({ status: 'ABORTED' });
        await areGone(pid);
    });

    test('is gone after each of twenty strikes', async () => {
        const run = await local.startProbe();
        for (let strike = 1; strike <= 20; strike++) {
            const { pid } = await local.order<{ pid: number }>(run, '/grandchild', { detached: true });
            strays.push(pid);
            await run.crash();
            await local.isUpAgain(run, strike + 1);
        }
        run.abort();
        await run.finished();
        await areGone(...strays);
        expect(strays).toHaveLength(20);
    }, 600_000);
});
