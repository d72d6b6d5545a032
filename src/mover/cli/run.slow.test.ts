import { cp, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { projectRoot } from '../../base/paths.js';
import { isAlive } from '../../base/is-alive.js';
import { COUNTER, Mover } from './fixtures/mover.js';

const LEAVES_A_PROCESS = join(projectRoot, 'src', 'mover', 'fixtures', 'cases', 'leaves-a-process.mjs');

let mover: Mover;
beforeAll(async () => {
    mover = await Mover.open();
});
afterAll(async () => mover.close());

/** Entries of a run's journal. */
async function journalOf(dir: string): Promise<{ type: string; at: number; [field: string]: unknown }[]> {
    const lines = (await readFile(join(dir, 'journal.jsonl'), 'utf8')).trim().split('\n');
    return lines.map((line) => JSON.parse(line) as never);
}

describe.concurrent('the input', () => {
    it('is prefilled and default values of the schema, unless another is given', async () => {
        const { status, stdout } = await mover.start(['run', COUNTER, '--json']).ended;

        // Prefilled is the flaw 'memory', which harms nobody who is not struck; 3 rows are the default.
        expect(status).toBe(0);
        expect(JSON.parse(stdout)).toMatchObject({
            rows: { '(default)': 3 },
            records: { OUTPUT: { value: { rows: 3 } } },
        });
    });

    it('is a file, or standard input for -, with defaults for what it leaves out', async () => {
        const file = join(mover.folder, 'five.json');
        await writeFile(file, '{ "rows": 5 }');
        const named = await mover.start(['run', COUNTER, '--json', '--input', file]).ended;

        expect(JSON.parse(named.stdout)).toMatchObject({ rows: { '(default)': 5 } });
        expect(await mover.json({ rows: 4 })).toMatchObject({ status: 0, rows: { '(default)': 4 } });
    });

    it("is that of 'apify run' where the Actor has one", async () => {
        const own = join(mover.folder, 'own');
        await cp(COUNTER, own, { recursive: true });
        await mkdir(join(own, 'storage/key_value_stores/default'), { recursive: true });
        await writeFile(join(own, 'storage/key_value_stores/default/INPUT.json'), '{ "rows": 2 }');
        // Its own folder has no packages.
        const { stdout } = await mover.start(['run', own, '--json', '--', process.execPath, join(COUNTER, 'main.js')])
            .ended;

        expect(JSON.parse(stdout)).toMatchObject({ actor: 'counter', ended: 'SUCCEEDED', rows: { '(default)': 2 } });
    });

    it('that does not match the schema is refused in one line', async () => {
        const { status, stdout, stderr } = await mover.run({ rows: 'many' });

        expect(status).toBe(2);
        expect(stderr).toMatch(/^The input \(standard input\) does not match .*rows must be integer.*\n$/);
        expect(stdout).toBe('');
    });
});

describe.concurrent('the Actor', () => {
    it('gets environment, memory and timeout, in all its processes', async () => {
        const options = ['--env', 'GREETING=a=b c', '--memory', '256', '--timeout', '600', '--fault', 'crash'];
        const { records, processes } = await mover.json({}, ...options, '--at', 'datasets.items.post@1');

        expect(processes).toBe(2);
        expect(records.OUTPUT?.value).toMatchObject({ greeting: 'a=b c', memory: '256', timeout: 600 });
    });

    it('is ended when its time is over, which is exit code 1', async () => {
        expect(await mover.json({ waitsFor: 2 }, '--timeout', '1')).toMatchObject({ status: 1, ended: 'TIMED-OUT' });
    });

    it('may serve, start processes, store by name, charge and say what it does', async () => {
        const moved = await mover.json({ shows: true }, '--charge', 'row=0.01');

        expect(moved).toMatchObject({ status: 0, rows: { '(default)': 3, found: 1 }, charges: { row: 2 } });
        expect(moved.records.OUTPUT?.value).toMatchObject({ served: 'served', exitCode: 7 });
        expect(JSON.stringify(await journalOf(moved.dir))).toContain('Showing');
        expect(await mover.json({ shows: true })).toMatchObject({ status: 1, ended: 'FAILED' });
    });

    it('may become another one that is given by name', async () => {
        const become = `fetch(process.env.APIFY_API_BASE_URL + '/v2/actor-runs/' + process.env.ACTOR_RUN_ID +
            '/metamorph?targetActorId=other', { method: 'POST', body: '{ "rows": 2, "flaw": "none" }', headers: {
            authorization: 'Bearer ' + process.env.APIFY_TOKEN, 'content-type': 'application/json' } }); setInterval(Date, 9)`;
        const command = ['--actor', `other=${COUNTER}`, '--', process.execPath, '-e', become];
        const { status, stdout } = await mover.start(['run', COUNTER, '--input', '-', ...command], {}).ended;

        expect(status).toBe(0);
        expect(stdout).toMatch(/the Actor becomes another one/);
        expect(stdout).toMatch(/rows +2\n/);
    });

    it("is started by a command instead of its folder's start script", async () => {
        const command = ['--', process.execPath, '-e', 'process.exit(3)'];
        const { status, stdout } = await mover.start(['run', COUNTER, '--json', ...command]).ended;

        expect(status).toBe(1);
        expect(JSON.parse(stdout)).toMatchObject({ ended: 'FAILED', exitCode: 3 });
    });

    it('has the storage aliases that it opens where no file could declare them, and says so', async () => {
        const cases = join(projectRoot, 'src', 'mover', 'fixtures', 'cases');
        const { stdout } = await mover.start(['run', cases, '--json', '--', process.execPath, 'opens-an-alias.mjs'])
            .ended;

        expect(JSON.parse(stdout)).toMatchObject({
            ended: 'SUCCEEDED',
            rows: { '(default)': 0, '(alias errors)': 2 },
            notes: [expect.stringMatching(/it was given 'errors', 'state'\./)],
        });
    });
});

describe.concurrent('what strikes it', { timeout: 120_000 }, () => {
    it.each(['migrate', 'crash', 'abort', 'restart'])('may be %s, at a call', async (fault) => {
        const options = ['--fault', fault, '--at', 'call@4', '--grace', '0.1'];

        expect(await mover.json({ waitsFor: 2 }, ...options)).toMatchObject({
            status: 0,
            ended: 'SUCCEEDED',
            processes: 2,
            strikes: [expect.stringMatching(new RegExp(`^${fault} at call@4:after \\(call 4, `))],
        });
    });

    it('comes after a time', async () => {
        const options = ['--fault', 'migrate', '--at', '600ms', '--grace', '0.1'];

        expect(await mover.json({ waitsFor: 2 }, ...options)).toMatchObject({
            processes: 2,
            strikes: [expect.stringMatching(/^migrate at 600ms, \d/)],
        });
    });

    it('comes again and again', async () => {
        // Long enough for a process to boot and work in between.
        const { ended, processes } = await mover.json({ waitsFor: 3 }, '--fault', 'crash', '--every', '3s');

        expect(ended).toBe('SUCCEEDED');
        expect(processes).toBeGreaterThanOrEqual(3);
    });

    it('comes as often as it is told, at the n-th call, the 2n-th and so on', async () => {
        const twice = await mover.json(
            { rows: 6 },
            '--fault',
            'crash',
            '--at',
            'datasets.items.post@2',
            '--times',
            '2',
        );

        expect(twice).toMatchObject({
            processes: 3,
            strikes: [expect.stringMatching(/_post@2:after/), expect.stringMatching(/_post@4:after/)],
        });
    });

    it('may be several faults, and says which of them found no occasion', async () => {
        const plan = 'crash:datasets.items.post@1:before,migrate:datasets.items.post@3,crash:call@99';

        expect(await mover.json({}, '--plan', plan, '--grace', '0.1')).toMatchObject({
            status: 0,
            strikes: [expect.stringMatching(/^crash/), expect.stringMatching(/^migrate/)],
            missed: ['crash at call@99:after'],
        });
    });

    it('that finds no occasion is an error', async () => {
        expect(await mover.run({}, '--fault', 'crash', '--at', 'call@99')).toMatchObject({
            status: 1,
            stderr: 'Nothing struck the run, so nothing was tried: strike earlier.\n',
        });
    });
});

describe.concurrent('a migration', () => {
    /** Milliseconds from the event to the end of the process that heard it. */
    async function millisToKill(...options: string[]): Promise<number> {
        const move = ['--fault', 'migrate', '--at', 'call@4', ...options];
        const { dir, processes } = await mover.json({ waitsFor: 2, reboots: true }, ...move);
        const journal = await journalOf(dir);
        expect(processes).toBe(2);
        const event = journal.find(({ type, name }) => type === 'run.event' && name === 'migrating')!;
        return journal.find(({ type }) => type === 'run.exit')!.at - event.at;
    }

    it('ends with the reboot that the Actor asks for, long before the grace period is over', async () => {
        expect(await millisToKill('--grace', '100')).toBeLessThan(90_000);
    });

    it('goes on to the end of the grace period with --no-reboot-reply', async () => {
        expect(await millisToKill('--grace', '0.7', '--no-reboot-reply')).toBeGreaterThanOrEqual(690);
    });
});

describe.concurrent('its data', () => {
    it('goes where --data says, and with --export the storages as apify run leaves them', async () => {
        const { status } = await mover.run({ shows: true }, '--charge', 'row=0.01', '--data', 'kept', '--export');

        const storage = join(mover.folder, 'kept', 'storage');
        expect(status).toBe(0);
        expect(await readdir(join(storage, 'datasets/default'))).toEqual([
            '000000001.json',
            '000000002.json',
            '000000003.json',
        ]);
        expect(await readdir(join(storage, 'datasets/found'))).toEqual(['000000001.json']);
        expect((await readdir(join(storage, 'key_value_stores/default'))).sort()).toEqual([
            'BOOTS.json',
            'INPUT.json',
            'OUTPUT.json',
        ]);
        expect(JSON.parse(await readFile(join(storage, 'key_value_stores/default/OUTPUT.json'), 'utf8'))).toMatchObject(
            {
                rows: 3,
            },
        );

        const again = await mover.run({}, '--data', 'kept');
        expect(again).toMatchObject({ status: 2, stdout: '', stderr: expect.stringMatching(/is not empty/) });

        const exported = await mover.start(['export', 'kept', '--to', 'out', '--json']).ended;
        expect(JSON.parse(exported.stdout)).toMatchObject({ items: 4, records: 3, requests: 0 });
        expect(await readdir(join(mover.folder, 'out/datasets/default'))).toHaveLength(3);
    });
});

describe('Ctrl-C', { timeout: 120_000 }, () => {
    it.skipIf(process.platform === 'win32')('ends Actor and platform, and says where the data is', async () => {
        const { child, output, ended } = mover.start(['run', COUNTER, '--input', '-', '--data', 'cut'], {
            waitsFor: 2,
        });
        await expect.poll(output, { timeout: 60_000 }).toMatch(/Process 1/);
        const boot = (await journalOf(join(mover.folder, 'cut'))).find(({ type }) => type === 'run.boot')!;
        expect(isAlive(boot.pid as number)).toBe(true);

        child.kill('SIGINT');

        expect(await ended).toMatchObject({ status: 130, stderr: expect.stringMatching(/Stopped\..* cut\n$/) });
        expect(isAlive(boot.pid as number)).toBe(false);
    });

    it.skipIf(process.platform === 'win32')(
        'ends what the Actor has started in a group of its own, too, as the end of the run does',
        async () => {
            const actor = ['--', process.execPath, LEAVES_A_PROCESS];
            const startedBy = (text: string): number => Number(/started (\d+)/.exec(text)?.[1]);
            const run = await mover.start(['run', '--verbose', '--input', '-', ...actor], {}).ended;
            expect(run.status).toBe(0);
            expect(isAlive(startedBy(run.stdout))).toBe(false);

            const cut = mover.start(['run', '--verbose', '--input', '-', ...actor], { waits: true });
            await expect.poll(() => startedBy(cut.output()), { timeout: 120_000 }).toBeGreaterThan(0);
            const pid = startedBy(cut.output());
            expect(isAlive(pid)).toBe(true);

            cut.child.kill('SIGINT');

            expect(await cut.ended).toMatchObject({ status: 130 });
            expect(isAlive(pid)).toBe(false);
        },
        400_000,
    );

    it.skipIf(process.platform === 'win32')(
        'leaves nothing of a proof',
        async () => {
            const apart = await Mover.open();
            const { child, output, ended } = apart.start(['run', COUNTER, '--prove', '--input', '-'], { rows: 20 });
            await expect.poll(output, { timeout: 300_000 }).toMatch(/ 2\/\d+ state/);

            child.kill('SIGINT');

            expect(await ended).toMatchObject({ status: 130 });
            expect(await readdir(apart.folder)).toEqual([]);
            await apart.close();
        },
        400_000,
    );
});
