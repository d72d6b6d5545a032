import { beforeAll, describe, expect, it } from 'vitest';

import type { ApiCall } from '../../platform/index.js';
import { formatPlan } from '../../faults/fault-plan.js';
import { UsageError } from '../../base/usage-error.js';
import { COUNTER } from './fixtures/mover.js';
import { readRunRequest, type RunRequest } from './run-options.js';

const CALLS = Array.from({ length: 60 }, (_, i) => ({ n: i + 1 }) as ApiCall);

async function read(...args: string[]): Promise<RunRequest> {
    return readRunRequest(args, COUNTER);
}

const planOf = async (...args: string[]): Promise<string> => formatPlan((await read(...args)).planOf(CALLS, 1, 6));

const AT_FOUR_AND_EIGHT = 'abort:call@4:after,abort:call@8:after';

describe('what strikes', () => {
    it.each<[string, string[], string]>([
        ['nothing', [], ''],
        ['a fault at the usual call', ['--fault', 'crash'], 'crash:call@25:after'],
        ['a fault in the middle of what is compared', ['--compare', '--fault', 'crash'], 'crash:call@30:after'],
        ['a migration, when runs are compared', ['--compare', '2'], 'migrate:call@30:after'],
        ['a fault at multiples of a call', ['--fault', 'abort', '--at', 'call@4', '--times', '2'], AT_FOUR_AND_EIGHT],
        ['a fault after every so long', ['--fault', 'crash', '--every', '30s'], 'crash:every:30s'],
        ['only so often', ['--fault', 'crash', '--every', '2s', '--times', '2'], 'crash:2s,crash:4s'],
        ['what a plan says', ['--plan', 'crash:5s abort:call@9:before'], 'crash:5s,abort:call@9:before'],
    ])('is %s: %j', async (_what, args, plan) => {
        expect(await planOf(...args)).toBe(plan);
    });
});

it.each<[string[], { runs: number; undisturbed: number }]>([
    [['--compare'], { runs: 1, undisturbed: 2 }],
    [['--compare', '3', '--undisturbed', '1'], { runs: 3, undisturbed: 1 }],
    [['--compare', '--fault', 'none'], { runs: 0, undisturbed: 2 }],
    [['--compare', '3', '--fault', 'none'], { runs: 0, undisturbed: 4 }],
    [['--compare', '--fault', 'none', '--api-fault', 'call:rate-limit@1'], { runs: 1, undisturbed: 2 }],
])('%j compares so many runs', async (args, runs) => {
    expect((await read(...args)).mode).toEqual({ kind: 'compare', ...runs });
});

it('strikes at calls that a seed draws: the same for the same seed, others in the next run', async () => {
    const plan = async (seed: string, run: number): Promise<string> => {
        const request = await read('--compare', '2', '--fault', 'crash', '--times', '2', '--seed', seed);
        return formatPlan(request.planOf(CALLS, run, 0));
    };

    expect(await plan('5', 1)).toMatch(/^crash:call@\d+:(before|after),crash:call@\d+:(before|after)$/);
    expect(await plan('5', 1)).toBe(await plan('5', 1));
    expect(await plan('5', 2)).toBe(await plan('6', 1));
    expect(await plan('6', 1)).not.toBe(await plan('5', 1));
});

