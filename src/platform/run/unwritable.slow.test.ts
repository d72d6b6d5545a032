import type * as fs from 'node:fs';

import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';

import { TestPlatform } from '../fixtures/test-platform.js';
import type { RunProcess } from '../index.js';
import { isAlive } from '../../base/is-alive.js';

/** What the disk has no room for: decided by what is about to be written. */
const disk = vi.hoisted(() => ({ isFull: (_text: string): boolean => false }));

vi.mock('node:fs', async (load) => {
    const actual = await load<typeof fs>();
    const refuse = (text: string): void => {
        if (!disk.isFull(text)) return;
        throw Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC', syscall: 'write' });
    };
    return {
        ...actual,
        writeSync: (file: number, line: Buffer, written: number) => {
            refuse(line.toString());
            return actual.writeSync(file, line, written);
        },
        appendFileSync: (path: string, text: string) => {
            refuse(text);
            actual.appendFileSync(path, text);
        },
    };
});

let local: TestPlatform;

beforeEach(async () => {
    local = await TestPlatform.open({ settings: { migrationGraceMillis: 20_000 } });
});
afterEach(async () => {
    disk.isFull = () => false;
    await local.close();
});

const isJournal = (text: string): boolean => text.startsWith('{"at":');

const FAILED = {
    status: 'FAILED',
    statusMessage: expect.stringMatching(/^The (?:journal|log) .+ can't be written: ENOSPC: no space left/) as string,
    isAlive: false,
};

/** What the platform, which goes on, says of a run that has ended, and whether the process lives that worked on it. */
async function outcomeOf(run: RunProcess, pid = -1): Promise<unknown> {
    await run.finished();
    const { status, statusMessage } = (await local.client.run(run.id).get())!;
    return { status, statusMessage, isAlive: pid !== -1 && isAlive(pid) };
}

describe('a run ends as FAILED and says why when nothing more can be written and', () => {
    test.each<[what: string, happen: (run: RunProcess) => Promise<unknown>]>([
        ['it is to migrate', async (run) => run.migrate()],
        ['its process crashes', async (run) => run.crash()],
        ['its process ends by itself', async (run) => local.lastOrder(run, '/exit', { code: 0 })],
        ['it is aborted', async (run) => run.abort({ gracefully: true })],
    ])('%s', async (_what, happen) => {
        const run = await local.startProbe();
        const { pid } = run;
        const lines: string[] = [];
        local.platform.on('entry', (entry) => {
            if (entry.type === 'line') lines.push(entry.text);
        });
        disk.isFull = isJournal;
        await happen(run);
        expect(await outcomeOf(run, pid)).toEqual(FAILED);
        expect(lines.at(-1)).toMatch(/can't be written/);
    });

    test('it has reached its timeout', async () => {
        disk.isFull = (text) => text.includes('"TIMING-OUT"');
        const run = await local.platform.start(local.defineProbe('slow'), { timeoutSecs: 0.5 });
        expect(await outcomeOf(run, run.pid)).toEqual(FAILED);
    });

    test('its next process is being started', async () => {
        const run = await local.startProbe();
        const { pid } = run;
        disk.isFull = (text) => text.includes('"run.boot"');
        await run.crash();
        expect(await outcomeOf(run, pid)).toEqual(FAILED);
        expect(run.pid).toBeUndefined();
    });

    test('its process prints a line', async () => {
        const run = await local.startProbe();
        disk.isFull = (text) => !isJournal(text);
        await local.lastOrder(run, '/print', { text: 'the last words\n' });
        expect(await outcomeOf(run, run.pid)).toEqual(FAILED);
    });
});

test('a call that would write is answered with the reason, and changes nothing', async () => {
    const run = await local.startProbe();
    const actor = local.defineProbe('other');
    disk.isFull = isJournal;
    const { status, body } = await local.callFrom(run, 'POST', `/datasets/${run.record.datasetId}/items`, '{"n":1}');
    expect(status).toBe(500);
    expect(JSON.parse(body)).toEqual({
        error: { type: 'internal-server-error', message: expect.stringContaining('no space left') as string },
    });
    const metamorph = `/actor-runs/${run.id}/metamorph?targetActorId=${actor.id}`;
    expect(await local.outcome(metamorph, { method: 'POST' })).toEqual([500, 'internal-server-error']);
    expect(await local.outcome(`/actors/${actor.id}/runs`, { method: 'POST' })).toEqual([500, 'internal-server-error']);
    disk.isFull = () => false;
    expect(await local.client.dataset(run.record.datasetId).listItems()).toMatchObject({ total: 0 });
    expect(await local.outcome(metamorph, { method: 'POST' })).toEqual([200, undefined]);
    await local.isUpAgain(run, 2);
    expect(run.record).toMatchObject({ status: 'RUNNING', metamorphCount: 1, actorId: actor.id });
});

test('a run that could not go on is resurrected once there is room again', async () => {
    const run = await local.startProbe();
    disk.isFull = isJournal;
    await run.crash();
    await expect(run.resurrect()).rejects.toThrow('ENOSPC');
    disk.isFull = () => false;
    await run.resurrect();
    await local.isUpAgain(run, 2);
    run.abort();
    expect(await run.finished()).toMatchObject({ status: 'ABORTED' });
});

test('the platform closes while nothing can be written, and the next one finds the run as one that was running', async () => {
    const { dir } = local.platform;
    const run = await local.startProbe();
    const pid = run.pid!;
    disk.isFull = isJournal;
    await local.platform.close();
    expect(isAlive(pid)).toBe(false);
    disk.isFull = () => false;
    local = await TestPlatform.open({ dir });
    expect(await local.client.run(run.id).get()).toMatchObject({ status: 'ABORTED' });
});
