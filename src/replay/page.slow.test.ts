/* eslint-disable no-control-regex -- Control characters are what these tests look for. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';

import { runTrial } from '../trial/trial.js';
import { parseShopTrigger } from '../trial/shop-plan.js';
import { commandOf, STEPS } from '../trial/steps.js';
import {
    IS_WITHOUT_BROWSER,
    launchBrowser,
    LOOKS,
    newPage,
    type NewPage,
    overflowOf,
    violationsOf,
    WHY_WITHOUT,
} from './fixtures/browser.js';
import { comparisonHtml, GALLERY, galleryHtml, longRun, mapHtml } from './fixtures/gallery.js';
import { recordingOf } from './model/recording.js';
import { reportHtml } from './report.js';

const dir = mkdtempSync(join(tmpdir(), 'actors-move-'));
let browser: Browser;

beforeAll(async () => {
    if (!IS_WITHOUT_BROWSER) browser = await launchBrowser();
});
afterAll(async () => {
    await browser?.close();
    rmSync(dir, { recursive: true, force: true });
});

/** Writes a page and returns its address. */
function written(name: string, html: string): string {
    const file = join(dir, `${name}.html`);
    writeFileSync(file, html);
    return pathToFileURL(file).href;
}

/** Opens a page from disk, with no network. It complains of what it asked for beside itself, too. */
async function open(url: string, options: BrowserContextOptions = {}): Promise<NewPage> {
    const { page, complaints } = await newPage(browser, { offline: true, ...options });
    onTestFinished(async () => page.context().close());
    page.on('request', (request) => {
        if (request.url().split('#')[0] !== url.split('#')[0]) complaints.push(`asked for ${request.url()}`);
    });
    await page.goto(url);
    if (options.javaScriptEnabled !== false) await page.waitForSelector('.player, .map');
    return { page, complaints };
}

const scrubber = (page: Page) => page.locator('.scrubber input');
const moment = async (page: Page): Promise<string> => (await scrubber(page).getAttribute('aria-valuetext')) ?? '';
const index = async (page: Page): Promise<number> => Number(await scrubber(page).inputValue());