describe('the request', () => {
    let request: RunRequest;
    beforeAll(async () => {
        const struck = [
            '--prove',
            '--sample',
            '20',
            '--jobs',
            '2',
            '--unique',
            'a',
            '--unique',
            'b',
            '--record',
            'X',
            '--ignore-record',
            'Y*',
            '--ordered',
        ];
        const timing = ['--read-lag', '1.5', '--api-latency', '20'];
        const run = ['--grace', '0.5', '--persist-interval', '2', ...timing, '--memory', '256', '--timeout', '9'];
        const set = [
            '--env',
            'A=b=c',
            '--charge',
            'page=0.01',
            '--no-reboot-reply',
            '--no-fresh-disk',
            '--actor',
            `other=${COUNTER}`,
        ];
        request = await read(...struck, ...run, ...set, '--', 'deno', 'run', '--prove');
    });

    it('says which Actor is run, and how', () => {
        const actor = { command: ['deno', 'run', '--prove'], cwd: COUNTER, env: { A: 'b=c' }, prices: { page: 0.01 } };
        expect(request.actor).toEqual({
            name: 'counter',
            inputDefaults: expect.objectContaining({ rows: 3 }),
            ...actor,
        });
        expect(request.actors).toMatchObject([{ name: 'other', cwd: COUNTER, env: { A: 'b=c' } }]);
        expect(request.run).toEqual({
            graceMillis: 500,
            rebootEndsMigration: false,
            freshDisk: false,
            persistIntervalSecs: 2,
            readLagMillis: 1_500,
            apiLatencyMillis: 20,
            memoryMbytes: 256,
            timeoutSecs: 9,
            timeoutMillis: 69_000,
        });
    });

    it('says what is judged', () => {
        expect(request).toMatchObject({
            mode: { kind: 'prove', sample: 20, undisturbed: 2 },
            fault: 'crash',
            jobs: 2,
            rules: { unique: ['a', 'b'], records: ['X'], ignoreRecords: ['Y*'], ordered: true },
        });
    });

    it('can be repeated but for what strikes', () => {
        expect(request.repeatArgs.join(' ')).toBe(
            '--grace 0.5 --no-reboot-reply --no-fresh-disk --persist-interval 2 --read-lag 1.5 --api-latency 20 --env A=b=c ' +
                `--memory 256 --timeout 9 --actor other=${COUNTER} --charge page=0.01 --unique a --unique b --record X --ignore-record Y* --ordered -- deno run --prove`,
        );
    });
});

describe('what it may start', () => {
    it('is Actors of others too, and tasks of those', async () => {
        const options = ['--actor', `apify/mail=${COUNTER}`, '--actor', `child=${COUNTER}`];
        const tasks = ['--task', 'me/daily=apify/mail', '--task', 'own=counter'];
        const { actors, tasks: known } = await read(...options, ...tasks);
        expect(actors).toMatchObject([{ username: 'apify', name: 'mail' }, { name: 'child' }]);
        expect(known).toEqual([
            { name: 'me/daily', actor: 'apify/mail' },
            { name: 'own', actor: 'counter' },
        ]);
    });

    it('can be struck in its place', async () => {
        const on = async (text: string): Promise<unknown> =>
            (await read('--actor', `apify/mail=${COUNTER}`, '--on', text)).run.on;
        expect(await on('apify/mail')).toEqual({ actor: 'apify/mail', n: 1 });
        expect(await on('apify/mail@3')).toEqual({ actor: 'apify/mail', n: 3 });
    });
});

it('says within what limits it is run', async () => {
    const budget = ['--max-items', '5', '--max-total-charge-usd', '0.06', '--restart-on-error'];
    const { run } = await read(...budget, '--max-record', '9', '--restricted-storages');
    expect(run).toMatchObject({
        maxItems: 5,
        maxTotalChargeUsd: 0.06,
        restartOnError: true,
        maxRecordBytes: 9_437_184,
        restrictedStorages: true,
    });
});

