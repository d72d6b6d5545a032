import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';

import { expect, test, vi } from 'vitest';

import { isAlive } from '../../base/is-alive.js';
import { Watchdog } from './watchdog.js';

/** Each carries a mark of its own, as the processes of different runs do. */
const markOf = (run: string): string => `ACTOR_RUN_ID=${run}`;

async function start(run: string): Promise<ChildProcess & { pid: number }> {
    const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], {
        detached: true,
        stdio: 'ignore',
        env: { ...process.env, ACTOR_RUN_ID: run },
    });
    await once(child, 'spawn');
    return child as ChildProcess & { pid: number };
}

test('a watchdog that somebody has killed is replaced, and the next one knows what to watch', async () => {
    const watchdog = new Watchdog();
    const [watched, forgotten] = [await start('watched'), await start('forgotten')];
    watchdog.watch({ pid: watched.pid, mark: markOf('watched') });
    watchdog.watch({ pid: forgotten.pid, mark: markOf('forgotten') });
    watchdog.forget(forgotten.pid);
    const first = watchdog.pid!;

    process.kill(first, 'SIGKILL');
    await vi.waitUntil(() => watchdog.pid !== first && watchdog.pid !== undefined, { timeout: 60_000 });
    const ended = once(watched, 'exit');
    watchdog.close();

    expect(await ended).toEqual([null, 'SIGKILL']);
    expect(isAlive(forgotten.pid)).toBe(true);
    forgotten.kill('SIGKILL');
    await once(forgotten, 'exit');
    expect([first, watched.pid].map(isAlive)).toEqual([false, false]);
});

test('where nothing is left to watch, none takes its place', async () => {
    const watchdog = new Watchdog();
    const watched = await start('other');
    watchdog.watch({ pid: watched.pid, mark: markOf('other') });
    watchdog.forget(watched.pid);

    process.kill(watchdog.pid!, 'SIGKILL');
    await vi.waitUntil(() => watchdog.pid === undefined, { timeout: 60_000 });

    expect(isAlive(watched.pid)).toBe(true);
    watched.kill('SIGKILL');
    await once(watched, 'exit');
});
