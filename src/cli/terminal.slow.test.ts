import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { isAlive } from '../base/is-alive.js';
import { CommandProcesses } from './fixtures/command-processes.js';
import { CommandTerminal } from './fixtures/command-terminal.js';

let folder: string;
let terminal: CommandTerminal | undefined;
const processes = new CommandProcesses();

beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'actors-move-'));
});

afterEach(async () => {
    terminal?.kill();
    terminal = undefined;
    processes.kill();
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
});

interface Opened {
    screen: () => string;
    ended: Promise<number>;
    type: (keys: string) => void;
}

/** Starts a command in a real terminal of a width. */
function open(args: string[], { command = 'solution', cols = 100, path = process.env.PATH } = {}): Opened {
    const env = { PATH: path, ACTORS_MOVE_HOME: join(folder, 'home') };
    const started = new CommandTerminal(command, args, { cwd: folder, env, cols });
    terminal = started;
    // A line that is drawn over begins at the first column again: here each version is a line of its own.
    const screen = (): string => stripVTControlCharacters(started.raw.replaceAll('\u001b[1G', '\n'));
    return { screen, ended: started.ended, type: (keys) => started.type(keys) };
}

/** Inquirer is loaded first, on a machine that may be busy. */
const PATIENT = { timeout: 20_000 };

const DOWN = '\u001b[B';
const ENTER = '\r';
const CTRL_C = '\u0003';

describe('npm run solution in a terminal', () => {
    it('asks for a step and a fault, shows how far the run is, and ends with the verdict', async () => {
        const { screen, ended, type } = open(['--latency', '100']);

        await expect.poll(screen, PATIENT).toMatch(/Which step\?/);
        type(`${DOWN}${ENTER}`);
        await expect.poll(screen, PATIENT).toMatch(/What strikes it\?/);
        type(ENTER);

        expect(await ended).toBe(0);
        expect(screen()).toMatch(/Step 1 \(writes its counts\), struck by: migrate/);
        expect(screen()).toMatch(/█+░* \d+ of 27 pages/);
        expect(screen()).toMatch(/✘ lost/);
    });

    it('leaves without a word when Ctrl-C is pressed at a question', async () => {
        const { screen, ended, type } = open([]);

        await expect.poll(screen, PATIENT).toMatch(/Which step\?/);
        type(CTRL_C);

        expect(await ended).toBe(130);
        expect(screen()).not.toMatch(/at .*\.js/);
    });

    it('keeps every line within 60 columns', async () => {
        const { screen, ended } = open(['0', '--latency', '0'], { cols: 60 });

        expect(await ended).toBe(0);
        const lines = screen().split(/[\r\n]+/);
        // A path stays whole, so that it can be copied.
        const tooLong = lines.filter((line) => line.length > 60 && !line.includes('.actors-move'));
        expect(tooLong).toEqual([]);
    });
});

const ADDRESS = /http:\/\/127\.0\.0\.1:\d+\/\?\S+/;
const NO_BROWSER = 'No browser could be opened: open it yourself.';

/** The address that the course prints, once it may be read to its end. */
async function addressOf(screen: () => string): Promise<string> {
    await expect.poll(screen, PATIENT).toMatch(/\[q\]uit/);
    return ADDRESS.exec(screen())![0];
}

/** Whoever has the whole address is let in: led to the page, with a cookie for it. */
async function expectServed(address: string): Promise<void> {
    expect((await fetch(address, { redirect: 'manual' })).status).toBe(303);
    expect((await fetch(new URL('/', address))).status).toBe(403);
}

// Windows finds its Explorer wherever PATH leads, so that no other program can be put in its place.
describe.skipIf(process.platform === 'win32')('the course in a terminal', () => {
    const OPENER = process.platform === 'darwin' ? 'open' : 'xdg-open';

    it('has the system open its address, token and all, and goes on when that fails', async () => {
        const opened = join(folder, 'opened');
        const script = `#!/bin/sh\nprintf '%s %s %s' "$$" "$#" "$1" > '${opened}'\nexit 3\n`;
        await writeFile(join(folder, OPENER), script, { mode: 0o755 });
        const { screen, ended, type } = open([], { command: 'start', path: folder });

        const address = await addressOf(screen);
        const asked = async (): Promise<string> => readFile(opened, 'utf8').catch(() => '');
        await expect.poll(asked, PATIENT).toMatch(/^\d+ 1 \S+$/);
        const [pid, , url] = (await asked()).split(' ');
        expect(url).toBe(address);
        await expect.poll(() => isAlive(Number(pid)), PATIENT).toBe(false);
        await expectServed(address);
        type('q');

        expect(await ended).toBe(0);
    });

    it('says when there is nothing that could open it, and goes on', async () => {
        const { screen, ended, type } = open([], { command: 'start', path: folder });

        await expect.poll(screen, PATIENT).toContain(NO_BROWSER);
        await expectServed(await addressOf(screen));
        type('q');

        expect(await ended).toBe(0);
    });

    it('has nothing opened with --no-open', async () => {
        const { screen, ended, type } = open(['--no-open'], { command: 'course', path: folder });

        await addressOf(screen);
        type('q');

        expect(await ended).toBe(0);
        expect(screen()).not.toContain(NO_BROWSER);
    });

    it('has nothing opened where there is no terminal', async () => {
        const env = { PATH: folder, ACTORS_MOVE_HOME: join(folder, 'home') };
        const { child, output, ended } = processes.start('course', [], { cwd: folder, env });

        await expect.poll(output, PATIENT).toContain('Ctrl-C ends it.');
        child.kill('SIGINT');

        expect(await ended).toBe(130);
        expect(output()).toMatch(ADDRESS);
        expect(output()).not.toContain(NO_BROWSER);
    });
});
