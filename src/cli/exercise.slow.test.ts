import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import { makePlainWorkspace, makeWorkspace } from '../exercise/fixtures/submissions.js';
import { compiled } from '../base/paths.js';
import { isAlive } from '../base/is-alive.js';
import { CommandProcesses, type RunningCommand } from './fixtures/command-processes.js';
import { Commands } from './fixtures/commands.js';
import { isOpen } from './fixtures/is-open.js';

let folder: string;
let dir: string;
const processes = new CommandProcesses();
let commands: Commands;

beforeAll(() => {
    commands = new Commands(tmpdir(), { NO_COLOR: '1', FORCE_COLOR: undefined });
});
afterAll(() => commands.close());

beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'actors-move-'));
    dir = join(folder, 'workspace', 'asin-tracker');
});

afterEach(async () => {
    processes.kill();
    rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
});

/** Starts a command in a folder of its own and without a terminal. */
function start(command: string, ...args: string[]): RunningCommand {
    const env = { ...process.env, ACTORS_MOVE_HOME: join(folder, 'home'), NO_COLOR: '1', FORCE_COLOR: undefined };
    return processes.start(command, args, { cwd: folder, env });
}

/** Runs a command to its end. */
async function run(command: string, ...args: string[]): Promise<{ code: number | string; output: string }> {
    const { ended, output } = start(command, ...args);
    return { code: await ended, output: output() };
}

/** The same in a process that has loaded it before, where no Actor is run. */
async function call(command: string, ...args: string[]): Promise<{ code: number; output: string }> {
    return commands.runIn(folder, command, ...args);
}

/** What is kept of stages and hints. */
function kept(): unknown {
    return JSON.parse(readFileSync(join(folder, 'home', 'check.json'), 'utf8'));
}

/** An Actor that tells of itself in a file and then never ends. */
function writeHangingActor(): void {
    mkdirSync(dir, { recursive: true });
    writeFileSync(
        join(dir, 'main.mjs'),
        `import { writeFileSync } from 'node:fs';
        const { pid, env: { APIFY_API_BASE_URL } } = process;
        writeFileSync(${JSON.stringify(join(folder, 'actor.tmp'))}, JSON.stringify({ pid, url: APIFY_API_BASE_URL }));
        (await import('node:fs')).renameSync(${JSON.stringify(join(folder, 'actor.tmp'))}, ${JSON.stringify(join(folder, 'actor.json'))});
        process.on('SIGTERM', () => {});
        setInterval(() => {}, 1_000);`,
    );
}

async function actor(): Promise<{ pid: number; port: number }> {
    const file = join(folder, 'actor.json');
    await expect.poll(() => existsSync(file), { timeout: 30_000 }).toBe(true);
    const { pid, url } = JSON.parse(readFileSync(file, 'utf8')) as { pid: number; url: string };
    return { pid, port: Number(new URL(url).port) };
}

/** Folders in which processes build Actors. */
function buildsOf(pid: number): string[] {
    const base = compiled('workspace');
    return existsSync(base) ? readdirSync(base).filter((name) => name.startsWith(`${pid}-`)) : [];
}

