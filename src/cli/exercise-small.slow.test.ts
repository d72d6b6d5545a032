import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';

import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import { compiled } from '../base/paths.js';
import { submit } from '../exercise/fixtures/small-submissions.js';
import { SMALL_EXERCISES } from '../exercise/small/exercises.js';
import { isAlive } from '../base/is-alive.js';
import { CommandProcesses, type RunningCommand } from './fixtures/command-processes.js';
import { CommandTerminal } from './fixtures/command-terminal.js';
import { Commands } from './fixtures/commands.js';

const [FIRST, SECOND] = SMALL_EXERCISES as [(typeof SMALL_EXERCISES)[number], (typeof SMALL_EXERCISES)[number]];

let folder: string;
let dir: string;
let terminal: CommandTerminal | undefined;
const processes = new CommandProcesses();
let commands: Commands;

beforeAll(() => {
    commands = new Commands(tmpdir(), { NO_COLOR: '1', FORCE_COLOR: undefined });
});
afterAll(() => commands.close());

beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'actors-move-'));
    dir = join(folder, 'workspace', FIRST.folder);
});

afterEach(() => {
    terminal?.kill();
    terminal = undefined;
    processes.kill();
    rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
});

/** Starts the command in a folder of its own and without a terminal. */
function start(...args: string[]): RunningCommand {
    const env = { ...process.env, ACTORS_MOVE_HOME: join(folder, 'home'), NO_COLOR: '1', FORCE_COLOR: undefined };
    return processes.start('exercise', args, { cwd: folder, env });
}

async function run(...args: string[]): Promise<{ code: number | string; output: string }> {
    const { ended, output } = start(...args);
    return { code: await ended, output: output() };
}

/** The same in a process that has loaded it before, where no Actor is run. */
async function call(...args: string[]): Promise<{ code: number; output: string }> {
    return commands.runIn(folder, 'exercise', ...args);
}

function kept(): unknown {
    return JSON.parse(readFileSync(join(folder, 'home', 'exercises.json'), 'utf8'));
}

function keep(progress: unknown): void {
    mkdirSync(join(folder, 'home'), { recursive: true });
    writeFileSync(join(folder, 'home', 'exercises.json'), JSON.stringify(progress));
}

// Generous: most of these run an Actor.
const PATIENT = { timeout: 300_000 };

describe('npm run exercise without a terminal', PATIENT, () => {
    it('prepares the first exercise, tries it once, and says what is wrong and what to do', async () => {
        const { code, output } = await run();

        expect(code).toBe(1);
        expect(readdirSync(dir).sort()).toEqual(['README.md', 'main.js']);
        expect(output).toMatch(/^Exercise 1 of 9: Listen after init\nYour copy of the starter: workspace\/01-/);
        expect(output).toMatch(
            /trial [^]*expected [^]*came [^]*seen [^]*advice [^]*again +npm run exercise -- 1 --timeline/,
        );
        expect(output).toContain('A listener that is added before Actor.init() hears nothing');
        expect(existsSync(join(folder, 'home'))).toBe(false);
    });

    it('remembers what is passed, goes on to the next, and writes over no file', async () => {
        submit(folder, FIRST, 'solution');
        const mine = readFileSync(join(dir, 'main.js'), 'utf8');

        const { code, output } = await run();

        expect(code).toBe(0);
        expect(output).toMatch(/Passed\.[^]*Next: Read before you listen, npm run exercise -- 2/);
        expect(kept()).toEqual({ passed: [FIRST.folder], hints: {} });
        expect(readFileSync(join(dir, 'main.js'), 'utf8')).toBe(mine);
        expect((await run()).output).toMatch(/^Exercise 2 of 9/);
        expect((await call('--list')).output).toMatch(/✔ 1 [^]*▸ 2 /);
    });

    it('shows what happened in each run with --timeline', async () => {
        const { code, output } = await run('1', '--timeline');

        expect(code).toBe(1);
        expect(output).toMatch(/process 1 boots[^]*event 'migrating' sent[^]*process 1 killed/);
    });

    it('says in a sentence what can’t be built', async () => {
        mkdirSync(dir, { recursive: true });
        writeFileSync(join(dir, 'main.js'), 'const');

        const { code, output } = await run('1');

        expect(code).toBe(1);
        expect(output).toMatch(/main\.js:1:\d+ has a syntax error/);
        expect(output).not.toMatch(/^\s+at /m);
    });

    // Windows has no signals that a process could answer.
    it.skipIf(process.platform === 'win32')('leaves no process and no file when it is interrupted', async () => {
        mkdirSync(dir, { recursive: true });
        const pidFile = join(folder, 'pid');
        const tell = `import { renameSync, writeFileSync } from 'node:fs';
            writeFileSync('${pidFile}.new', String(process.pid));
            renameSync('${pidFile}.new', '${pidFile}');
            setInterval(() => {}, 1_000);`;
        writeFileSync(join(dir, 'main.js'), tell);
        const { child, ended } = start('1');
        await expect.poll(() => existsSync(pidFile), { timeout: 60_000 }).toBe(true);

        child.kill('SIGINT');

        expect(await ended).toBe(130);
        expect(isAlive(Number(readFileSync(pidFile, 'utf8')))).toBe(false);
        expect(readdirSync(compiled('workspace')).filter((name) => name.startsWith(`${child.pid}-`))).toEqual([]);
        expect(existsSync(join(folder, 'home'))).toBe(false);
    });
});

