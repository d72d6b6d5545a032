import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';

import { type IPty, spawn } from '@lydell/node-pty';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { compiled } from '../base/paths.js';

let folder: string;
let terminal: IPty | undefined;

beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'actors-move-'));
});

afterEach(async () => {
    terminal?.kill();
    terminal = undefined;
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
});

/** Starts a command in a real terminal of a width. */
function open(
    args: string[],
    cols = 100,
): { screen: () => string; ended: Promise<number>; type: (keys: string) => void } {
    const started = spawn(process.execPath, [compiled('src/cli/solution.js'), ...args], {
        cwd: folder,
        cols,
        rows: 40,
        env: { PATH: process.env.PATH, TERM: 'xterm-256color' },
    });
    terminal = started;
    let raw = '';
    started.onData((data) => (raw += data));
    const ended = new Promise<number>((resolve) => {
        started.onExit(({ exitCode }) => resolve(exitCode));
    });
    // A line that is drawn over begins at the first column again: here each version is a line of its own.
    const screen = (): string => stripVTControlCharacters(raw.replaceAll('\u001b[1G', '\n'));
    return { screen, ended, type: (keys) => started.write(keys) };
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
        const { screen, ended } = open(['0', '--latency', '0'], 60);

        expect(await ended).toBe(0);
        const lines = screen().split(/[\r\n]+/);
        // A path stays whole, so that it can be copied.
        const tooLong = lines.filter((line) => line.length > 60 && !line.includes('.actors-move'));
        expect(tooLong).toEqual([]);
    });
});
