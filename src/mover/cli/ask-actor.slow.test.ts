import { spawnSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';

import { spawn } from '@lydell/node-pty';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';

import { compiled, projectRoot } from '../../base/paths.js';

let folder: string;
beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'ask-'));
});
afterAll(async () => rm(folder, { recursive: true, force: true, maxRetries: 5 }));

/** Starts the command in a terminal, where npm starts it: in the project, which is no Actor. */
function open(...args: string[]): { screen: () => string; type: (keys: string) => void; ended: Promise<number> } {
    const terminal = spawn(process.execPath, [compiled('src/mover/cli/run.js'), ...args], {
        cwd: projectRoot,
        cols: 100,
        rows: 40,
        env: { PATH: process.env.PATH, TERM: 'xterm-256color' },
    });
    onTestFinished(() => terminal.kill());
    let raw = '';
    terminal.onData((data) => (raw += data));
    const ended = new Promise<number>((resolve) => {
        terminal.onExit(({ exitCode }) => resolve(exitCode));
    });
    return { screen: () => stripVTControlCharacters(raw), type: (keys) => terminal.write(keys), ended };
}

const PATIENT = { timeout: 60_000 };

describe('npm run move without an Actor', { timeout: 120_000 }, () => {
    it('asks for one in a terminal, and runs it', async () => {
        const { screen, type, ended } = open('--data', join(folder, 'data'), '--json');
        await expect.poll(screen, PATIENT).toMatch(/Which Actor\? Its folder, such as examples\/basic-crawler: /);
        type('src/mover/fixtures/counter\r');

        expect(await ended).toBe(0);
        expect(screen()).toMatch(/"actor": "counter"/);
    });

    it('leaves without a word on Ctrl-C', async () => {
        const { screen, type, ended } = open();
        await expect.poll(screen, PATIENT).toMatch(/Which Actor\?/);
        type('\u0003');

        expect(await ended).toBe(130);
        expect(screen()).not.toMatch(/at .*\.js/);
    });

    it('says in one line what to name where nobody can be asked', () => {
        const { status, stdout, stderr } = spawnSync(process.execPath, [compiled('src/mover/cli/run.js')], {
            cwd: projectRoot,
            encoding: 'utf8',
            timeout: 60_000,
        });

        expect([status, stdout]).toEqual([2, '']);
        expect(stderr).toMatch(
            /^Which Actor\? Name its folder, such as npm run move -- examples\/basic-crawler --compare\..*\n$/,
        );
    });
});
