import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';

import { expect, test, vi } from 'vitest';

import { isAlive } from './is-alive.js';

test('a process is alive until it has ended', async () => {
    expect(isAlive(process.pid)).toBe(true);
    const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
    await once(child, 'spawn');
    expect(isAlive(child.pid!)).toBe(true);
    child.kill('SIGKILL');
    await once(child, 'exit');
    expect(isAlive(child.pid!)).toBe(false);
});

test.runIf(process.platform === 'linux')('a process that nobody has asked about its end is not alive', async () => {
    // The parent becomes a program that knows nothing of the child that it has inherited.
    const shell = spawn('sh', ['-c', 'sleep 60 & echo $!; exec sleep 60']);
    const [line] = (await once(createInterface({ input: shell.stdout }), 'line')) as [string];
    const child = Number(line);
    await vi.waitUntil(() => readFileSync(`/proc/${shell.pid}/comm`, 'utf8') === 'sleep\n');
    expect(isAlive(child)).toBe(true);
    process.kill(child, 'SIGKILL');
    await vi.waitUntil(() => !isAlive(child));
    expect(() => process.kill(child, 0)).not.toThrow();
    shell.kill('SIGKILL');
});
