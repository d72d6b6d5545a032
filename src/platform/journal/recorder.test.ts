import { appendFileSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { once } from 'node:events';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { removeTemporaryDirectories, temporaryDirectory } from '../fixtures/temporary-directory.js';
import { TestPlatform } from '../fixtures/test-platform.js';
import { Store } from '../store.js';
import { readTraceOf } from './read-trace.js';

let dir: string;

beforeEach(() => {
    dir = temporaryDirectory();
});

afterEach(removeTemporaryDirectories);

const file = (): string => join(dir, 'trace.jsonl');

/** Writes an entry to the journal and one to the recording, each `times` times in turn. */
function use(times: number): void {
    const store = new Store(dir);
    for (let n = 0; n < times; n++) {
        store.commit({ type: 'run.event', id: 'run', name: 'written' });
        store.record({ type: 'line', at: 1, runId: 'run', incarnation: 1, text: `line ${n}` });
    }
    store.close();
}

const types = (): string[] => readTraceOf(dir).entries.map(({ type }) => type);

describe('a recording', () => {
    it('goes on in a folder that is opened again', () => {
        use(1);
        use(1);

        expect(types()).toEqual(['run.event', 'line', 'run.event', 'line']);
        expect(statSync(file()).mode & 0o777).toBe(process.platform === 'win32' ? 0o666 : 0o600);
    });

    it.each(['[2,{"at":1,"ty', 'what a disk has made of a line\n', '\0\0\0\0'])(
        'is cut off where a kill or a disk has torn it: %j',
        (torn) => {
            use(2);
            const whole = readFileSync(file(), 'utf8');
            appendFileSync(file(), torn);
            expect(types()).toEqual(['run.event', 'line', 'run.event', 'line']);

            new Store(dir).close();

            expect(readFileSync(file(), 'utf8')).toBe(whole);
        },
    );

    it('that is ahead of its journal is cut off, and one that lags behind is completed from it', () => {
        use(3);
        const journal = readFileSync(join(dir, 'journal.jsonl'), 'utf8').split('\n');
        writeFileSync(join(dir, 'journal.jsonl'), `${journal[0]}\n`);
        new Store(dir).close();
        expect(types()).toEqual(['run.event', 'line']);

        writeFileSync(join(dir, 'journal.jsonl'), journal.join('\n'));
        expect(types()).toEqual(['run.event', 'line', 'run.event', 'run.event']);
        expect(readTraceOf(dir).lacks).toEqual([
            expect.stringMatching(/^The platform was killed/),
            'The last 2 entries are from the journal alone.',
        ]);
    });

    it('is not needed to read a folder from before', () => {
        use(2);
        rmSync(file());

        expect(types()).toEqual(['run.event', 'run.event']);
        expect(readTraceOf(dir).lacks).toHaveLength(1);
    });

    it('that can’t be written fails no call, and says so once', async () => {
        mkdirSync(file());
        const warning = once(process, 'warning');
        const local = await TestPlatform.open({ dir });
        const [{ message }] = (await warning) as [Error];
        const run = await local.startProbe();

        expect(await local.callFrom(run, 'GET', `/actor-runs/${run.id}`)).toMatchObject({ status: 200 });
        run.abort();
        await run.finished();
        await local.platform.close();

        expect(message).toMatch(/^The trace in .*trace\.jsonl can't be written any more/);
        rmSync(file(), { recursive: true });
        expect(types()).toContain('record.put');
    });
});

describe('the calls in a trace', () => {
    it('say which process made them, how they ended, and what they wrote', async () => {
        const local = await TestPlatform.open({ dir });
        const run = await local.startProbe();
        const store = `/key-value-stores/${run.record.keyValueStoreId}/records`;
        await local.callFrom(run, 'PUT', `${store}/MINE`, '{}');
        await local.callFrom(run, 'GET', `${store}/NOBODYS`);
        local.platform.onApiCall(() => ({ after: async () => 'drop' }));
        await local.callFrom(run, 'PUT', `${store}/DROPPED`, '{}').catch(() => undefined);
        local.platform.onApiCall(undefined);
        run.abort();
        await run.finished();
        await local.platform.close();

        const { entries } = readTraceOf(dir);
        const written = entries.filter(({ type }) => !['call', 'call.ended', 'opened', 'actor', 'line'].includes(type));
        const callWith = (key: string): unknown => {
            const call = entries.find((entry) => entry.type === 'call' && entry.params.key === key);
            if (call?.type !== 'call') return undefined;
            const end = entries.find((entry) => entry.type === 'call.ended' && entry.call === call.call);
            if (end?.type !== 'call.ended') return undefined;
            const keys = end.wrote.map((place) => (written[place] as { key?: string }).key);
            return [call.operationId, call.runId === run.id, call.incarnation, end.end, keys];
        };

        const put = 'keyValueStore_record_put';
        expect(callWith('MINE')).toEqual([put, true, 1, { how: 'answered', status: 201 }, ['MINE']]);
        expect(callWith('NOBODYS')).toEqual([
            'keyValueStore_record_get',
            true,
            1,
            { how: 'answered', status: 404 },
            [],
        ]);
        expect(callWith('DROPPED')).toEqual([put, true, 1, { how: 'dropped' }, ['DROPPED']]);
    });

    it('say that one which starts a run wrote the run and its storages', async () => {
        const local = await TestPlatform.open({ dir });
        const actor = local.defineProbe('other');
        const run = await local.client.actor(actor.id).start({ any: 'input' });
        await local.client.run(run.id).abort();
        await local.platform.close();

        const { entries } = readTraceOf(dir);
        const call = entries.find((entry) => entry.type === 'call' && entry.operationId === 'actors_runs_post');
        const end = entries.find(
            (entry) => entry.type === 'call.ended' && call?.type === 'call' && entry.call === call.call,
        );
        const written = entries.filter(({ type }) => /^(run|storage|record)\./.test(type));
        const wrote = end?.type === 'call.ended' ? end.wrote.map((place) => written[place]!.type) : [];
        expect(wrote.slice(0, 5)).toEqual([...Array(3).fill('storage.created'), 'record.put', 'run.created']);
    });
});
