import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { compiled, projectRoot } from '../../base/paths.js';
import { openShop, type Shop } from '../../shop/index.js';
import { type ComparisonJson, Mover } from './fixtures/mover.js';

let shop: Shop;
let mover: Mover;
beforeAll(async () => {
    [shop, mover] = await Promise.all([openShop({}), Mover.open()]);
});
afterAll(async () => {
    await mover.close();
    await shop.close();
});

/** Runs what a README shows, on a shop of the test's own, and returns what it prints as JSON, and its exit code. */
async function shown<T = ComparisonJson>(
    readme: string,
    args: string,
    ...more: string[]
): Promise<T & { status: number }> {
    expect(await readFile(join(projectRoot, readme), 'utf8')).toContain(`\nnpm run move -- ${args}\n`);
    const words = args
        .replaceAll(/(?<=^| |=)(?=examples\/)/g, `${projectRoot}/`)
        .match(/(?<=")[^" ][^"]*(?=")|[^\s"]+/g)!;
    const at = words.indexOf('--input');
    const file = at === -1 ? undefined : words.splice(at, 2)[1]!;
    const own = file === undefined ? {} : (JSON.parse(await readFile(file, 'utf8')) as object);
    const input = { ...own, baseUrl: shop.baseUrl };
    // These Actors leave the same each time, so one undisturbed run is enough to compare with.
    const once = words.includes('--compare') ? ['--undisturbed', '1'] : [];
    // What is left at a crash is what was saved by then: a slow machine's minute must not save anything in between.
    const options = [...words, ...once, '--persist-interval', '3600', '--input', '-', '--json', ...more];
    const { status, stdout, stderr } = await mover.start(['run', ...options], input).ended;
    if (stdout === '') throw new Error(stderr);
    return { ...(JSON.parse(stdout) as T), status: status as number };
}

/** What growing-state measures of a number of ASINs. */
interface Measured {
    asins: number;
    whole: { bytes: number };
    part: { bytes: number };
}

it("the course's last step, compiled TypeScript with a CheerioCrawler, leaves the same after two crashes", async () => {
    const command = ['--', process.execPath, compiled('solutions/5-exactly-once/main.js')];
    const struck = ['--compare', '--undisturbed', '1', '--fault', 'crash', '--at', 'call@30', '--times', '2', '--json'];
    const input = { keyword: shop.keyword, baseUrl: shop.baseUrl };
    const { status, stdout, stderr } = await mover.start(['run', '--input', '-', ...struck, ...command], input).ended;

    expect(stderr).toBe('');
    expect(JSON.parse(stdout)).toMatchObject({ same: true, struck: [{ processes: 3, rows: { '(default)': 58 } }] });
    expect(status).toBe(0);
}, 120_000);

describe.concurrent('the example', { timeout: 600_000 }, () => {
    it('basic-crawler counts in memory: a row is pushed twice, and the count is too small', async () => {
        const args = 'examples/basic-crawler --compare --at datasets.items.post@4:after';
        const { status, struck } = await shown('examples/basic-crawler/README.md', args);

        expect(status).toBe(1);
        const [{ ended, sentences, differences }] = struck as [ComparisonJson['struck'][number]];
        expect(ended).toBe('SUCCEEDED');
        expect(differences.map(({ kind }) => kind)).toEqual(['duplicated-rows', 'differing-record']);
        expect(sentences[1]).toMatch(/^Record OUTPUT, products is [0-4], undisturbed 5\.$/);
    });

    it('plain-fetch is right wherever it is struck', async () => {
        const args = 'examples/plain-fetch --prove';
        const proof = await shown<{ tried: number; same: number }>(
            'examples/plain-fetch/README.md',
            args,
            '--sample',
            '5',
        );

        expect(proof).toMatchObject({ status: 0, tried: 5, same: 5 });
    });

    it('plain-fetch fails when a call fails, since it does not try again', async () => {
        const args = 'examples/plain-fetch --compare --fault none --api-fault datasets.items.post:status-503@2';
        const { status, struck } = await shown('examples/plain-fetch/README.md', args);

        expect([status, struck[0]!.ended]).toEqual([1, 'FAILED']);
    });

    it("basic-crawler pushes a row twice when the answer to its push is cut off: Apify's client tries again", async () => {
        const args =
            'examples/basic-crawler --compare --fault none --api-fault datasets.items.post:reset-after@2 --record STATE';
        const { status, struck } = await shown('examples/plain-fetch/README.md', args);

        expect([status, struck[0]!.judgement]).toEqual([1, 'duplicated']);
    });

    it.each([
        ['examples/drain --compare --fault abort', 0],
        ['examples/drain --compare --fault migrate --no-reboot-reply', 0],
        ['examples/drain --compare --fault crash --at requestQueue_request_put@3:before', 1],
    ])('drain is right where an event comes before: %s', async (args, exitCode) => {
        const { status, struck } = await shown('examples/drain/README.md', args);

        const kinds = struck[0]!.differences.map(({ kind }) => kind);
        expect([status, kinds]).toEqual([
            exitCode,
            exitCode ? ['duplicated-rows', 'differing-record', 'differing-record'] : [],
        ]);
    });

    it('writer is right wherever it is struck', async () => {
        const args = 'examples/writer --prove';
        const proof = await shown<{ tried: number; same: number }>('examples/writer/README.md', args, '--sample', '5');

        expect(proof).toMatchObject({ status: 0, tried: 5, same: 5 });
    });

    it('growing-state writes a hundredth when it saves one of a hundred parts', async () => {
        const args = 'examples/growing-state';
        const { status, records } = await shown<{ records: Record<string, { value: Measured[] }> }>(
            'examples/growing-state/README.md',
            args,
        );

        expect(status).toBe(0);
        const shares = records.OUTPUT!.value.map(({ asins, whole, part }) => [asins, whole.bytes / part.bytes]);
        expect(shares.map(([asins]) => asins)).toEqual([1_000, 10_000, 100_000]);
        for (const [, share] of shares) expect(Math.round(share! / 10)).toBe(10);
    });

    it.each([
        ['examples/server --compare --serve --script examples/server/calls.js', 0],
        ['examples/server --compare --fault crash --serve --script examples/server/calls.js', 1],
    ])('server goes on serving where an event comes before: %s', async (args, exitCode) => {
        const { status, struck } = await shown('examples/server/README.md', args);

        const [{ processes, sentences }] = struck as [ComparisonJson['struck'][number]];
        expect([status, processes]).toEqual([exitCode, 2]);
        const answers = sentences.filter((sentence) => sentence.startsWith('Answer'));
        expect(answers).toEqual(exitCode ? ['Answer 4 (GET /shoes), body.visit is 1, undisturbed 3.'] : []);
    });

    it('server is called on from each of its crash states', async () => {
        const args = 'examples/server --prove --serve --request "GET /shoes" --request "GET /shoes"';
        const proof = await shown<{ tried: number; same: number }>('examples/server/README.md', args);

        expect(proof).toMatchObject({ status: 1, tried: 4, same: 2 });
    });

    it('caller starts a second run', async () => {
        const args = 'examples/caller --actor plain-fetch=examples/plain-fetch --compare';
        const { status, struck } = await shown('examples/caller/README.md', args);

        expect(status).toBe(1);
        expect(struck[0]!.sentences).toEqual(['Actor plain-fetch is started 2 times, undisturbed 1.']);
    });

    it('caller starts one run only when it remembers it', async () => {
        const input = 'examples/caller/remember.json';
        const args = `examples/caller --actor plain-fetch=examples/plain-fetch --compare --input ${input}`;
        const { status, struck } = await shown('examples/caller/README.md', args);

        expect([status, struck[0]!.judgement]).toEqual([0, 'same']);
    });
});