describe('npm run exercise', () => {
    it('gives three hints, and then names a solution', async () => {
        const outputs = [];
        for (let n = 0; n < 5; n++) outputs.push((await call('--hint')).output);

        expect(outputs.map((output) => /Hint \d of 3|solution\.js/.exec(output)?.[0])).toEqual([
            'Hint 1 of 3',
            'Hint 2 of 3',
            'Hint 3 of 3',
            'solution.js',
            'solution.js',
        ]);
        expect(existsSync(dir)).toBe(false);
    });

    it('moves the copy aside with --reset, and has the exercise begin anew', async () => {
        submit(folder, FIRST, 'solution');
        const mine = readFileSync(join(dir, 'main.js'), 'utf8');
        keep({ passed: [FIRST.folder, SECOND.folder], hints: { [FIRST.folder]: 2, [SECOND.folder]: 1 } });

        const { code, output } = await run('1', '--reset');

        expect(code).toBe(0);
        const [, aside] = /^Your former copy is now (workspace\/01-[\w-]+)\.$/m.exec(output)!;
        expect(readFileSync(join(folder, aside!, 'main.js'), 'utf8')).toBe(mine);
        expect(readFileSync(join(dir, 'main.js'), 'utf8')).not.toBe(mine);
        expect(kept()).toEqual({ passed: [SECOND.folder], hints: { [SECOND.folder]: 1 } });
    });

    it('leads to the tracker when all small ones are passed', async () => {
        keep({ passed: SMALL_EXERCISES.map((exercise) => exercise.folder), hints: {} });

        const { code, output } = await run();

        expect(code).toBe(0);
        expect(output).toMatch(/^Exercise 9 of 9: The tracker\nYour copy of the starter: workspace\/asin-tracker/);
    });

    it('sets a damaged progress aside with one line, and goes on', async () => {
        mkdirSync(join(folder, 'home'));
        writeFileSync(join(folder, 'home', 'exercises.json'), '{"passed":');

        const { code, output } = await run('--list');

        expect(code).toBe(0);
        expect(output).toMatch(/^.*exercises\.json is damaged\. It is kept as .*\n▸ 1 /);
        expect(readdirSync(join(folder, 'home'))).toEqual([expect.stringMatching(/^exercises\.damaged-.*\.json$/)]);
    });

    it.each<[string[], RegExp]>([
        [['99'], /There is no exercise '99'. Give a number from 1 to 8, or 'tracker'/],
        [['0'], /There is no exercise '0'/],
        [['1', '2'], /One exercise at a time/],
        [['--list', '1'], /--list shows all exercises/],
        [['--hint', '--reset'], /Give one of --hint, --reset, not several/],
        [['tracker', '--timeline'], /npm run solution -- workspace/],
        [['--colour'], /Unknown option '--colour'/],
    ])('ends with exit code 2 and one line for %j', async (args, message) => {
        const { code, output } = await call(...args);

        expect(output).toMatch(message);
        expect(output.trim().split('\n')).toHaveLength(1);
        expect(code).toBe(2);
    });
});

interface Watching {
    /** What is seen: all since the screen was last cleared. */
    screen: () => string;
    type: (keys: string) => void;
    ended: Promise<number>;
}

/** Starts the command in a real terminal. */
function watch(...args: string[]): Watching {
    const env = { ...process.env, ACTORS_MOVE_HOME: join(folder, 'home') };
    const started = new CommandTerminal('exercise', args, { cwd: folder, env });
    terminal = started;
    const screen = (): string => stripVTControlCharacters(started.raw.split('\u001b[2J').at(-1)!);
    return { screen, type: (keys) => started.type(keys), ended: started.ended };
}

async function seen({ screen }: Watching, text: RegExp): Promise<void> {
    await expect.poll(screen, { timeout: 120_000 }).toMatch(text);
}

describe('npm run exercise in a terminal', PATIENT, () => {
    it('tries on save, and leads on with its keys', async () => {
        const watching = watch();
        await seen(watching, /Exercise 1 of 9[^]*Not passed[^]*Save main\.js/);

        watching.type('n');
        await seen(watching, /not passed yet/);
        watching.type('h');
        await seen(watching, /Hint 1 of 3/);
        watching.type('l');
        await seen(watching, /▸ 1 [^]* 9  The tracker/);
        submit(folder, FIRST, 'solution');
        await seen(watching, /Passed\.[^]*\[n\]ext exercise/);
        watching.type('n');
        await seen(watching, /Exercise 2 of 9[^]*Not passed[^]*Save main\.js/);
        watching.type('q');

        expect(await watching.ended).toBe(1);
        expect(kept()).toEqual({ passed: [FIRST.folder], hints: { [FIRST.folder]: 1 } });
        expect(readdirSync(join(folder, 'workspace')).sort()).toEqual([FIRST.folder, SECOND.folder]);
    });

    it('survives that the folder is taken away and put back, and resets it without losing anything', async () => {
        submit(folder, FIRST, 'solution');
        const watching = watch('1');
        await seen(watching, /Passed\./);

        rmSync(dir, { recursive: true });
        await seen(watching, /has none of main\.ts/);
        submit(folder, FIRST, 'solution');
        await seen(watching, /Passed\./);
        watching.type('r');
        await seen(watching, /Your former copy is now workspace\/01-[^]*Not passed/);
        watching.type('\u0003');

        expect(await watching.ended).toBe(130);
        const names = readdirSync(join(folder, 'workspace')).sort();
        expect(names).toEqual([FIRST.folder, expect.stringMatching(/^01-listen-after-init-\d{4}-/)]);
    });

    it('tries once and asks for no keys with --plain', async () => {
        const { ended, screen } = watch('--plain');

        expect(await ended).toBe(1);
        expect(screen()).toMatch(/Not passed[^]*npm run exercise -- 1 --hint/);
    });
});
