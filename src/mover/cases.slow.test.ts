import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { inTemporaryFolder } from '../base/temporary-folder.js';
import { projectRoot } from '../base/paths.js';
import { openSite, type WebSite } from './fixtures/web-site.js';
import { type CaseOptions, StruckCases } from './fixtures/struck-cases.js';
import { compare, type CompareOptions, UndisturbedError } from './index.js';
import type { MovedActor } from './define-actor.js';
import { proveActor } from './prove-actor.js';

const CASES = join(projectRoot, 'src', 'mover', 'fixtures', 'cases');

function actorIn(file: string, name = file): MovedActor {
    return { command: [process.execPath, `${file}.mjs`], cwd: CASES, name };
}

const CHILD = [actorIn('child')];
const NINE_MB = { maxRecordBytes: 9_437_184 };
/** Undefined where there is none. */
const PYTHON = ['python3', 'python'].find((program) => spawnSync(program, ['--version']).status === 0);
const WITHOUT_PYTHON = PYTHON === undefined ? ' (left out: no Python is installed)' : '';
const AT_THE_SAVE = 'keyValueStore_record_put';

type Case = [what: string, file: string, options: CaseOptions, differences: (string | RegExp)[]];

let folder: string;
let site: WebSite;
let cases: StruckCases;
beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'cases-'));
    cases = new StruckCases();
    site = await openSite();
});
afterAll(async () => {
    await site.close();
    cases.close();
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
});

/** A text stands for itself as a whole. */
function patternOf(one: string | RegExp): RegExp {
    return typeof one === 'string' ? new RegExp(`^${one.replaceAll(/[.*+?^${}()|[\]\\/]/g, '\\$&')}$`) : one;
}

