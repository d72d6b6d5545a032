import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { projectRoot } from '../base/paths.js';
import { parsePlan } from '../faults/fault-plan.js';
import { baselineOf, type ComparedRun, compareRuns, judged } from './comparison.js';
import type { CompareRules } from './differences.js';
import { OWN } from './labels.js';
import type { Moved } from './move.js';
import type { Noise } from './noise.js';

/** An Actor that leaves something of every kind, run twice undisturbed and once struck: what is judged below. */
let undisturbed: readonly [Moved, ...Moved[]];
let struck: Moved;
let dir: string;

beforeAll(async () => {
    dir = await mkdtemp(join(tmpdir(), 'comparison-'));
    const leaver = {
        name: 'leaver',
        command: [process.execPath, 'main.js'] as [string, string],
        cwd: join(projectRoot, 'src', 'mover', 'fixtures', 'leaver'),
    };
    const prices = { page: 0.01, 'apify-default-dataset-item': 0.001, 'apify-actor-start': 0.01 };
    const plan = parsePlan('crash:actors_runs_post@1:after,crash:keyValueStore_record_put@5:before');
    const runs = await compareRuns({
        actor: { ...leaver, prices },
        input: { pages: 3 },
        memoryMbytes: 2_048,
        dir,
        planOf: () => plan,
        exports: true,
    });
    undisturbed = runs.undisturbed;
    struck = runs.struck[0]!.moved;
}, 120_000);

afterAll(async () => rm(dir, { recursive: true, force: true, maxRetries: 3 }));

/** Judges what was recorded once more. */
function judgedBy(
    rules: CompareRules,
    runs: readonly Moved[] = undisturbed,
): Omit<ComparedRun, 'plan'> & { noise: Noise } {
    const baseline = baselineOf(runs, rules);
    return { ...judged(baseline, struck), noise: baseline.noise };
}

const sentences = ({ findings }: Pick<ComparedRun, 'findings'>): string[] => findings.map(({ sentence }) => sentence);

describe('what an Actor leaves', () => {
    it('is compared, all of it, and says since which strike it differs', () => {
        const found = judgedBy({});

        expect(sentences(found)).toEqual([
            expect.stringMatching(/^1 row too many in the dataset, pushed again after strike 2: \{"n":1,"snapshot":/),
            '1 row too many in dataset (unnamed 1), pushed again after strike 2: {"n":1}.',
            '2 rows too many in dataset default, pushed again after strikes 1, 2: {"from":"named"}, {"from":"named"}.',
            'Record OUTPUT, counted is 2, undisturbed 3.',
            'Record picture-0.png is missing.',
            'Event apify-default-dataset-item is charged 4 times, undisturbed 3.',
            'Event page is charged 4 times, undisturbed 3.',
            'The webhook for ACTOR.RUN.SUCCEEDED to https://example.com/hook?run=<run> is there 3 times, undisturbed 1.',
            'Actor leaver is started 2 times, undisturbed 1.',
        ]);
        expect(found.findings.map(({ since }) => since?.replaceAll(/ \(.*?\)/g, ''))).toEqual([
            ...['strike 2', 'strike 2', 'strike 1, strike 2', 'strike 2', 'strike 2', 'strike 2', 'strike 2'],
            ...['strike 1', 'strike 1'],
        ]);
        expect(found.judgement).toBe('missing');
    });

    it('is told with what the Actor did around it', () => {
        const { findings } = judgedBy({});
        const aroundOf = (text: string): string => findings.find(({ sentence }) => sentence.includes(text))!.around!;

        expect(aroundOf('leaver is started')).toMatch(
            /call \d+ keyValueStore_record_get STARTED → \[call \d+ actors_runs_post\]/,
        );
        expect(aroundOf('OUTPUT')).toMatch(
            /^strike 2: crash → … → .*\[call \d+ keyValueStore_record_put OUTPUT\] → process 3 ends$/,
        );
    });

    it('is the same in two undisturbed runs but for times that the Actor makes, which are told apart', () => {
        expect(judgedBy({}).noise.findings).toEqual([
            {
                sentence: 'Field scrapedAt of rows of the dataset is another one in each run.',
                option: '--ignore scrapedAt',
            },
        ]);
        expect(judgedBy({ ignore: ['scrapedAt'] }).noise.findings).toEqual([]);
    });

    it('differs in these times where a single undisturbed run shows no noise', () => {
        const [first] = undisturbed;

        expect(sentences(judgedBy({}, [first]))).toEqual(
            expect.arrayContaining([expect.stringMatching(/^3 rows missing from the dataset: /)]),
        );
        expect(sentences(judgedBy({ ignore: ['scrapedAt'] }, [first]))).toEqual(sentences(judgedBy({})));
    });

    it('is left out as the rules say, and counted', () => {
        const keysOf = (rules: CompareRules): unknown[] =>
            judgedBy(rules).differences.flatMap((difference) => ('key' in difference ? [difference.key] : []));

        expect(keysOf({ records: ['picture-*'] })).toEqual(['picture-0.png']);
        expect(keysOf({ ignoreRecords: ['OUTPUT', 'picture-*'] })).toEqual([]);
        // Its input, and what Crawlee keeps; by rules OUTPUT and three pictures.
        expect(judgedBy({ ignoreRecords: ['OUTPUT', 'picture-?.png'] }).notCompared).toEqual({
            input: 1,
            crawlee: 1,
            byRules: 1,
        });
        expect(judgedBy({ ignoreRecords: ['OUTPUT', 'picture-*'] }).notCompared.byRules).toBe(3);
    });

    it('has files by their bytes, and goes by names that no storage can have', () => {
        const [{ leftovers }] = undisturbed;

        expect(leftovers.records['picture-1.png']).toMatchObject({
            bytes: 5,
            sha256: expect.stringMatching(/^\w{64}$/),
        });
        expect(Object.keys(leftovers.datasets).sort()).toEqual([OWN, '(unnamed 1)', 'default'].sort());
        expect(leftovers.datasets[OWN]).toHaveLength(3);
        expect(leftovers.started.leaver).toMatchObject([{ ended: 'SUCCEEDED', datasets: { [OWN]: [{ part: 'a' }] } }]);
        expect(leftovers.charges).toEqual({ page: 3, 'apify-default-dataset-item': 3, 'apify-actor-start': 2 });
    });

    it('is exported with the named dataset apart from its own', async () => {
        const datasets = join(struck.dir, 'storage', 'datasets');

        expect(await readdir(join(datasets, 'default'))).toHaveLength(4);
        expect(await readdir(join(datasets, '_default'))).toHaveLength(3);
    });
});