describe('npm run exercise -- tracker', () => {
    it('makes a copy of the starter, and the next time says only where it is', async () => {
        const first = await run('exercise', 'tracker');
        writeFileSync(join(dir, 'asin-tracker.ts'), 'mine');
        const second = await run('exercise', 'tracker');

        expect([first.code, second.code]).toEqual([0, 0]);
        expect(first.output).toMatch(/^Your copy of the starter: workspace\/asin-tracker\n/m);
        expect(second.output).toMatch(/^Your copy: workspace\/asin-tracker\n/m);
        expect(second.output).toMatch(/npm run check /);
        expect(readFileSync(join(dir, 'asin-tracker.ts'), 'utf8')).toBe('mine');
    });

    it('moves the copy aside with --reset, and has stages and hints begin anew', async () => {
        await call('exercise', 'tracker');
        writeFileSync(join(dir, 'asin-tracker.ts'), 'mine');
        await call('hint');

        const { code, output } = await run('exercise', 'tracker', '--reset');

        expect(code).toBe(0);
        const [, aside] = /^Your former copy is now (workspace\/asin-tracker-\d{4}-\d\d-\d\dT[\d-]+)\.$/m.exec(output)!;
        expect(readFileSync(join(folder, aside!, 'asin-tracker.ts'), 'utf8')).toBe('mine');
        expect(readFileSync(join(dir, 'asin-tracker.ts'), 'utf8')).toMatch(/Your task/);
        expect((await call('hint')).output).toMatch(/Hint 1 of 3/);
    });

    it('says in one line that it can’t make a copy', async () => {
        writeFileSync(join(folder, 'workspace'), 'a file');

        const { code, output } = await run('exercise', 'tracker');

        expect(code).toBe(2);
        expect(output.trim().split('\n')).toHaveLength(1);
        expect(output).toMatch(/^Your copy in workspace\/asin-tracker can't be written: /);
    });
});

// Generous: most of these run an Actor.
const PATIENT = { timeout: 180_000 };

describe('npm run check', PATIENT, () => {
    it('fails the untouched starter at stage 1, with the task that is not written, and the command that repeats just its trial', async () => {
        await call('exercise', 'tracker');

        const { code, output } = await run('check');

        expect(code).toBe(1);
        expect(output).toMatch(/✘ 1 {2}Undisturbed, every count is right\n/);
        expect(output).not.toMatch(/✘ [2-6]/);
        expect(output.replaceAll(/\s+/g, ' ')).toContain(
            'A part of the tracker is not written yet: write AsinTracker.start(), which prepares the object and logs it every 10 seconds.',
        );
        expect(output).toMatch(/asin-tracker\.ts:\d+:\d+/);
        expect(output).not.toMatch(/^\s+at /m);
        expect(kept()).toEqual({ passed: [], failed: [1], hints: {} });

        const [, args] = /npm run solution -- (workspace .*)$/m.exec(output)!;
        const again = await run('solution', ...args!.split(' '));

        expect(again.code).toBe(1);
        expect(again.output).toMatch(/Your Actor/);
        expect(again.output).toMatch(/Error: Your task: write AsinTracker\.start\(\)/);
    });

    it('stops at the first stage that fails, and tries first what failed last', async () => {
        makePlainWorkspace(folder, { remembers: false });
        const first = await run('check', '--stage', '1,3,5');
        expect(first.code).toBe(1);
        expect(first.output).toMatch(/✔ 1 [^]*✘ 3 /);
        expect(first.output).toMatch(/Stage 5 was not tried/);
        expect(kept()).toEqual({ passed: [1], failed: [3], hints: {} });

        const again = await run('check', '--stage', '1,3,5');

        expect(again.output).not.toMatch(/✔ 1 /);
        expect(again.output).toMatch(/✘ 3 [^]*Stages 1, 5 were not tried/);
        expect(kept()).toEqual({ passed: [1], failed: [3], hints: {} });
    });

    it('tries all stages with --all', async () => {
        makePlainWorkspace(folder, { remembers: false });

        const { code, output } = await run('check', '--stage', '3,5', '--all');

        expect(code).toBe(1);
        expect(output).toMatch(/✘ 3 [^]*✘ 5 /);
        expect(output).not.toMatch(/not tried/);
    });

    it('goes on with all stages once what failed last is passed', async () => {
        makePlainWorkspace(folder, { remembers: true });
        mkdirSync(join(folder, 'home'));
        writeFileSync(join(folder, 'home', 'check.json'), JSON.stringify({ passed: [], failed: [4], hints: {} }));

        const { code, output } = await run('check', '--stage', '1,4');

        expect(output).toMatch(/✔ 1 [^]*✔ 4 [^]*Passed\./);
        expect(code).toBe(0);
        expect(kept()).toEqual({ passed: [1, 4], failed: [], hints: {} });
    });

    it('prints what a program can read with --json, and nothing else', async () => {
        await call('exercise', 'tracker');

        const { code, output } = await run('check', '--stage', '1', '--json');

        expect(code).toBe(1);
        expect(JSON.parse(output)).toMatchObject({
            passed: [],
            stages: [
                {
                    number: 1,
                    status: 'failed',
                    reports: [{ trial: 'first', isPassed: false, finding: 'not-written', advice: expect.any(String) }],
                },
            ],
        });
    });

    it('tries only the stages that are asked for, and writes what happened as a page', async () => {
        makePlainWorkspace(folder, { remembers: true });

        const { code, output } = await run('check', '--stage', '4', '--html', 'check.html');

        const page = readFileSync(join(folder, 'check.html'), 'utf8');
        expect(page).toContain('1 of 1 stages are passed.');
        expect(page).toContain('aborting');
        expect(page).toContain('<template id="run-0">');
        expect(output).toMatch(/✔ 4 {2}The object survives a graceful abort/);
        expect(output).toMatch(/Passed\./);
        expect(output).not.toMatch(/[✘✔·] [12356]/);
        expect(code).toBe(0);
        expect(kept()).toEqual({ passed: [4], failed: [], hints: {} });
    });

    it.each<[string, Record<string, string>, RegExp]>([
        [
            'a syntax error',
            { 'asin-tracker.ts': 'export class {\n' },
            /workspace\/asin-tracker\/asin-tracker\.ts:\d+:\d+ has a syntax error: /,
        ],
        [
            'a package that is not installed',
            { 'main.ts': "import 'lost-package';\n" },
            /main\.ts imports 'lost-package', which is not installed\./,
        ],
        [
            'no main file',
            { 'index.ts': '' },
            /workspace\/asin-tracker has none of main\.ts, .* which file starts the Actor\?/,
        ],
    ])('says in a sentence, with exit code 1, that there is %s', async (_, files, sentence) => {
        mkdirSync(dir, { recursive: true });
        const isWhole = !('index.ts' in files);
        if (isWhole) makeWorkspace(folder, '0-before');
        for (const [file, text] of Object.entries(files)) writeFileSync(join(dir, file), text);

        const { code, output } = await run('check');

        expect(output.replaceAll(/\s+/g, ' ')).toMatch(sentence);
        expect(output).not.toMatch(/^\s+at /m);
        expect(code).toBe(1);
    });

    it('gives what can’t be built to a program as well', async () => {
        mkdirSync(dir, { recursive: true });
        writeFileSync(join(dir, 'main.js'), 'const');

        const { code, output } = await run('check', '--json');

        expect(code).toBe(1);
        expect(JSON.parse(output)).toMatchObject({ problem: expect.stringContaining('syntax error'), passed: [] });
    });

    it.each<[string[], RegExp]>([
        [['--stage', '7'], /--stage takes 1, 2, 3, 4, 5, 6, or several with commas, not '7'/],
        [['--stage', ''], /--stage takes/],
        [['--stage', '1,x'], /not '1,x'/],
        [['--poll'], /--poll goes with --watch/],
        [['--watch', '--json'], /--watch or --json, not both/],
        [['now'], /Nothing but options/],
        [[], /There is no workspace\/asin-tracker yet: npm run exercise -- tracker makes it/],
        [['--watch'], /npm run exercise -- tracker makes it/],
    ])('ends with exit code 2 and one line for %j', async (args, message) => {
        const { code, output } = await call('check', ...args);

        expect(output).toMatch(message);
        expect(output.trim().split('\n')).toHaveLength(1);
        expect(code).toBe(2);
    });

    // Windows has no signals that a process could answer.
    it.skipIf(process.platform === 'win32').each(['SIGINT', 'SIGTERM'] as const)(
        'leaves no process, no port and no file when %s comes',
        async (signal) => {
            writeHangingActor();
            const check = start('check');
            const { pid, port } = await actor();

            check.child.kill(signal);

            expect(await check.ended).toBe(signal === 'SIGINT' ? 130 : 143);
            expect(isAlive(pid)).toBe(false);
            expect(await isOpen(port)).toBe(false);
            expect(buildsOf(check.child.pid!)).toEqual([]);
            expect(existsSync(join(folder, 'home'))).toBe(false);
            expect(readdirSync(dir)).toEqual(['main.mjs']);
        },
    );

    it('leaves no process and no port when it is killed, and what it had built is removed by the next one', async () => {
        writeHangingActor();
        const check = start('check');
        const { pid, port } = await actor();

        check.child.kill('SIGKILL');
        await check.ended;

        await expect.poll(() => isAlive(pid), { timeout: 10_000 }).toBe(false);
        expect(await isOpen(port)).toBe(false);
        expect(existsSync(join(folder, 'home'))).toBe(false);
        expect(readdirSync(dir)).toEqual(['main.mjs']);
        writeFileSync(join(dir, 'main.mjs'), 'process.exit(1);');
        await run('check');
        expect(buildsOf(check.child.pid!)).toEqual([]);
    });
});

describe('npm run hint', () => {
    it('goes from a nudge to the step that passes the stage', async () => {
        const outputs = [];
        for (let n = 0; n < 4; n++) outputs.push((await call('hint')).output);

        expect(outputs.map((output) => /Hint \d of 3|Step \d of the solution passes it/.exec(output)?.[0])).toEqual([
            'Hint 1 of 3',
            'Hint 2 of 3',
            'Hint 3 of 3',
            'Step 0 of the solution passes it',
        ]);
        expect(outputs[3]).toMatch(/npm run diff 0/);
    });

    it('names the step at once with --give-up', async () => {
        const { code, output } = await call('hint', '--give-up');

        expect(code).toBe(0);
        expect(output).toMatch(/Step 0 of the solution passes it/);
    });

    it('has none left when all stages are passed', async () => {
        mkdirSync(join(folder, 'home'));
        const all = { passed: [1, 2, 3, 4, 5, 6], failed: [], hints: {} };
        writeFileSync(join(folder, 'home', 'check.json'), JSON.stringify(all));

        const { code, output } = await call('hint');

        expect(code).toBe(0);
        expect(output).toMatch(/npm run prove -- workspace/);
    });
});

describe('npm run prove -- workspace', PATIENT, () => {
    it('fails an Actor whose check has passed all stages and that is wrong where it is struck', async () => {
        makePlainWorkspace(folder, { remembers: true });
        // Right in its first process only.
        writeFileSync(
            join(dir, 'main.mjs'),
            `import { api, record, track } from './tracker.mjs';
            const isFirst = !(await api('GET', record('WAS_HERE')));
            await api('PUT', record('WAS_HERE'), 1);
            await track({ remembers: true });
            if (!isFirst) await api('PUT', record('OUTPUT'), {});`,
        );
        mkdirSync(join(folder, 'home'));
        const all = { passed: [1, 2, 3, 4, 5, 6], failed: [], hints: {} };
        writeFileSync(join(folder, 'home', 'check.json'), JSON.stringify(all));

        const { code, output } = await run('prove', 'workspace', '--products', '1', '--sample', '3');

        expect(output).toMatch(/Your Actor claims to be exact at every point\. It is not\./);
        expect(output).toMatch(/Again, alone:\n {4}npm run solution -- workspace --/);
        expect(code).toBe(1);
    });
});

it.each(['exercise', 'check', 'hint', 'diff'])('npm run %s tells what it does with --help', async (command) => {
    const { code, output } = await call(command, '--help');

    expect(code).toBe(0);
    expect(output).toContain(`npm run ${command}`);
});

describe('npm run diff', () => {
    it('goes to the step that passes the first stage which is not passed', async () => {
        makeWorkspace(folder, '3-idempotent');
        mkdirSync(join(folder, 'home'));
        writeFileSync(join(folder, 'home', 'check.json'), JSON.stringify({ passed: [1, 2], failed: [3], hints: {} }));

        const { code, output } = await call('diff');

        expect(code).toBe(0);
        expect(output).toMatch(/^--- workspace\/asin-tracker\/main\.ts\n\+\+\+ solutions\/4-drain\/main\.ts\n/);
        expect(output).not.toContain('\u001b[');
    });

    it('goes to the step that is named', async () => {
        makeWorkspace(folder, '3-idempotent');

        expect(await call('diff', '3')).toEqual({ code: 0, output: 'Your files are those of step 3.\n' });
    });

    it.each<[string[], RegExp]>([
        [['9'], /There is no step '9'. Steps are 0, 1, 2, 3, 4, 5/],
        [['1', '2'], /One step at a time/],
        [[], /npm run exercise -- tracker makes it/],
    ])('ends with exit code 2 and one line for %j', async (args, message) => {
        const { code, output } = await call('diff', ...args);

        expect(output).toMatch(message);
        expect(output.trim().split('\n')).toHaveLength(1);
        expect(code).toBe(2);
    });
});
