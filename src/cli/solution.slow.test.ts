import { existsSync } from 'node:fs';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { makePlainWorkspace } from '../exercise/fixtures/submissions.js';
import { isAlive } from '../base/is-alive.js';
import { CommandProcesses, type RunningCommand } from './fixtures/command-processes.js';
import { isOpen } from './fixtures/is-open.js';

let folder: string;
const processes = new CommandProcesses();

beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'actors-move-'));
});

afterEach(async () => {
    processes.kill();
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
});

/** Starts a command in a folder of its own and without a terminal. */
function start(command: string, args: string[] = [], env: Record<string, string> = {}): RunningCommand {
    return processes.start(command, args, { cwd: folder, env: { PATH: process.env.PATH, ...env } });
}

const IS_WORKING = /search page .* asked for/;

/** Waits until the Actor scrapes, and returns its process and the ports that are open for it. */
async function working({ output }: RunningCommand): Promise<{ pid: number; ports: number[] }> {
    await expect.poll(output, { timeout: 20_000 }).toMatch(IS_WORKING);
    const ports = [...output().matchAll(/127\.0\.0\.1:(\d+)/g)].map(([, port]) => Number(port));
    const { readFile } = await import('node:fs/promises');
    const [dir] = await readdir(join(folder, '.actors-move'));
    const journal = await readFile(join(folder, '.actors-move', dir!, 'journal.jsonl'), 'utf8');
    return { pid: Number(/"pid":(\d+)/.exec(journal)![1]), ports };
}

describe('npm run solution', () => {
    it('shows the move, the object and the verdict, and keeps the data where it says', async () => {
        const run = start('solution', ['2', '--fault', 'migrate', '--latency', '50', '--data', 'kept']);

        expect(await run.ended).toBe(0);
        expect(run.output()).toMatch(/migrate strikes at dataset_items_post@40:after/);
        expect(run.output()).toMatch(/event 'migrating' sent, 10 s remain/);
        expect(run.output()).toMatch(/process 2 boots/);
        expect(run.output()).toMatch(/▪+ +◆ \d+ rows? pushed, of B0/);
        expect(run.output()).toMatch(/● saved ASIN_OFFERS: \d+ ASINs, \d+ offers/);
        expect(run.output()).toMatch(/✘ Counted twice, since .* in flight came again: B0/);
        expect(run.output()).not.toMatch(/Final request statistics/);
        expect(run.output()).toMatch(/over-counted/);
        expect(run.output()).toMatch(/log: kept\n/);
        expect(existsSync(join(folder, 'kept', 'journal.jsonl'))).toBe(true);
        // Without a terminal: no colours, no line that is drawn over.
        // eslint-disable-next-line no-control-regex
        expect(run.output()).not.toMatch(/[\u001b\r]/);
    });

    it('prints its verdict for programs with --json, and nothing else', async () => {
        const run = start('solution', ['0', '--fault', 'crash', '--latency', '0', '--json']);

        expect(await run.ended).toBe(0);
        expect(JSON.parse(run.output())).toMatchObject({
            step: 0,
            fault: 'crash',
            verdict: { exact: false, boots: 2, tracker: { status: 'lost' } },
            run: { status: 'SUCCEEDED' },
            calls: { dataset_items_post: expect.any(Number) },
        });
    });

    it('strikes at random, the same for the same seed', async () => {
        makePlainWorkspace(folder, { remembers: true });
        const args = [
            'workspace',
            '--fault',
            'crash',
            '--at',
            'random',
            '--seed',
            '3',
            '--products',
            '1',
            '--latency',
            '0',
            '--json',
        ];
        const plans = await Promise.all(
            [start('solution', args), start('solution', args)].map(async (run) => {
                expect(await run.ended).toBe(0);
                return (JSON.parse(run.output()) as { plan: unknown }).plan;
            }),
        );

        expect(plans[0]).toEqual(plans[1]);
    });

    it.each([
        ['FORCE_COLOR', true],
        ['NO_COLOR', false],
    ])('obeys %s', async (name, isColoured) => {
        makePlainWorkspace(folder, { remembers: true });
        const run = start('solution', ['workspace', '--products', '1', '--latency', '0'], { [name]: '1' });

        expect(await run.ended).toBe(0);
        expect(run.output().includes('\u001b[')).toBe(isColoured);
    });

    it.skipIf(process.platform === 'win32')(
        'ends Actor, platform and shop on Ctrl-C, and says where the data is',
        async () => {
            const run = start('solution', ['0', '--latency', '1000']);
            const { pid, ports } = await working(run);

            run.child.kill('SIGINT');

            expect(await run.ended).toBe(130);
            expect(run.output()).toMatch(/Stopped\. What the run had stored by then is in \.actors-move/);
            expect(isAlive(pid)).toBe(false);
            expect(ports).toHaveLength(2);
            for (const port of ports) expect(await isOpen(port)).toBe(false);
        },
    );

    it('leaves no Actor behind when it is killed itself', async () => {
        const run = start('solution', ['0', '--latency', '1000']);
        const { pid } = await working(run);
        expect(isAlive(pid)).toBe(true);

        run.child.kill('SIGKILL');

        await run.ended;
        await expect.poll(() => isAlive(pid), { timeout: 10_000 }).toBe(false);
    });
});

it('npm start shows the move before and after, and what to do next, without a question', async () => {
    const run = start('start');

    expect(await run.ended).toBe(0);
    expect(run.output()).toMatch(/What each migration left/);
    expect(run.output()).toMatch(/Step 0 \(counts in memory\)\n\s+object\s+✘ lost/);
    expect(run.output()).toMatch(/What to do next/);
}, 90_000);
