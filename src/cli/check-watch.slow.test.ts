import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { openWorkspace, resetWorkspace } from '../exercise/workspace.js';
import { CommandTerminal } from './fixtures/command-terminal.js';

let folder: string;
let dir: string;
let terminal: CommandTerminal | undefined;

beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'actors-move-'));
    dir = join(folder, 'workspace', 'asin-tracker');
    openWorkspace(dir);
});

afterEach(() => {
    terminal?.kill();
    terminal = undefined;
    rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
});

interface Watching {
    /** What is seen: all since the screen was last cleared, in lines. */
    screen: () => string[];
    type: (keys: string) => void;
    ended: Promise<number>;
}

/** Starts `npm run check -- --watch` in a real terminal. */
function watch(args: string[] = [], size: { cols?: number; rows?: number } = {}): Watching {
    const env = { ...process.env, ACTORS_MOVE_HOME: join(folder, 'home') };
    const started = new CommandTerminal('check', ['--watch', '--stage', '1', ...args], { cwd: folder, env, ...size });
    terminal = started;
    const screen = (): string[] => stripVTControlCharacters(started.raw.split('\u001b[2J').at(-1)!).split('\r\n');
    return { screen, type: (keys) => started.type(keys), ended: started.ended };
}

const PATIENT = { timeout: 60_000 };
const CTRL_C = '\u0003';

async function seen({ screen }: Watching, text: string | RegExp): Promise<void> {
    await expect.poll(() => screen().join('\n'), PATIENT).toMatch(text);
}

/** A tracker that is wrong in another way than the starter. */
function writeTracker(start: string): void {
    const tracker = `export class AsinTracker { counts = {}; async start() { ${start} } stop() {} add() {} increment() {} }`;
    writeFileSync(join(dir, 'asin-tracker.ts'), tracker);
}

describe('npm run check -- --watch', { timeout: 180_000 }, () => {
    it('checks whenever a file is saved, and its keys lead to hint, diff, failure and way out', async () => {
        const watching = watch();
        await seen(watching, /not written yet[^]*Save a file/);

        watching.type('h');
        await seen(watching, /Hint 1 of 3/);
        watching.type('h');
        await seen(watching, /Hint 2 of 3/);
        watching.type('n');
        await seen(watching, /not written yet/);
        watching.type('d');
        await seen(watching, /--- workspace\/asin-tracker\/asin-tracker\.ts[^]*\n export class/);

        writeTracker("throw new Error('of mine');");
        await seen(watching, /The Actor failed: Error: of mine[^]*Save a file/);
        writeTracker('');
        await seen(watching, /Counts are too low or missing[^]*Save a file/);
        writeTracker('const = 1');
        await seen(watching, /has a syntax error[^]*Save a file/);
        watching.type('c');
        await seen(watching, /▸ 1|has a syntax error[^]*Save a file/);

        resetWorkspace(dir);
        await seen(watching, /not written yet[^]*Save a file/);
        rmSync(dir, { recursive: true });
        await seen(watching, /has none of main\.ts[^]*Save a file/);
        openWorkspace(dir);
        await seen(watching, /not written yet[^]*Save a file/);

        watching.type('q');
        expect(await watching.ended).toBe(1);
        const kept: unknown = JSON.parse(readFileSync(join(folder, 'home', 'check.json'), 'utf8'));
        expect(kept).toEqual({ passed: [], failed: [1], hints: { 1: 2 } });
    });

    it('looks for changes by itself where the system doesn’t tell of them', async () => {
        const watching = watch(['--poll']);
        await seen(watching, /not written yet[^]*Save a file/);

        writeTracker("throw new Error('of mine');");

        await seen(watching, /Error: of mine[^]*Save a file/);
        expect(watching.screen().join('\n')).not.toMatch(/not written yet/);
    });

    // The console of Windows draws what it is sent in its own way.
    it.skipIf(process.platform === 'win32').each([
        [60, 24],
        [100, 12],
    ])('keeps to one screen of %d columns and %d rows, with the keys in sight', async (cols, rows) => {
        const watching = watch([], { cols, rows });
        await seen(watching, /Save a file/);

        watching.type('d');
        await seen(watching, /↑↓ lines 1 to \d+ of \d+/);

        const lines = watching.screen();
        expect(lines.length).toBeLessThanOrEqual(rows);
        expect(lines.filter((line) => line.length > cols)).toEqual([]);
        expect(lines.join(' ').replaceAll(/\s+/g, ' ').trim()).toMatch(/\[q\]uit$/);

        watching.type(' ');
        await seen(watching, /↑↓ lines (?!1 )\d+ to \d+ of \d+/);
        watching.type('\u001b[F');
        await seen(watching, /↑↓ lines \d+ to (\d+) of \1\n/);
    });

    it('leaves when Ctrl-C is pressed, in the middle of a check, too', async () => {
        mkdirSync(dir, { recursive: true });
        writeTracker('await new Promise(() => {});');
        const watching = watch();
        await seen(watching, /▸ 1/);

        watching.type(CTRL_C);

        expect(await watching.ended).toBe(130);
    });
});
