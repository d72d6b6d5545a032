import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { afterAll, describe, expect, test } from 'vitest';

import { openShop } from '../src/shop/index.js';
import { STEPS } from '../src/trial/steps.js';

const here = import.meta.dirname;
const steps = STEPS.map(({ folder }) => folder);

const folders: string[] = [];
afterAll(async () => Promise.all(folders.map(async (folder) => rm(folder, { recursive: true, force: true }))));

/** Runs a step by plain Node with Crawlee's own local storage, in a folder of its own. */
async function runPlainly(step: string, input: unknown): Promise<{ exitCode: number; storage: string }> {
    const folder = await mkdtemp(path.join(tmpdir(), 'actors-move-'));
    folders.push(folder);
    const storage = path.join(folder, 'storage');
    await mkdir(path.join(storage, 'key_value_stores', 'default'), { recursive: true });
    await writeFile(path.join(storage, 'key_value_stores', 'default', 'INPUT.json'), JSON.stringify(input));

    // Without the variables of the process that runs the tests: they could point to another storage.
    const ownVariables = Object.entries(process.env).filter(([name]) => !/^(APIFY|ACTOR|CRAWLEE)_/.test(name));
    const main = path.join(here, '..', 'dist', 'solutions', step, 'main.js');
    const child = spawn(process.execPath, [main], {
        cwd: folder,
        stdio: 'ignore',
        env: Object.fromEntries(ownVariables),
    });
    const [exitCode] = (await once(child, 'close')) as [number];
    return { exitCode, storage };
}

describe.each(steps)('%s, run by plain node and left alone', (step) => {
    test('counts and stores just the offers that the shop has, though some requests fail at first', async () => {
        const shop = await openShop({ failEvery: 5 });
        try {
            const { exitCode, storage } = await runPlainly(step, { baseUrl: shop.baseUrl });
            expect(exitCode).toBe(0);

            const output: unknown = JSON.parse(
                await readFile(path.join(storage, 'key_value_stores', 'default', 'OUTPUT.json'), 'utf8'),
            );
            expect(output).toEqual(shop.truth());

            const dataset = path.join(storage, 'datasets', 'default');
            const rows = await Promise.all(
                (await readdir(dataset))
                    .filter((name) => /^\d+\.json$/.test(name))
                    .map(async (name) => JSON.parse(await readFile(path.join(dataset, name), 'utf8')) as OfferRow),
            );
            const offers = Object.keys(shop.truth()).flatMap((asin) =>
                shop.offers(asin).map(({ sellerName, price }) => [asin, sellerName, price].join()),
            );
            expect(rows.map(({ asin, sellerName, price }) => [asin, sellerName, price].join()).sort()).toEqual(
                offers.sort(),
            );
        } finally {
            await shop.close();
        }
    });

    test('fails on wrong input before it scrapes anything', async () => {
        const { exitCode, storage } = await runPlainly(step, { baseUrl: 'nowhere' });
        expect(exitCode).toBe(1);
        expect(await readdir(path.join(storage, 'key_value_stores', 'default'))).not.toContain('OUTPUT.json');
    });
});

test('no more search pages are scraped than the input allows', async () => {
    const shop = await openShop();
    try {
        const { exitCode } = await runPlainly(steps.at(-1)!, { baseUrl: shop.baseUrl, maxPages: 2 });
        expect(exitCode).toBe(0);
        expect(shop.served().search).toBe(2);
    } finally {
        await shop.close();
    }
});

interface OfferRow {
    asin: string;
    sellerName: string;
    price: string;
}
