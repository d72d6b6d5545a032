import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

import { expect, it, onTestFinished, vi } from 'vitest';

import { isAlive } from '../is-alive.js';
import { compiled } from '../paths.js';
import { endWithNpm } from './end-with-npm.js';

/** A process that starts a command as npm does and then does nothing; what it prints are ids of processes, then that of the command. */
function inPlaceOfNpm(shell: boolean): string {
    const file = compiled('src/cli/shop.js');
    const how = `{ stdio: ['ignore', 'pipe', 'ignore'], env: { ...process.env, npm_lifecycle_event: 'shop' } }`;
    const start = shell
        ? `spawn('sh', ['-c', 'echo $$; "${process.execPath}" "${file}"; true'], ${how})`
        : `spawn(process.execPath, ['${file}'], ${how})`;
    return `const { spawn } = require('node:child_process');
        const child = ${start};
        console.log(child.pid);
        child.stdout.pipe(process.stdout);`;
}

// Windows has no shell of this name, and ends what npm has started by itself.
it.each([['at once', false], ...(process.platform === 'win32' ? [] : [['through a shell', true] as const])] as const)(
    'a command that npm has started %s ends when npm alone is killed',
    async (_, shell) => {
        const npm = spawn(process.execPath, ['-e', inPlaceOfNpm(shell)], { stdio: ['ignore', 'pipe', 'inherit'] });
        const lines: string[] = [];
        const open = new Promise<void>((resolve) => {
            createInterface({ input: npm.stdout }).on('line', (line) => {
                lines.push(line);
                if (line.startsWith('The shop is open')) resolve();
            });
        });
        await open;
        const pid = Number(lines[0]);
        onTestFinished(() => {
            if (isAlive(pid)) process.kill(pid, 'SIGKILL');
        });
        const address = /http:\S+/.exec(lines.at(-1)!)![0];
        expect((await fetch(address)).status).toBe(200);

        npm.kill('SIGKILL');

        await vi.waitUntil(() => !isAlive(pid), { timeout: 60_000, interval: 50 });
        await expect(fetch(address)).rejects.toThrow();
    },
);

it('a command that npm has not started outlives whoever has', () => {
    vi.useFakeTimers();
    onTestFinished(() => {
        vi.useRealTimers();
    });
    endWithNpm({});
    expect(vi.getTimerCount()).toBe(0);
});
