import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { projectRoot } from '../../base/paths.js';
import { type ComparisonJson, COUNTER, Mover } from './fixtures/mover.js';

let mover: Mover;
beforeAll(async () => {
    mover = await Mover.open();
});
afterAll(async () => mover.close());

/** The counter counts its processes in a record, which is meant to differ. */
const NO_BOOTS = ['--ignore-record', 'BOOTS'];
/** What it leaves is the same each time, unless a test is about that. */
const ONCE = ['--undisturbed', '1'];
const CRASH = ['--compare', '--fault', 'crash', '--at', 'datasets.items.post@2', ...NO_BOOTS];

describe.concurrent('run --compare', { timeout: 120_000 }, () => {
    it('ends with 0 when the struck run has left the same', async () => {
        const { status, stdout } = await mover.run({}, ...CRASH, ...ONCE);

        expect(status).toBe(0);
        expect(stdout).toMatch(/crash at dataset_items_post@2:after \(call 7, dataset_items_post #2\)/);
        expect(stdout).toMatch(/It left the same as undisturbed/);
        expect(stdout).toMatch(/Struck, it leaves the same\.\n$/);
    });

    it('says what differs in a record, and ends with 1', async () => {
        const { status, stdout } = await mover.run({ flaw: 'memory' }, ...CRASH, ...ONCE);

        expect(status).toBe(1);
        expect(stdout).toMatch(/Record OUTPUT, rows is 1, undisturbed 3\./);
        expect(stdout).toMatch(/Struck, it does not leave the same\.\n$/);
    });

    it('says which rows are there twice, since which strike', async () => {
        const { status, stdout } = await mover.run({ flaw: 'repeats' }, ...CRASH, ...ONCE);

        expect(status).toBe(1);
        expect(stdout).toMatch(/2 rows too many in the dataset, pushed again after strike 1: \{"n":0\}, \{"n":1\}\./);
    });

    it('leaves fields out with --ignore, and tells rows apart with --unique', async () => {
        const judgementOf = async (...options: string[]): Promise<[unknown, string]> => {
            const { status, struck } = await mover.json<ComparisonJson>(
                { flaw: 'time' },
                ...CRASH,
                '--record',
                'INPUT',
                ...options,
            );
            return [status, struck[0]!.judgement];
        };

        expect(await judgementOf(...ONCE)).toEqual([1, 'missing']);
        expect(await judgementOf(...ONCE, '--unique', 'n', '--ignore', 'at')).toEqual([0, 'same']);
    });

    it('tells what undisturbed runs differ in apart, with the option that leaves it out', async () => {
        const { status, stdout } = await mover.run({ flaw: 'time' }, ...CRASH, '--ignore-record', 'OUTPUT');

        expect(stdout.replaceAll(/\s+/g, ' ')).toMatch(
            /Undisturbed, it does not leave the same each time: ~ Field at of rows of the dataset .* with --ignore at\. /,
        );
        expect(stdout).toMatch(/It left the same as undisturbed/);
        expect(status).toBe(0);
    });

    it('looks for nothing but that with --fault none', async () => {
        const noise = async (flaw: string): Promise<unknown[]> => {
            const { status, same, ...json } = await mover.json<ComparisonJson>(
                { flaw },
                '--compare',
                '--fault',
                'none',
            );
            return [status, same, json.struck, json.undisturbed.length, json.noise.map(({ option }) => option)];
        };

        expect(await noise('memory')).toEqual([0, true, [], 2, []]);
        expect(await noise('time')).toEqual([1, false, [], 2, ['--ignore at']]);
    });

    it('compares the records that --record names, and others not', async () => {
        const options = ['--compare', '--fault', 'crash', '--at', 'datasets.items.post@2', '--record', 'BO*', ...ONCE];
        const { status, struck } = await mover.json<ComparisonJson>({ flaw: 'memory' }, ...options);

        expect(status).toBe(1);
        expect(struck[0]).toMatchObject({
            sentences: ['Record BOOTS is 2, undisturbed 1.'],
            differences: [
                {
                    since: 'strike 1 (crash at dataset_items_post@2:after)',
                    around: expect.stringMatching(
                        /^strike 1: crash → … → .*\[call \d+ keyValueStore_record_put BOOTS\] → call /,
                    ),
                },
            ],
            notCompared: { input: 1, crawlee: 0, byRules: 1 },
        });
    });

    it('strikes in the middle of the run if not told where, and as often as it is told', async () => {
        const options = ['--compare', '2', '--fault', 'crash', '--times', '2', ...ONCE];
        const { struck } = await mover.json<ComparisonJson>({}, ...options);

        // Of the undisturbed run's nine calls.
        expect(struck.map(({ plan }) => plan)).toEqual(Array(2).fill('crash:call@3:after,crash:call@6:after'));
        expect(struck.map(({ processes }) => processes)).toEqual([3, 3]);
    });

    it('says so when nothing struck, or when no other process had to go on', async () => {
        const late = await mover.run({}, '--compare', '--fault', 'crash', '--at', 'call@99', ...ONCE);
        const unmoved = await mover.run({}, '--compare', '--at', 'datasets.items.post@3', ...NO_BOOTS, ...ONCE);

        expect(late).toMatchObject({ status: 1, stderr: expect.stringMatching(/^Nothing struck/) });
        expect(late.stdout).toMatch(/\nNothing struck it\.\n$/);
        expect(late.stdout).not.toMatch(/left the same|Struck, it leaves/);
        expect(unmoved.status).toBe(0);
        expect(unmoved.stdout.replaceAll(/\s+/g, ' ')).toMatch(/ended by itself before it was killed/);
    });

    it('has nothing to compare with when the undisturbed run fails', async () => {
        const command = ['--', process.execPath, '-e', 'process.exit(3)'];
        const { status, stderr } = await mover.start(['run', COUNTER, '--compare', '--json', ...command]).ended;

        expect(status).toBe(1);
        expect(stderr).toMatch(
            /^Undisturbed, the run ended as FAILED: make that right first\.\nIt worked on a copy of its folder: .*\nIts data: .*undisturbed\n$/,
        );
    });

    it('writes a test case for each strike with --junit', async () => {
        const plan = 'crash:datasets.items.post@1,crash:datasets.items.post@3,crash:call@99';
        await mover.run({ flaw: 'memory' }, '--compare', '--plan', plan, '--junit', 'report.xml', ...NO_BOOTS, ...ONCE);

        const report = await readFile(join(mover.folder, 'report.xml'), 'utf8');
        expect(report).toMatch(/<testsuite name="counter" tests="3" failures="1" errors="0" skipped="1"/);
        expect(report).toMatch(/crash at dataset_items_post@1:after .*\/>/);
        expect(report).toMatch(/<failure message="Record OUTPUT, rows is 0, undisturbed 3\.">/);
        expect(report).toMatch(/crash at call@99:after".*<skipped message="The run ended before the occasion came\."/);
    });
});

describe.concurrent('run --api-fault', { timeout: 120_000 }, () => {
    it('shows that a push which is sent again after a reset is there twice', async () => {
        const options = ['--compare', '--fault', 'none', '--api-fault', 'datasets.items.post:reset-after@2', ...ONCE];
        const { status, struck } = await mover.json<ComparisonJson>({}, ...options);

        expect(status).toBe(1);
        expect(struck[0]).toMatchObject({ judgement: 'duplicated', ended: 'SUCCEEDED', rows: { '(default)': 4 } });
        expect(struck[0]!.apiFaults).toEqual([
            {
                fault: 'datasets.items.post:reset-after@2',
                met: 1,
                sentence: expect.stringMatching(/: met call 7 \(dataset_items_post #2\), \d+\.\d s after the start$/),
            },
        ]);
    });

    it('is an error when no call met it, whether runs are compared or not', async () => {
        const late = ['--api-fault', 'datasets.items.post:reset-after@99'];
        const sentence = 'No call met the API fault datasets.items.post:reset-after@99: so that was not tried.\n';

        expect(await mover.run({}, '--compare', '--fault', 'none', ...late, ...ONCE)).toMatchObject({
            status: 1,
            stderr: sentence,
        });
        expect(await mover.run({}, ...late)).toMatchObject({ status: 1, stderr: sentence });
    });

    it('fails calls as it is told, and only those', async () => {
        const comparedWith = async (fault: string): Promise<unknown[]> => {
            const options = ['--compare', '--fault', 'none', '--api-fault', `datasets.items.post:${fault}`, ...ONCE];
            const { status, struck } = await mover.json<ComparisonJson>({}, ...options);
            return [status, struck[0]!.ended, struck[0]!.judgement];
        };

        expect(await comparedWith('status-400@3')).toEqual([1, 'FAILED', 'broken']);
        expect(await comparedWith('status-503@3')).toEqual([0, 'SUCCEEDED', 'same']);
    });
});

describe('run --prove', { timeout: 120_000 }, () => {
    it('goes on from every state in which a crash can leave it, and ends with 0 when all leave the same', async () => {
        const { status, stdout } = await mover.run({ rows: 1 }, '--prove', '--junit', 'proof.xml', ...NO_BOOTS);

        expect(status).toBe(0);
        expect(stdout).toMatch(/4 of 4 leave the same {2}14 crash points are 4 states, 7 API calls undisturbed/);
        const report = await readFile(join(mover.folder, 'proof.xml'), 'utf8');
        expect(report).toMatch(/tests="4" failures="0"/);
        expect(report).toMatch(/name="[^"]*state 3 \(call 6 after dataset_items_post/);
    });

    it('says what is not as on Apify', async () => {
        const cases = join(projectRoot, 'src', 'mover', 'fixtures', 'cases');
        const command = ['--', process.execPath, 'opens-an-alias.mjs'];
        const { stdout } = await mover.start(['run', cases, '--prove', '--sample', '1', ...command]).ended;

        expect(stdout).toMatch(/ of 1 leave the same/);
        expect(stdout.replaceAll(/\s+/g, ' ')).toMatch(
            /No \.actor\/actor\.json says .* given 'errors', 'state'\. On Apify/,
        );
    });

    it('ends with 1 when an API fault met no call in any of its runs', async () => {
        const faults = ['datasets.items.post:status-503@1', 'datasets.items.post:status-503@9'];
        const { status, stderr } = await mover.run(
            { rows: 1 },
            ...['--prove', '--sample', '2', ...NO_BOOTS, ...faults.flatMap((fault) => ['--api-fault', fault])],
        );

        expect(status).toBe(1);
        expect(stderr).toBe(`No call met the API fault ${faults[1]}: so that was not tried.\n`);
    });

    it('tells what undisturbed runs differ in apart', async () => {
        const { status, ...proof } = await mover.json<{ same: number; tried: number; noise: object[] }>(
            { flaw: 'time', rows: 1 },
            ...['--prove', ...NO_BOOTS, '--ignore-record', 'OUTPUT'],
        );
        expect(status).toBe(0);
        expect(proof.same).toBe(proof.tried);
        expect(proof.noise).toMatchObject([{ option: '--ignore at' }]);
    });

    it('says where one does not, with a command that shows it again', async () => {
        const { status, stdout } = await mover.run(
            { flaw: 'repeats' },
            ...['--prove', '--sample', '5', '--seed', '2', ...NO_BOOTS],
        );

        expect(status).toBe(1);
        expect(stdout).toMatch(/Since strike 1 \(the crash from which the fork goes on\)\.\s+Around it: /);
        const again = /Again, alone: actors-move (run --fork (\S+) .*)/.exec(stdout);
        expect(again?.[2]).toMatch(/-prove-counter@\d+$/);
        const args = again![1]!.replaceAll("'", '').split(' ');
        const repeated = await mover.start(args, { flaw: 'repeats' }).ended;
        expect(repeated.status).toBe(1);
        expect(repeated.stdout).toMatch(/too many in the dataset/);

        // What strikes from there on is not what struck the recorded run.
        const struck = async (...options: string[]): Promise<object> =>
            mover.start([...args, ...options], { flaw: 'repeats' }).ended;
        expect(await struck('--api-fault', 'call:status-503@99')).toMatchObject({
            status: 1,
            stderr: 'No call met the API fault call:status-503@99: so that was not tried.\n',
        });
        expect(await struck('--fault', 'crash', '--at', 'call@99')).toMatchObject({
            status: 1,
            stderr: expect.stringMatching(/^Nothing struck the run/),
        });
        expect(await struck('--api-fault', 'dataset_items_post:latency-10ms')).toMatchObject({
            stderr: '',
            stdout: expect.stringMatching(/dataset_items_post:latency-10ms meets API call/),
        });
    });
});
