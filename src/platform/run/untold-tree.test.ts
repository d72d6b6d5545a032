import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { tmpdir } from 'node:os';

import { afterEach, expect, onTestFinished, test, vi } from 'vitest';

import { TestPlatform } from '../fixtures/test-platform.js';
import { endTree } from './kill-tree.js';
import type { ListedProcess } from './process-table.js';

/** What the system tells of its processes. */
const system = vi.hoisted(() => ({ processes: undefined as ListedProcess[] | undefined }));

vi.mock('./process-table.js', () => ({ listProcesses: () => system.processes }));

const UNKNOWN = 'Whether what the Actor had started is still running can not be known on this system.';

afterEach(() => {
    system.processes = undefined;
    vi.restoreAllMocks();
});

/** A process that has ended, and led a group of its own. */
async function endedProcess(): Promise<{ pid: number; mark: string }> {
    const child = spawn(process.execPath, ['-e', ''], { stdio: 'ignore', detached: process.platform !== 'win32' });
    await once(child, 'exit');
    return { pid: child.pid!, mark: 'token-of-the-run' };
}

test('where the system does not list processes, it is said that what is left can not be known', async () => {
    expect(await endTree(await endedProcess())).toBe(UNKNOWN);
});

test('nothing is said where the system lists none that the process has started', async () => {
    system.processes = [];

    expect(await endTree(await endedProcess())).toBeUndefined();
});

test('it is said which processes could not be ended', async () => {
    const root = await endedProcess();
    // No system has processes with such numbers, so that these can't be ended.
    const pids = [2 ** 31 - 2, 2 ** 31 - 1];
    system.processes = pids.map((pid) => ({ pid, parent: 1, group: pid, environment: `APIFY_TOKEN=${root.mark}` }));
    let now = 0;
    vi.spyOn(Date, 'now').mockImplementation(() => (now += 1_000));

    expect(await endTree(root)).toBe(`Processes that the Actor had started could not be ended: ${pids.join(', ')}.`);
});

test('a run on such a system has it in its trace, as a note', async () => {
    const local = await TestPlatform.open();
    onTestFinished(async () => local.close());
    const notes: string[] = [];
    local.platform.on('entry', (entry) => {
        if (entry.type === 'note') notes.push(entry.text);
    });
    const command: [string, ...string[]] = [process.execPath, '-e', ''];
    const run = await local.platform.start(local.platform.define({ name: 'ends', command, cwd: tmpdir() }));
    await run.finished();

    expect(notes).toEqual([UNKNOWN]);
});
