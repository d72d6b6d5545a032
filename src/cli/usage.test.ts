import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { Called } from './fixtures/command-process.js';
import { Commands } from './fixtures/commands.js';

let folder: string;
let commands: Commands;
/** Of the package, which calls commands by other names from then on. */
let own: Commands;

beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'actors-move-'));
    writeFileSync(join(folder, 'file.txt'), '');
    symlinkSync(join(folder, 'nowhere', 'home'), join(folder, 'home'));
    const env = { ACTORS_MOVE_HOME: join(folder, 'home') };
    commands = new Commands(folder, env);
    own = new Commands(folder, env);
});

afterAll(() => {
    commands.close();
    own.close();
    rmSync(folder, { recursive: true, force: true });
});

/** Where commands are that the package has, too. */
const ROOMS: Readonly<Record<string, string>> = {
    'actors-move': 'src/package',
    run: 'src/mover/cli',
    export: 'src/mover/cli',
    platform: 'src/mover/cli',
};

/** Runs a command in a folder of its own and without a terminal. */
async function run(command: string, ...args: string[]): Promise<Called> {
    const room = ROOMS[command] ?? 'src/cli';
    return (command === 'actors-move' ? own : commands).run(room, command, ...args);
}

describe('wrong usage ends with exit code 2 and one line that says what is allowed:', () => {
    it.each<[string[], RegExp]>([
        [['solution'], /Name a step: 0, 1, 2/],
        [['solution', '9'], /no step '9'. Steps are 0, 1, 2/],
        [['solution', '1', '2'], /One step at a time/],
        [['solution', '1', '--fault', 'earthquake'], /none, migrate, crash, abort, restart, not 'earthquake'/],
        [['solution', '1', '--at', 'offers@2'], /name a --fault too/],
        [['solution', '1', '--fault', 'crash', '--at', 'noon'], /'offers@3'/],
        [['solution', '1', '--fault', 'crash', '--at', 'no_such_call@1'], /operation of the API/],
        [['solution', '1', '--times', '0'], /--times takes a whole number from 1 to 100, not '0'/],
        [['solution', '1', '--products', 'many'], /--products takes a whole number/],
        [['solution', '1', '--grace', '-1'], /--grace/],
        [['solution', '1', '--grace', '0x10'], /--grace takes a number from 0 to 600, not '0x10'/],
        [['solution', '1', '--plan', ' '], /--plan names no strike/],
        [['run', '.', '--plan='], /--plan names no strike/],
        [['solution', '1', '--persist-interval', '0'], /--persist-interval takes a number from 0.1/],
        [['solution', '1', '--read-lag', 'long'], /--read-lag takes a number from 0 to 600, not 'long'/],
        [['solution', '1', '--api-latency', '0.5'], /--api-latency takes a whole number/],
        [['prove', '5', '--read-lag', '601'], /--read-lag takes a number from 0 to 600, not '601'/],
        [['prove', '5', '--api-latency', '1s'], /--api-latency takes a whole number/],
        [['solution', '1', '--data', '.'], /is not empty/],
        [['solution', '1', '--data', 'file.txt'], /is a file/],
        [['solution', '1', '--colour'], /Unknown option '--colour'. Options are --fault/],
        [['shop', '--products', '-1'], /--products takes a whole number from 0 to 100000, not '-1'/],
        [['shop', '--port', '99999'], /--port takes a whole number from 0 to 65535/],
        [['start', 'now'], /Nothing but options/],
        [['lesson', '10'], /no lesson '10'. Lessons are 1 to 9/],
        [['lesson', 'one'], /no lesson 'one'/],
        [['lesson', '1', '2'], /One lesson at a time/],
        [['lesson', '1', '--list'], /or --list, not both/],
        [['lesson', '--page'], /Unknown option '--page'. Options are --list, --json, --plain, --help/],
        [['platform', '--port', 'x'], /--port takes a whole number/],
        [['platform', '--data', '.'], /holds something else/],
        [['platform', '--data', 'file.txt'], /is a file/],
        [['platform', '--actor', 'a=nowhere'], /There is no folder/],
        [['platform', '--actor', 'a b=.'], /'a b' is none/],
        [['load', '--scale', '--steps'], /Either --scale or --steps/],
        [['load', '--rows', '0'], /--rows takes a whole number from 1/],
        [['load', '--rows', '9', '--steps'], /--rows goes with neither --scale nor --steps/],
        [['load', '--requests', '9', '--scale'], /--requests goes with neither --scale nor --steps/],
        [['load', '--steps', '--in-flight', '9'], /--in-flight goes with neither --scale nor --steps/],
        [['load', '--largest', '10000'], /--largest goes with --scale/],
        [['load', '--steps', '--largest', '10000'], /--largest goes with --scale/],
        [['contract', '--token', 't'], /--base-url and --token go together/],
        [['contract', '--actor', 'a'], /--actor goes with --base-url/],
        [['contract', '--base-url', 'x', '--token', 't'], /--base-url takes an address/],
        [['contract', '--openapi', 'file.txt'], /--openapi takes a file with Apify's description/],
        [['actors-move', 'fly'], /no command 'fly'. Commands are run, platform, export/],
        [['run', 'nowhere'], /There is no folder/],
        [['run'], /has no package\.json, so it is not known what to run/],
        [['export'], /Name a data directory/],
        [['export', '.'], /is no data directory/],
    ])('%j', async ([command, ...args], message) => {
        const { status, stdout, stderr } = await run(command!, ...args);

        expect(stderr).toMatch(message);
        expect(stderr.trim().split('\n')).toHaveLength(1);
        expect(stdout).toBe('');
        expect(status).toBe(2);
    });
});

describe('a disk that refuses is told in one line', () => {
    it.each<[string[], RegExp]>([
        [['solution', '0', '--html', 'file.txt/report.html'], /^The report file.txt.report.html can't be written: E/],
        [['run', '.', '--junit', 'file.txt/x.xml', '--', 'node'], /^The report file.txt.x.xml can't be written: E/],
        [['prove', '--svg', 'file.txt/proof.svg'], /^The report file.txt.proof.svg can't be written: E/],
        [['prove', '--merge', 'part.json', '--html', 'file.txt/x'], /^The report file.txt.x can't be written: E/],
        [['platform', '--data', 'file.txt/data'], /^The platform can't be opened: E.*file\.txt/],
        [['export', 'data', '--to', 'file.txt/out'], /file.txt.* can't be written/],
        [['exercise', 'tracker', '--reset'], /^Your copy in workspace.asin-tracker can't be written: E/],
    ])('before the work: %j', async ([command, ...args], message) => {
        writeFileSync(join(folder, 'workspace'), '');
        mkdirSync(join(folder, 'data'), { recursive: true });
        writeFileSync(join(folder, 'data', 'journal.jsonl'), '');
        const { status, stdout, stderr } = await run(command!, ...args);

        expect(stderr).toMatch(message);
        expect(stderr.trim().split('\n')).toHaveLength(1);
        expect(stdout).toBe('');
        expect(status).toBe(2);
    });

    it('beside a hint, which is given all the same', async () => {
        const { status, stdout, stderr } = await run('hint');

        expect(stdout).toMatch(/Hint 1 of 3[^]*\nProgress in .*check\.json can't be written: E[^\n]*\n$/);
        expect(stderr).toBe('');
        expect(status).toBe(0);
    });
});

it.each(['solution', 'start', 'shop', 'lesson', 'contract', 'platform', 'load', 'run', 'export', 'actors-move'])(
    'the command %s tells what it does with --help',
    async (command) => {
        const { status, stdout } = await run(command, '--help');

        expect(status).toBe(0);
        expect(stdout).toContain(command);
    },
);
