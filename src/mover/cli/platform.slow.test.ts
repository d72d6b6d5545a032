import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';

import { ApifyClient } from 'apify-client';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';

import { compiled } from '../../base/paths.js';
import { isAlive } from '../../base/is-alive.js';

const script = compiled('src/mover/cli/platform.js');
let folder: string;

beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'platform-command-'));
    mkdirSync(join(folder, 'idle'));
    writeFileSync(join(folder, 'idle', 'package.json'), JSON.stringify({ scripts: { start: 'node main.js' } }));
    writeFileSync(join(folder, 'idle', 'main.js'), 'console.log("pid", process.pid); setInterval(() => {}, 1000);');
});
/** What a test that fails has left open. */
const children: ChildProcess[] = [];
afterEach(() => {
    for (const child of children.splice(0)) child.kill('SIGKILL');
});
afterAll(() => rmSync(folder, { recursive: true, force: true, maxRetries: 3 }));

interface Opened {
    child: ChildProcess;
    client: ApifyClient;
    baseUrl: string;
    token: string;
    dir: string;
}

/** Opens a platform as a person does, on the test's data directory. */
async function open(...args: string[]): Promise<Opened> {
    const child = spawn(process.execPath, [script, '--json', '--data', 'data', ...args], { cwd: folder });
    children.push(child);
    const lines = createInterface({ input: child.stdout });
    const failed = text(child.stderr).then((said) => Promise.reject(new Error(said)));
    const [line] = (await Promise.race([once(lines, 'line'), failed])) as [string];
    failed.catch(() => undefined);
    const { baseUrl, token, dir } = JSON.parse(line) as Omit<Opened, 'child' | 'client'>;
    return { child, baseUrl, token, dir, client: new ApifyClient({ baseUrl, token, maxRetries: 0 }) };
}

/** Waits until so many processes of a run have told their ids, and returns them. */
async function hasPrinted(client: ApifyClient, runId: string, count: number): Promise<number[]> {
    return vi.waitFor(
        async () => {
            const pids = (await client.log(runId).get())?.match(/(?<=pid )\d+/g) ?? [];
            expect(pids).toHaveLength(count);
            return pids.map(Number);
        },
        { timeout: 30_000 },
    );
}

function runOnce(...args: string[]): { status: number | null; stdout: string; stderr: string } {
    return spawnSync(process.execPath, [script, ...args], { cwd: folder, encoding: 'utf8', timeout: 30_000 });
}

// Windows has no signal that a program can act upon.
describe.skipIf(process.platform === 'win32')('the platform by itself', () => {
    test('keeps runs for the client; Ctrl-C ends them and leaves no process, port or lock; the next one resurrects them', async () => {
        const first = await open('--actor', 'demo=idle');
        const run = await first.client.actor('local~demo').start();
        const record = first.client.keyValueStore(run.defaultKeyValueStoreId);
        await record.setRecord({ key: 'STATE', value: { n: 1 } });
        await hasPrinted(first.client, run.id, 1);
        const strike = `${first.baseUrl}/actors-move/v1/runs/${run.id}/crash?token=${first.token}`;
        expect((await fetch(strike, { method: 'POST' })).status).toBe(200);
        await hasPrinted(first.client, run.id, 2);
        expect(first.dir).toContain('data');
        first.child.kill('SIGINT');
        expect(await once(first.child, 'exit')).toEqual([0, null]);
        expect(readdirSync(first.dir).filter((file) => file.startsWith('lock'))).toEqual([]);
        await expect(fetch(first.baseUrl)).rejects.toThrow('fetch failed');

        const second = await open('--actor', 'demo=idle');
        const left = (await second.client.run(run.id).get())!;
        expect(left).toMatchObject({ status: 'ABORTED', actId: run.actId });
        const pids = await hasPrinted(second.client, run.id, 2);
        expect(pids.filter(isAlive)).toEqual([]);
        expect(await second.client.run(run.id).resurrect()).toMatchObject({ status: 'RUNNING' });
        expect((await second.client.run(run.id).keyValueStore().getRecord('STATE'))!.value).toEqual({ n: 1 });
        second.child.kill('SIGTERM');
        expect(await once(second.child, 'exit')).toEqual([0, null]);
    });

    test('says at once what to copy, and later what happens to runs', async () => {
        const child = spawn(process.execPath, [script, '--data', 'other', '--actor', 'idle'], { cwd: folder });
        children.push(child);
        let said = '';
        child.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()));
        while (!said.includes('/fail\n')) await once(child.stdout, 'data');
        const [, baseUrl] = /^APIFY_CLIENT_BASE_URL=(.+)$/m.exec(said)!;
        const [, token] = /^APIFY_TOKEN=(.+)$/m.exec(said)!;
        expect(said).toContain(`APIFY_API_BASE_URL=${baseUrl}\n`);
        expect(said).toContain('local~idle');
        const client = new ApifyClient({ baseUrl: baseUrl!, token: token! });
        const { id } = await client.actor('idle').start();
        while (!said.includes('process 1')) await once(child.stdout, 'data');
        expect(said).toMatch(new RegExp(`^\\d\\d:\\d\\d:\\d\\d idle ${id} RUNNING$`, 'm'));
        await client.run(id).update({ statusMessage: 'On \u001b[31mpage\n2' });
        while (!said.includes('On page')) await once(child.stdout, 'data');
        expect(said).toMatch(new RegExp(`idle ${id} On page 2$`, 'm'));
        child.kill('SIGINT');
        await once(child, 'exit');
    });

    test('a data directory or a port that another platform holds is a usage error', async () => {
        const { child, baseUrl } = await open();
        const { status, stderr } = runOnce('--data', 'data');
        expect(stderr).toMatch(/is held by process \d+/);
        expect(status).toBe(2);
        const { port } = new URL(baseUrl);
        expect(runOnce('--data', 'third', '--port', port).stderr).toContain(`Port ${port} is in use.`);
        child.kill('SIGINT');
        await once(child, 'exit');
    });
});

test('--operations lists what is served, of how many', () => {
    const { status, stdout } = runOnce('--operations');
    expect(status).toBe(0);
    expect(stdout).toMatch(/^dataset_items_post +POST +\/v2\/datasets\/\{id\}\/items$/m);
    const lines = stdout.trimEnd().split('\n');
    expect(lines.at(-1)).toBe(`${lines.length - 1} of 231 operations of the Apify API are served.`);
    expect(JSON.parse(runOnce('--operations', '--json').stdout)).toMatchObject({
        served: lines.length - 1,
        total: 231,
    });
});