/** Actors as people write them: what comes of each when it is struck. */
describe('an Actor that', () => {
    const rows: Case[] = [
        ['pushes what it has gathered when it must go', 'flushes-when-told', { plan: 'migrate:call@8:after' }, []],
        [
            'keeps its progress on the disk',
            'local-file',
            { plan: 'crash:datasets.items.post@5:before' },
            ['4 rows too many in the dataset, pushed again after strike 1: {"n":0}, {"n":1}, {"n":2}.'],
        ],
        [
            'keeps its progress on the disk, which is kept',
            'local-file',
            { plan: 'crash:datasets.items.post@5:before', freshDisk: false },
            [],
        ],

        // Runs that it has started.
        [
            'keeps a run in a state that is saved now and then, and crashes before that',
            'keeps-run-in-state',
            { actors: CHILD, fault: 'crash', at: 'actors_runs_post@1:after' },
            ['Actor child is started 2 times, undisturbed 1.'],
        ],
        [
            'keeps a run in such a state, and is moved while it waits',
            'keeps-run-in-state',
            { actors: CHILD, at: 'actorRun_get@2:before' },
            [],
        ],
        [
            'takes the run that it has started down with it',
            'aborts-its-run',
            {
                actors: CHILD,
                input: { resurrects: false },
                fault: 'abort',
                at: 'actorRun_get@2:before',
                graceMillis: 3_000,
            },
            [/^1 row missing from the dataset/, /child/, /^In the run of child: 1 row missing/],
        ],
        [
            'takes such a run down and resurrects it',
            'aborts-its-run',
            {
                actors: CHILD,
                input: { resurrects: true },
                fault: 'abort',
                at: 'actorRun_get@2:before',
                graceMillis: 3_000,
            },
            [],
        ],
        [
            'starts another and forgets it',
            'starts-and-leaves',
            { actors: CHILD, at: `${AT_THE_SAVE}@1:after` },
            [/^1 row too many in dataset shared/, 'Actor child is started 2 times, undisturbed 1.'],
        ],
        ['lists its runs by their ids', 'lists-its-runs', { actors: CHILD, at: `${AT_THE_SAVE}@1:after` }, []],
        [
            'calls an Actor of somebody else, and again after a move',
            'calls-others',
            {
                actors: [{ ...actorIn('child', 'send-mail'), username: 'apify' }],
                input: { actor: 'apify/send-mail' },
                at: 'actorRun_get@2:before',
            },
            ['Actor apify/send-mail is started 2 times, undisturbed 1.'],
        ],
        [
            'starts a task',
            'calls-others',
            {
                actors: CHILD,
                tasks: [{ name: 'me/daily', actor: 'child', input: { key: 'task' } }],
                input: { task: 'me/daily' },
                fault: 'none',
                apiFaults: ['actorTask_runs_post:latency-10ms@1'],
            },
            [],
        ],
        [
            'waits while its account has no memory for another run',
            'calls-others',
            {
                actors: CHILD,
                input: { actor: 'child' },
                fault: 'none',
                apiFaults: ['actors_runs_post:actor-memory-limit-exceeded@1'],
            },
            [],
        ],
        [
            'waits for a run that crashes',
            'keeps-run-in-state',
            { actors: CHILD, on: { actor: 'child', n: 1 }, fault: 'crash', at: 'dataset_items_post@1:after' },
            ['Record OUTPUT, rows is 2, undisturbed 1.', /^In the run of child: 1 row too many in the dataset/],
        ],
        [
            'becomes another one',
            'becomes-another',
            { actors: [actorIn('sdk-child', 'child')], at: 'dataset_get@2:before' },
            [],
        ],
        [
            'is moved before it becomes another one',
            'becomes-another',
            { actors: [actorIn('sdk-child', 'child')], at: `${AT_THE_SAVE}@2:before` },
            [],
        ],
        [
            'crashes before it becomes another one',
            'becomes-another',
            {
                actors: [actorIn('sdk-child', 'child')],
                fault: 'crash',
                at: 'dataset_items_post@1:after',
                forks: true,
            },
            ['1 row too many in the dataset, pushed again after strike 1: {"from":"before"}.'],
        ],
        [
            'crashes as it becomes another one',
            'becomes-another',
            {
                actors: [actorIn('sdk-child', 'child')],
                fault: 'crash',
                at: 'actorRun_metamorph_post@1:after',
                forks: true,
            },
            [],
        ],

        // How a run ends, and goes on.
        [
            'hangs in its exit',
            'hangs-in-exit',
            { at: 'actorRun_put@1:after' },
            [/^1 row too many in the dataset, pushed again after strike 1: \{"summary":true\}/],
        ],
        ['reboots itself, and is moved', 'reboots-itself', { at: `${AT_THE_SAVE}@1:after` }, []],
        [
            'reboots itself, which fails once',
            'reboots-itself',
            { fault: 'none', apiFaults: ['actorRun_reboot_post:status-400@1'] },
            [/^2 rows missing from the dataset/, 'Record OUTPUT, items is 2, undisturbed 4.', /^Record STATE/],
        ],
        [
            'needs most of the time that its run has',
            'takes-most-of-its-time',
            { timeoutSecs: 40, at: 'dataset_items_post@1:before' },
            [/^The run ended TIMED-OUT with exit code 137, undisturbed SUCCEEDED/, /^1 row missing from the dataset/],
        ],
        [
            'fails by itself, and fails again',
            'fails-by-itself',
            { restartOnError: true, fault: 'restart', at: `${AT_THE_SAVE}@3:after` },
            [],
        ],
        ...(['timed-out', 'failed', 'aborted'] as const).flatMap((fault): Case[] => [
            [
                `is resurrected after it has ${fault}`,
                'links-its-records',
                { fault, at: `${AT_THE_SAVE}@4:after` },
                [/pages/],
            ],
        ]),

        // Crawlers.
        ['scrapes a sitemap, and is moved', 'sitemap-list', { at: 'dataset_items_post@3:before' }, []],
        [
            'scrapes a sitemap, and crashes',
            'sitemap-list',
            { fault: 'crash', at: 'dataset_items_post@3:before', forks: true },
            [/^2 rows too many in the dataset/],
        ],
        ['keeps a log-in in its session, and is moved', 'crawls', { input: { way: 'logs-in' } }, []],
        [
            'keeps a log-in in its session, and crashes',
            'crawls',
            { input: { way: 'logs-in' }, fault: 'crash', forks: true },
            [/^1 row too many in dataset logins/],
        ],
        [
            'shares one queue among crawlers with a limit each',
            'shares-a-queue',
            { fault: 'crash', at: 'dataset_items_post@5:before', forks: true },
            [
                /^1 row in the dataset that is not there undisturbed.*"second"/,
                /^7 requests are handled in the request queue/,
            ],
        ],
        [
            'shares one queue among such crawlers, and is moved',
            'shares-a-queue',
            { at: 'dataset_items_post@4:after' },
            [
                /^1 row missing from the dataset: \{"who":"second"/,
                /^1 row too many in the dataset/,
                /^1 row in the dataset that is not there undisturbed.*"second"/,
                /^Other requests are handled in the request queue than undisturbed: without ".*", with ".*"\.$/,
            ],
        ],
        ['leaves a second after it is told to abort', 'crawls', { fault: 'abort' }, []],
        [
            'counts in memory what it may scrape',
            'crawls',
            { input: { way: 'counts' }, at: 'dataset_items_post@2:before' },
            [/in the dataset that (?:is|are) not there undisturbed/, /handled in the request queue, undisturbed 3/],
        ],
        [
            'takes a list in another order each time',
            'crawls',
            { input: { way: 'finds-more', pages: 4 }, at: 'dataset_items_post@3:before' },
            [],
        ],
        [
            'pays for a row that a move has doubled',
            'crawls',
            { prices: { 'apify-default-dataset-item': 0.01 }, at: 'dataset_items_post@3:after' },
            [/^1 row too many/, 'Event apify-default-dataset-item is charged 7 times, undisturbed 6.'],
        ],
        [
            'counts in a state that is saved now and then, with a queue that knows no locks',
            'crawls',
            { input: { way: 'without-locks' }, fault: 'crash', at: 'dataset_items_post@2:after', forks: true },
            [
                /^1 row too many/,
                'Record OUTPUT, pages is 5, undisturbed 6.',
                'Record STATE, pages is 5, undisturbed 6.',
            ],
        ],
        [
            'counts in such a state, and is moved while a page is in flight',
            'crawls',
            {
                input: { way: 'without-locks' },
                at: 'dataset_items_post@2:after',
                rebootEndsMigration: false,
                graceMillis: 3_000,
            },
            ['Record OUTPUT, pages is 5, undisturbed 6.', 'Record STATE, pages is 5, undisturbed 6.'],
        ],
        [
            'shares its queue among processes of its own, and is moved',
            'forks-workers',
            { at: `${AT_THE_SAVE}@3:before` },
            [],
        ],
        [
            'shares its queue among processes of its own, and crashes',
            'forks-workers',
            { fault: 'crash', at: `${AT_THE_SAVE}@3:before`, forks: true },
            [],
        ],

        // What it stores.
        ['keeps megabytes in one state', 'saves-much', { input: {}, at: 'dataset_items_post@11:after' }, []],
        [
            'keeps more in one state than a record may have',
            'saves-much',
            { input: {}, at: 'dataset_items_post@11:after', ...NINE_MB },
            [/^1[01] rows too many in the dataset/],
        ],
        ['stores a file of megabytes', 'saves-much', { input: { file: true }, at: `${AT_THE_SAVE}@1:after` }, []],
        ['names a dataset by its run', 'names-by-its-run', { at: 'dataset_items_post@2:after' }, []],
        [
            'adds a webhook at each boot',
            'adds-a-webhook',
            { at: `${AT_THE_SAVE}@1:after` },
            ['The webhook for ACTOR.RUN.SUCCEEDED to https://example.com/hook is there 2 times, undisturbed 1.'],
        ],
        [
            'links to its records, and counts in memory',
            'links-its-records',
            { at: `${AT_THE_SAVE}@2:after` },
            ['Record OUTPUT, pages is 2, undisturbed 3.'],
        ],
        [
            'has a dataset that is called default',
            'names-like-defaults',
            { fault: 'crash', at: 'dataset_items_post@3:after', forks: true },
            [/^2 rows too many in the dataset/],
        ],
    ];

    it.concurrent.each(rows)('%s', async (_, file, options, differences) => {
        const input = file === 'sitemap-list' ? { site: site.address } : (options.input ?? {});
        expect(await cases.differencesOf(actorIn(file), { ...options, input })).toEqual(
            differences.map((one) => expect.stringMatching(patternOf(one))),
        );
    });

    it.concurrent.each([
        ['asks a hostile web server', 'asks-a-hostile-server'],
        ['has a client of its own', 'own-client'],
        ['links to its records by their public addresses', 'links-its-records'],
    ])('%s, and is served', async (_, file) => {
        const result = await compare({ actor: actorIn(file), fault: 'none' });

        expect(result).toMatchObject({ same: true, differences: [], noise: [] });
    });

    it('has a budget, ends with it undisturbed and when it is moved', async () => {
        const { differences, undisturbed, struck } = await compare({
            actor: actorIn('crawls'),
            input: { way: 'charges' },
            prices: { page: 0.01 },
            maxTotalChargeUsd: 0.03,
            at: 'dataset_items_post@2:before',
        });

        expect(differences).toEqual([]);
        expect([undisturbed.charges, struck.charges]).toEqual([{ page: 3 }, { page: 3 }]);
    });

    it('takes other pages in each run, is not blamed for that when it is moved', async () => {
        const result = await compare({
            actor: actorIn('crawls'),
            input: { way: 'draws', pages: 40, concurrency: 5 },
            at: 'dataset_items_post@2:before',
        });

        expect(result.differences).toEqual([]);
        expect(result.noise.map(({ sentence }) => sentence)).toContain(
            'Not the same in each run: rows of the dataset.',
        );
    });

    it.skipIf(PYTHON === undefined)(`is written in Python and begins anew, is told so${WITHOUT_PYTHON}`, async () => {
        const actor = { ...actorIn('begins-anew'), command: [PYTHON!, 'begins-anew.py'] as [string, string] };

        expect(await cases.differencesOf(actor, { fault: 'crash', at: 'dataset_items_post@2:after' })).toEqual([
            '2 rows too many in the dataset, pushed again after strike 1: {"n":0}, {"n":1}.',
        ]);
    });

    it('fails by itself, is restarted when it is only tried how it takes that', async () => {
        const options = { fault: 'restart', at: `${AT_THE_SAVE}@3:after` } as const;

        expect(await compare({ actor: actorIn('fails-by-itself'), ...options })).toMatchObject({ same: true });
    });

    it('relies on what its files say, is moved and finds all of it again', async () => {
        const result = await compare({ actor: join(CASES, 'described'), at: `${AT_THE_SAVE}@1:after` });

        expect(result).toMatchObject({ differences: [], noise: [] });
        expect(result.struck).toMatchObject({
            datasets: { '(alias errors)': [0, 1].map((n) => ({ n, region: 'eu', key: 'none' })) },
            charges: { page: 2 },
        });
    });

    it('opens storages by aliases that no file could declare, has them in every process', async () => {
        const { differences, noise, struck, notes } = await compare({
            actor: actorIn('opens-an-alias'),
            fault: 'crash',
            at: 'dataset_items_post@2:before',
        });

        expect({ differences, noise }).toEqual({ differences: [], noise: [] });
        expect(struck.datasets['(alias errors)']).toEqual([{ n: 0 }, { n: 1 }]);
        expect(struck.records).toHaveProperty('(alias state)/NEXT');
        expect(notes).toEqual([expect.stringMatching(/^No \.actor\/actor\.json .* it was given 'errors', 'state'\./)]);
    });

    it('opens an alias that its own file leaves out is told to declare it', async () => {
        const command: [string, string] = [process.execPath, join(CASES, 'opens-an-alias.mjs')];
        const dir = join(folder, 'left-out');
        const options = { actor: { command, cwd: join(CASES, 'described') }, dir };

        await expect(compare(options)).rejects.toThrow(
            /'storages' in \.actor\/actor\.json must declare the alias 'state'\./,
        );
        expect(readdirSync(dir)).toEqual(['undisturbed']);
    });

    it('reads what is there beforehand', async () => {
        const files = {
            'rows.jsonl': '{"n":1}\n{"n":2}\n',
            'storage/key_value_stores/prices/PRICES.json': '{"page":1}',
            'storage/request_queues/default/a.json': '{"url":"https://example.com/"}',
        };
        for (const [name, content] of Object.entries(files)) {
            mkdirSync(dirname(join(folder, name)), { recursive: true });
            writeFileSync(join(folder, name), content);
        }
        const { differences, struck } = await compare({
            actor: actorIn('reads-what-is-there'),
            fault: 'none',
            seedDatasets: [`products=${join(folder, 'rows.jsonl')}`],
            seedStorage: join(folder, 'storage'),
        });

        expect(differences).toEqual([]);
        expect(struck.datasets['(default)']).toEqual([
            { known: [{ n: 1 }, { n: 2 }], prices: { page: 1 }, pendingRequestCount: 1 },
        ]);
    });

    it('can not read a storage without a token where these are restricted', async () => {
        const options = { fault: 'none', restrictedStorages: true } as const;
        const { struck } = await compare({ actor: actorIn('links-its-records'), ...options });

        expect(struck.datasets['(default)']).toMatchObject([{ status: 401 }, { status: 401 }, { status: 401 }]);
    });

    it.each<[what: string, file: string, options: Omit<CompareOptions, 'actor'>, advice: RegExp]>([
        ['that has asked Apify itself', 'asks-apify', {}, /must be given APIFY_API_BASE_URL as its address/],
        [
            'that calls an Actor nobody has given',
            'calls-others',
            { input: { actor: 'apify/send-mail' } },
            /--actor apify\/send-mail=<folder>/,
        ],
        [
            'that starts a task nobody has given',
            'calls-others',
            { input: { task: 'me/daily' } },
            /--task me\/daily=<actor>/,
        ],
        ['whose file is larger than a record may be', 'saves-much', { input: { file: true }, ...NINE_MB }, /film\.mp4/],
    ])('is told what to do when it is one %s', async (_, file, options, advice) => {
        const error = await compare({ actor: actorIn(file), ...options }).catch((caught: unknown) => caught);

        expect(error).toBeInstanceOf(UndisturbedError);
        const { message, moved } = error as UndisturbedError;
        rmSync(dirname(moved.dir), { recursive: true, force: true, maxRetries: 3 });
        expect(message).toMatch(advice);
    });

    it('stores in any order is told after which of its calls a crash does harm', async () => {
        const { command } = actorIn('stores-in-any-order') as { command: [string, ...string[]] };
        await inTemporaryFolder(async (dir) => {
            const actor = { name: 'stores-in-any-order', command, cwd: CASES };
            const { trials, undisturbed } = await proveActor({ actor, dir, fault: 'crash', seed: 1, jobs: 2 });
            const pushed = undisturbed.trace.entries.findIndex(({ type }) => type === 'items.pushed');
            const byState = trials.map(({ point, outcome }) => [point.state!.index >= pushed, outcome]);

            expect(byState).toContainEqual([true, 'duplicated']);
            expect(byState).toContainEqual([false, 'same']);
            expect(byState).not.toContainEqual([true, 'same']);
            expect(byState).not.toContainEqual([false, 'duplicated']);
        });
    });
});