it.each<[string[], RegExp]>([
    [['--task', 'daily=child'], /--task names an Actor that --actor gives, and 'child' is none\. Given are counter\./],
    [['--task', 'daily'], /--task takes <name>=<actor>/],
    [['--task', 'daily=counter,nowhere.json'], /nowhere\.json/],
    [['--on', 'child'], /--on names an Actor that --actor gives, and 'child' is none\. None is given\./],
    [['--actor', `child=${COUNTER}`, '--on', 'child@0'], /--on counts runs from 1/],
    [['--actor', `child=${COUNTER}`, '--on', 'child', '--prove'], /--prove and --fork go on with its own/],
    [['--max-items', '0'], /--max-items takes a whole number from 1/],
    [['--max-record', '0'], /--max-record takes a number from 0\.001/],
    [['--seed-dataset', 'nowhere.json'], /nowhere\.json can't be read/],
    [['--seed-storage', 'nowhere'], /--seed-storage takes a folder with/],
    [
        ['--fault', 'flood'],
        /--fault takes none, migrate, crash, abort, restart, timed-out, failed, aborted, not 'flood'/,
    ],
    [['--request', 'GET /'], /--request goes with --serve/],
    [['--serve'], /--serve needs what to ask/],
    [['--serve', '--request', 'GET'], /A request is a method, a path/],
    [['--serve', '--request', 'GET /', '--script', 'x.js'], /Give --request or --script, not both/],
    [['--serve', '--script', 'no-such.js'], /The script .*no-such\.js can't be loaded/],
    [['--fault', 'crash', '--at', 'request@2'], /'request' is no operation of the API/],
    [['--fault', 'crash', '--at', 'noon'], /'noon' is no trigger\. Give a time/],
    [['--fault', 'crash', '--at', 'offers@2'], /'offers' is no operation of the API\. Names like it are /],
    [['--undisturbed', '3'], /--undisturbed goes with --compare and --prove/],
    [['--export', '--prove'], /--export does not go with --prove/],
    [['--ignore-record', 'X'], /give --compare or --prove too/],
    [['--at', '2s'], /name a --fault too/],
    [['--fault', 'crash', '--at', '2s', '--every', '2s'], /one of --at, --every and --plan/],
    [['--fault', 'crash', '--every', '10ms'], /--every takes a time of 100ms or more/],
    [['--fault', 'crash', '--times', '0'], /--times takes a whole number from 1 to 100/],
    [['--plan', 'crash:2s', '--times', '2'], /--plan says what strikes how often/],
    [['--plan', 'crash'], /'crash' is no strike/],
    [['--fault', 'crash', '--seed', '1'], /give --compare too/],
    [['--compare', '--seed', '1', '--at', '2s'], /--seed draws the moments/],
    [['--compare', '--prove'], /--compare or --prove, not both/],
    [['--compare', '0'], /--compare takes a whole number from 1/],
    [['--prove', '--at', '2s'], /--prove strikes at every API call/],
    [['--prove', '--fault', 'none'], /--prove needs something that strikes/],
    [['--prove', '--fork', 'x@1'], /--fork goes on with one recorded run/],
    [['--fork', 'nowhere@1'], /nowhere is no data directory/],
    [['--fork', 'nowhere'], /--fork takes <data directory>@<index>/],
    [['--sample', '3'], /--sample goes with --prove/],
    [['--unique', 'id'], /give --compare or --prove too/],
    [['--api-fault', 'datasets.items.post:boom'], /is no API fault/],
    [['--grace', '-1'], /--grace/],
    [['--persist-interval', '0'], /--persist-interval takes a number from 0.1/],
    [['--read-lag', 'long'], /--read-lag takes a number from 0 to 600/],
    [['--api-latency', '0.5'], /--api-latency takes a whole number from 0/],
    [['--memory', '1'], /--memory takes a whole number from 128/],
    [['--timeout', 'long'], /--timeout takes a whole number/],
    [['--env', 'novalue'], /--env takes <name>=<value>, not 'novalue'/],
    [['--charge', 'page'], /--charge takes <event>=<price>/],
    [['--actor', 'nofolder'], /--actor takes <name>=<folder>/],
    [['--actor', `child=${COUNTER}`, '--actor', `child=${COUNTER}`], /--actor gives 'child' twice/],
    [['--actor', `counter=${COUNTER}`], /--actor gives 'counter', which the Actor itself is called/],
    [['--task', 'daily=counter', '--task', 'daily=counter'], /--task gives 'daily' twice/],
    [['--actor', 'x=nowhere'], /There is no folder/],
    [['one', 'two'], /One Actor folder at a time/],
    [['--speed'], /Unknown option '--speed'/],
])('%j is refused with what is allowed', async (args, message) => {
    await expect(read(...args)).rejects.toThrow(UsageError);
    await expect(read(...args)).rejects.toThrow(message);
});
