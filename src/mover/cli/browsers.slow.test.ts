import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { projectRoot } from '../../base/paths.js';
import { listProcesses } from '../../platform/run/process-table.js';
import { BROWSER, IS_WITHOUT_BROWSER, WHY_WITHOUT } from '../../replay/fixtures/browser.js';
import { openShop, type Shop } from '../../shop/index.js';
import { type ComparisonJson, Mover } from './fixtures/mover.js';

let shop: Shop;
let mover: Mover;
beforeAll(async () => {
    [shop, mover] = await Promise.all([openShop({ products: 3 }), Mover.open()]);
});
afterAll(async () => {
    await mover.close();
    await shop.close();
});

/** Runs what a README shows, in the browser that tests drive. */
async function shown(example: string, args: string): Promise<ComparisonJson & { status: number | string }> {
    const readme = await readFile(join(projectRoot, 'examples', example, 'README.md'), 'utf8');
    expect(readme).toContain(`\nnpm run move -- examples/${example} ${args}\n`);
    const [options, command] = args.split(' -- ');
    const words = ['run', join(projectRoot, 'examples', example), '--input', '-', ...options!.split(' ')];
    const how = ['--json', '--undisturbed', '1', '--env', `CRAWLEE_DEFAULT_BROWSER_PATH=${BROWSER}`];
    const started = mover.start([...words, ...how, ...(command === undefined ? [] : ['--', ...command.split(' ')])], {
        baseUrl: shop.baseUrl,
    });
    const { status, stdout, stderr } = await started.ended;
    if (stdout === '') throw new Error(stderr);
    return { ...(JSON.parse(stdout) as ComparisonJson), status };
}

/** Processes of runs that have ended: a browser carries its Actor's environment. */
function leftOf({ undisturbed, struck }: ComparisonJson): number[] {
    const runs = [...undisturbed, ...struck] as unknown as { runId: string }[];
    const all = listProcesses() ?? [];
    return all.filter(({ environment }) => runs.some(({ runId }) => environment.includes(runId))).map(({ pid }) => pid);
}

describe.skipIf(IS_WITHOUT_BROWSER)(`an Actor with a browser${WHY_WITHOUT}`, { timeout: 900_000 }, () => {
    it.each([
        '--compare --at datasets.items.post@3',
        '--compare --fault crash --at datasets.items.post@3',
        '--compare --at datasets.items.post@3 -- node puppeteer.js',
        '--compare --fault crash --at datasets.items.post@3 -- node puppeteer.js',
    ])('pushes a row twice, keeps its pictures, and leaves no browser: %s', async (args) => {
        const compared = await shown('browser', args);

        const [{ ended, processes, differences, rows }] = compared.struck as [ComparisonJson['struck'][number]];
        expect([compared.status, ended, processes]).toEqual([1, 'SUCCEEDED', 2]);
        expect(differences).toMatchObject([{ kind: 'duplicated-rows', count: 1 }]);
        expect(rows).toEqual({ '(default)': 4 });
        expect(leftOf(compared)).toEqual([]);
    });

    it.each([
        ['drain', '--compare --fault abort -- node playwright.js'],
        ['writer', '--compare --fault crash --at datasets.items.post@2 -- node playwright.js'],
    ])('leaves the same with the code of the example %s: %s', async (example, args) => {
        const compared = await shown(example, args);

        const [{ processes, sentences }] = compared.struck as [ComparisonJson['struck'][number]];
        expect([compared.status, processes, sentences]).toEqual([0, 2, []]);
        expect(leftOf(compared)).toEqual([]);
    });
});