describe.skipIf(IS_WITHOUT_BROWSER)(`the page of a replay${WHY_WITHOUT}`, () => {
    it.each(LOOKS)(
        'leaves axe nothing to find in any state: %s',
        async (_, options) => {
            const { page, complaints } = await open(written('gallery', galleryHtml()), options);
            for (const [run, { label }] of GALLERY.entries()) {
                await page.evaluate((n) => (location.hash = `run=${n}`), run);
                await page
                    .locator(`.player[aria-label]`)
                    .and(page.locator(`[aria-label*=${JSON.stringify(label.slice(0, 12))}]`))
                    .waitFor();
                expect([label, await violationsOf(page)]).toEqual([label, []]);
                const overflow = await overflowOf(page);
                expect([label, overflow]).toEqual([label, 0]);
            }
            // As it is before scripts have run, and without them.
            await page.evaluate(() => document.getElementById('still')!.removeAttribute('hidden'));
            expect(['still', await violationsOf(page), await overflowOf(page)]).toEqual(['still', [], 0]);
            for (const [name, html] of [
                ['comparison', comparisonHtml()],
                ['map', mapHtml()],
            ] as const) {
                const other = await open(`${written(name, html)}${name === 'map' ? '#cell=1' : ''}`, options);
                await other.page.waitForSelector('.player');
                expect([name, await violationsOf(other.page), other.complaints]).toEqual([name, [], []]);
            }
            expect(complaints).toEqual([]);
        },
        300_000,
    );

    it('asks for nothing, logs nothing, and shows what an Actor printed or stored as text', async () => {
        const { page, complaints } = await open(`${written('hostile', galleryHtml())}#run=${GALLERY.length - 1}`);
        await page.locator('.player').waitFor();

        expect(await page.locator('img').count()).toBe(0);
        expect(await page.title()).toMatch(/^Gallery <\/script>/);
        expect(await page.locator('.entries').first().innerText()).toContain('<img src=x onerror');
        expect(await page.locator('body').innerText()).not.toMatch(/[\u202E\u0000\u001B]/);
        expect(complaints).toEqual([]);
    });

    it('can be read without scripts: what came of it, its picture, and the entries that matter', async () => {
        const { page } = await open(written('still', galleryHtml()), { javaScriptEnabled: false, colorScheme: 'dark' });
        const picture = page.locator('.still-picture svg');
        expect((await picture.boundingBox())!.height).toBeGreaterThan(100);
        expect(await picture.innerHTML()).toMatch(/>process 1<.*>saved<.*>owed, up to 3</s);
        const ink = picture.locator('text').first();
        expect(await ink.evaluate((element) => getComputedStyle(element).fill)).toBe('rgb(157, 167, 179)');
        const legend = page.getByRole('region', { name: 'Signs of the picture' });
        const again = legend.getByRole('listitem').filter({ hasText: 'fetched again' });
        expect(await again.locator('svg path').first().isVisible()).toBe(true);
        await page.emulateMedia({ media: 'print' });
        expect(await again.isVisible()).toBe(true);
        const text = await page.locator('main').innerText();

        expect(text).toContain('All states of the picture.');
        expect(text).toContain('process 1 killed (SIGKILL); 1 page handled, and nobody saves it any more');
        expect(text).toContain('Last save at 2.5 s; this page was finished after it: B000000002.');
    });

    it('opens at the moment that its address names, and its address follows the cursor', async () => {
        const { page } = await open(`${written('moment', galleryHtml())}#run=0&e=12`);
        expect(await index(page)).toBe(12);

        await scrubber(page).press('ArrowRight');
        await page.waitForURL(/#run=0&e=13$/);
        await page.getByRole('link', { name: '#14', exact: true }).first().click();
        await expect.poll(async () => index(page)).toBe(14);
    });

    it('is scrubbed with the pointer', async () => {
        const { page } = await open(`${written('pointer', galleryHtml())}#run=0`);
        const box = (await page.locator('canvas').boundingBox())!;
        await page.mouse.move(box.x + box.width - 2, box.y + 60);
        await page.mouse.down();
        await page.mouse.move(box.x + 2, box.y + 60, { steps: 5 });
        await page.mouse.up();

        expect(await index(page)).toBe(recordingOf(GALLERY[0]!.trace, '').first);
    });

    it('plays to the end, and begins anew from there', async () => {
        const { page } = await open(`${written('play', galleryHtml())}#run=0&e=12`);
        await page.getByRole('combobox').selectOption('8');
        await page.getByRole('button', { name: 'Play' }).click();
        await page.getByRole('button', { name: 'Pause' }).waitFor();
        await page.getByRole('button', { name: 'Play' }).waitFor();
        expect(await index(page)).toBe(recordingOf(GALLERY[0]!.trace, '').last);
    });

    it('goes from mark to mark while it plays for those who want no motion', async () => {
        const url = `${written('steps', galleryHtml())}#run=0&e=3`;
        const { page } = await open(url, { reducedMotion: 'reduce' });
        await page.getByRole('combobox').selectOption('8');
        await scrubber(page).press('Space');

        const { marks } = recordingOf(GALLERY[0]!.trace, '');
        const allowed = [3, ...marks.map((mark) => mark.index), recordingOf(GALLERY[0]!.trace, '').last];
        while (await page.getByRole('button', { name: 'Pause' }).isVisible())
            expect(allowed).toContain(await index(page));
    });

    it('shows two runs under one cursor, and opens at their first difference', async () => {
        const { page } = await open(written('two', comparisonHtml()));
        expect(await page.locator('canvas').count()).toBe(2);
        expect(await moment(page)).toContain('crash strikes');

        await scrubber(page).press('Home');
        await page.getByRole('button', { name: 'First difference' }).click();
        expect(await moment(page)).toContain('crash strikes');
    });

    it('opens the run of a state on the map at its strike', async () => {
        const { page } = await open(written('map-of-states', mapHtml()));
        expect(await page.locator('.player').count()).toBe(0);

        await page.getByRole('link', { name: 'call 2 before dataset_items_post: duplicated' }).click();
        await page.locator('.player').waitFor();
        expect(await index(page)).toBe(13);
        expect(await page.locator('.open-cell').innerText()).toContain('duplicated');
    });

    it('has no more than a hundred rows for 50,000 entries, wherever the cursor is', async () => {
        const { trace } = longRun(50_000);
        const report = {
            title: 'Long',
            verdict: { isWell: true, sentence: '', lines: [] },
            runs: [{ label: 'long', trace }],
        };
        const html = reportHtml(report);
        expect(html.length).toBeLessThan(6_000_000);
        // The still picture takes no more room than its pixels need.
        expect(html.indexOf('</svg>') - html.indexOf('<svg')).toBeLessThan(400_000);

        const { page } = await open(written('long', html));
        // The still picture gives way to the one that moves.
        expect(await page.locator('.still-picture').isVisible()).toBe(false);
        for (const key of ['Home', 'PageDown', 'End']) {
            await scrubber(page).press(key);
            expect(await page.locator('.player tbody tr').count()).toBeLessThanOrEqual(100);
        }
    });
});

describe.skipIf(IS_WITHOUT_BROWSER)(`a person with a keyboard alone${WHY_WITHOUT}`, () => {
    it('finds the moment since when step 3 owes something', async () => {
        const run = join(dir, 'run');
        const step = STEPS[3]!;
        const { trace, verdict } = await runTrial({
            actor: { name: 'step-3', command: commandOf(step), cwd: dir },
            plan: [{ fault: 'migrate', trigger: parseShopTrigger(step.strikeAt) }],
            dir: run,
            rebootEndsMigration: false,
            graceMillis: 5_000,
        });
        expect(verdict.tracker.status).toBe('under-counted');
        const html = reportHtml({
            title: 'Step 3',
            verdict: { isWell: false, sentence: '', lines: [] },
            runs: [{ label: 'step 3', trace }],
        });
        const { page, complaints } = await open(written('walk', html));

        const isOnScrubber = async (): Promise<boolean> =>
            page.evaluate(() => (document.activeElement as HTMLInputElement | null)?.type === 'range');
        for (let presses = 0; presses < 40 && !(await isOnScrubber()); presses++) await page.keyboard.press('Tab');
        expect(await isOnScrubber()).toBe(true);
        await page.keyboard.press('End');
        expect(await page.locator('.card.owed').innerText()).toMatch(/[1-9]\d* offers? that the saved object lacks/);
        // Back over all that was owed at the end, to where it was nothing; then on to the first that stays owed.
        let steps = 0;
        while (
            !(await page.locator('.card.owed').innerText()).includes('all that was handled is stored') &&
            steps++ < 100
        ) {
            await page.keyboard.press('[');
        }
        await page.keyboard.press(']');

        expect(await moment(page)).toMatch(/process 1: offers page B0\w{8} handled, after the save$/);
        const { balances } = recordingOf(trace, '');
        const nothing = balances.findLastIndex(({ value }) => value.offers === 0 && value.rows === 0);
        expect(await index(page)).toBe(balances[nothing + 1]!.index);
        expect(complaints).toEqual([]);
    });
});
