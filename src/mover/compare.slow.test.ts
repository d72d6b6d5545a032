import { existsSync } from 'node:fs';
import { mkdtemp, readdir, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import { describe, expect, it, onTestFinished, vi } from 'vitest';

import { projectRoot } from '../base/paths.js';
import { compare, movePlatform, OWN, type TraceEntry, UndisturbedError, UsageError } from './index.js';

const COUNTER = join(projectRoot, 'src', 'mover', 'fixtures', 'counter');

describe('compare', { timeout: 120_000 }, () => {
    it('tells what a fault has changed, where it struck, and what both runs left', async () => {
        const entries: TraceEntry[] = [];
        const temporary = await mkdtemp(join(tmpdir(), 'temporary-'));
        onTestFinished(async () => rm(temporary, { recursive: true, force: true }));
        for (const name of ['TMPDIR', 'TEMP']) vi.stubEnv(name, temporary);
        onTestFinished(() => {
            vi.unstubAllEnvs();
        });
        const { same, differences, findings, noise, strikes, undisturbed, struck } = await compare({
            actor: COUNTER,
            input: { flaw: 'memory', shows: true },
            prices: { row: 0.01 },
            env: { GREETING: 'hello' },
            fault: 'crash',
            at: 'datasets.items.post@2',
            ignoreRecords: ['BOOTS'],
            onEntry: (entry) => entries.push(entry),
        });

        expect(same).toBe(false);
        expect(differences).toEqual(['Record OUTPUT, rows is 1, undisturbed 3.']);
        expect(findings).toMatchObject([{ sentence: differences[0], since: expect.stringMatching(/^strike 1 /) }]);
        expect(noise).toEqual([]);
        expect(strikes).toEqual([expect.stringMatching(/^crash at dataset_items_post@2:after \(call 7, /)]);
        expect(undisturbed).toMatchObject({
            ended: 'SUCCEEDED',
            records: { OUTPUT: { value: { greeting: 'hello' } } },
        });
        expect(struck).toMatchObject({ charges: { row: 2 }, datasets: { [OWN]: [{ n: 0 }, { n: 1 }, { n: 2 }] } });
        // Of the struck run only.
        expect(entries.filter(({ type }) => type === 'opened')).toHaveLength(1);
        // Its data is gone.
        expect(await readdir(temporary)).toEqual([]);
    });

    it('finds nothing in an Actor without a flaw, and keeps its data where it is told', async () => {
        const dir = await mkdtemp(join(tmpdir(), 'trial-'));
        onTestFinished(async () => rm(dir, { recursive: true, force: true }));
        const plan = 'crash:call@6:before,migrate:call@8';

        const ignoreRecords = ['BOOTS'];

        expect(
            await compare({ actor: COUNTER, input: {}, plan, graceMillis: 100, ignoreRecords, dir, exports: true }),
        ).toMatchObject({
            same: true,
            notCompared: { byRules: 1 },
        });
        expect(await readdir(join(dir, 'struck-1', 'storage', 'datasets', 'default'))).toHaveLength(3);
    });

    it('lets an API fault do without any other', async () => {
        const apiFaults = ['datasets.items.post:reset-after@1'];

        expect(await compare({ actor: COUNTER, input: {}, fault: 'none', apiFaults })).toMatchObject({
            differences: [expect.stringMatching(/^1 row too many in the dataset/)],
            strikes: [],
            apiFaults: [expect.stringMatching(/: met call \d+ \(dataset_items_post #1\)/)],
        });
    });

    it('only looks for noise when nothing is to go wrong', async () => {
        const result = await compare({ actor: COUNTER, input: { flaw: 'time' }, fault: 'none' });

        expect(result).toMatchObject({ same: false, differences: [], noise: [{ option: '--ignore at' }] });
    });

    it('says what could not be as on Apify: that the disk was kept', async () => {
        const cwd = await mkdtemp(join(tmpdir(), 'actor-'));
        onTestFinished(async () => rm(cwd, { recursive: true, force: true }));
        await writeFile(join(cwd, '.pnp.cjs'), '');
        const actor = { command: [process.execPath, '-e', ''] as [string, ...string[]], cwd };
        const { notes } = await compare({ actor, fault: 'none' });

        const reason = `${await realpath(join(cwd, '.pnp.cjs'))} names places of packages`;
        expect(notes).toEqual([`The disk was kept, which a move would leave behind: ${reason}.`]);
        expect((await compare({ actor, fault: 'none', freshDisk: false })).notes).toEqual([]);
    });

    it('keeps the data of an undisturbed run that fails, and shows its last lines', async () => {
        const script = "console.log('before'); console.error('the reason'); process.exitCode = 1";
        const error = await compare({ actor: { command: [process.execPath, '-e', script], cwd: COUNTER } }).catch(
            (caught: unknown) => caught,
        );

        expect(error).toBeInstanceOf(UndisturbedError);
        const { message, moved } = error as UndisturbedError;
        onTestFinished(async () => rm(dirname(moved.dir), { recursive: true, force: true }));
        expect(message).toMatch(/^Undisturbed, the run ended as FAILED: make that right first\.\nIts last lines:\n/);
        expect(message).toMatch(/ {2}the reason\n/);
        expect(message).toContain(`Its data: ${moved.dir}`);
        expect(existsSync(join(moved.dir, 'journal.jsonl'))).toBe(true);
    });

    it('fails when nothing struck, when no call met an API fault, and when it is asked for what is not there', async () => {
        await expect(compare({ actor: COUNTER, input: {}, at: 'call@99' })).rejects.toThrow(/^Nothing struck the run/);
        const late = { fault: 'none', apiFaults: ['datasets.items.post:reset-after@99'] } as const;
        await expect(compare({ actor: COUNTER, input: {}, ...late })).rejects.toThrow(/^No call met the API fault/);
        await expect(compare({ actor: COUNTER, at: 'noon' })).rejects.toThrow(UsageError);
        await expect(compare({ actor: COUNTER, input: {}, apiFaults: ['x'] })).rejects.toThrow(UsageError);
        await expect(compare({ actor: join(COUNTER, 'nowhere') })).rejects.toThrow(UsageError);
    });
});

describe('a platform of its own', () => {
    it('runs and moves an Actor, and leaves nothing when it is closed', async () => {
        const platform = await movePlatform({ settings: { migrationGraceMillis: 100 } });
        const command: [string, string] = [process.execPath, 'main.js'];
        const actor = platform.define({ name: 'counter', command, cwd: COUNTER });

        const run = await platform.start(actor, { input: { rows: 2, flaw: 'none', waitsFor: 2 } });
        await run.migrate();
        const { status } = await run.finished();

        expect(status).toBe('SUCCEEDED');
        expect(run.record.incarnation).toBe(2);
        expect(platform.store.find('datasets', run.record.datasetId).content.items).toEqual([{ n: 0 }, { n: 1 }]);
        await platform.close();
        expect(existsSync(platform.dir)).toBe(false);
    });
});
