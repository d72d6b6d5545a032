import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';

import { LESSONS } from '../course/lessons.js';
import {
    faultsOf,
    IS_WITHOUT_BROWSER,
    launchBrowser,
    newPage,
    type NewPage,
    PATIENCE_MILLIS,
    WHY_WITHOUT,
} from '../replay/fixtures/browser.js';
import { exportSite } from './export-site.js';
import { learnersPlace } from './learners-place.js';
import { exercisePlace, filePlace, lessonPlace, PLACES } from './places.js';
import { type CourseServer, serveCourse } from './server/serve.js';

const root = mkdtempSync(join(tmpdir(), 'actors-move-'));
let browser: Browser;

beforeAll(async () => {
    if (!IS_WITHOUT_BROWSER) browser = await launchBrowser();
});
afterAll(async () => {
    await browser?.close();
    rmSync(root, { recursive: true, force: true });
});

/** A page, and what it has complained of: an address that is not its server's, an error, a breach of its policy. */
async function open(url: string, options: BrowserContextOptions = {}): Promise<NewPage> {
    const { page, complaints } = await newPage(browser, { reducedMotion: 'reduce', ...options });
    onTestFinished(async () => page.context().close());
    page.on('request', (request) => {
        if (new URL(request.url()).origin !== new URL(url).origin) complaints.push(`asked for ${request.url()}`);
    });
    page.on('response', (response) => {
        if (response.status() >= 400) complaints.push(`${response.status()} ${response.url()}`);
    });
    await page.goto(url);
    return { page, complaints };
}

/** Has each figure of a page drawn, as scrolling past it does. */
async function drawFigures(page: Page): Promise<void> {
    for (const figure of await page.locator('[data-figure]').all()) {
        await figure.scrollIntoViewIfNeeded();
        await figure.locator('.player').waitFor();
    }
}

describe.skipIf(IS_WITHOUT_BROWSER)(`the course on this machine${WHY_WITHOUT}`, () => {
    let server: CourseServer;
    const home = join(root, 'home');

    beforeAll(async () => {
        vi.stubEnv('ACTORS_MOVE_HOME', home);
        server = await serveCourse({ port: 0, warn: () => {} });
    });
    afterAll(async () => {
        await server.close();
        vi.unstubAllEnvs();
    });

    it('leads a newcomer from the start to a run that they strike themselves', async () => {
        const { page, complaints } = await open(server.url);
        await page.getByRole('link', { name: /^Read lesson 1/ }).click();
        await drawFigures(page);
        const told = page.locator('.moment-text').first();
        const before = await told.textContent();
        await page.locator('.scrubber input').first().press('End');
        expect(await told.textContent()).not.toBe(before);
        await page.getByRole('button', { name: 'undisturbed' }).click();
        await page.getByRole('region', { name: 'Replay of undisturbed' }).waitFor();
        await page.getByRole('button', { name: /^Read: on to the next/ }).click();
        await page.waitForURL(/lessons\/2\/$/);
        expect(
            learnersPlace(() => {})
                .lessons.map(({ isRead }) => isRead)
                .indexOf(true),
        ).toBe(0);

        await page.getByRole('link', { name: 'Lab', exact: true }).click();
        await page.locator('[name=subject]').selectOption('0');
        await page.locator('[name=fault]').selectOption('none');
        await page.getByText('When, and how').click();
        await page.locator('[name=products]').fill('4');
        await page.locator('[name=latency]').fill('2500');
        await page.getByRole('button', { name: 'Run it', exact: true }).click();
        // Another run was shown before.
        const live = page.getByRole('region', { name: 'Replay of Step 0 (counts in memory), undisturbed' });
        await live
            .getByText(/asked for/)
            .first()
            .waitFor();
        await page.locator('.live select').selectOption('crash');
        await page.getByRole('button', { name: 'Strike now' }).click();
        await page.locator('.lab > .verdict').waitFor();
        await page.locator('.player[aria-label*="then by hand: crash"]').waitFor();

        const link = page.url();
        await page.locator('.scrubber input').press('Shift+ArrowLeft');
        await page.getByRole('button', { name: /^Crash it here/ }).click();
        const forked = page.getByRole('region', { name: /^Replay of Step 0 \(counts in memory\), crashed at entry/ });
        await forked.waitFor();
        await page.waitForURL((url) => url.href !== link && url.hash.startsWith('#run='));
        await page.locator('.lab > .verdict').waitFor();
        // The cursor is at the end, which is read once more when the run is over.
        await forked.locator('.scrubber input[aria-valuetext*="run SUCCEEDED"]').waitFor();
        await page.locator('.run-list select').nth(1).selectOption('0-fault-migrate');
        await page.getByRole('button', { name: 'First difference' }).waitFor();
        expect(await faultsOf(page)).toEqual([]);

        const at = await page.locator('.scrubber input').first().getAttribute('aria-valuetext');
        await page.goto('about:blank');
        await page.goBack();
        await forked.waitFor();
        expect(await page.locator('.scrubber input').first().getAttribute('aria-valuetext')).toBe(at);
        expect(complaints).toEqual([]);
    });

    it('keeps the address of what was opened right after the cursor moved', async () => {
        const { page } = await open(server.url);
        await page.goto(`${new URL(server.url).origin}/lab/#run=0-fault-crash`);
        await page.locator('.player').waitFor();
        const hash = await page.evaluate(async () => {
            const scrubber = document.querySelector('.scrubber input')!;
            scrubber.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowLeft', bubbles: true }));
            const beside = document.querySelectorAll<HTMLSelectElement>('.run-list select')[1]!;
            beside.value = '0-fault-migrate';
            beside.dispatchEvent(new Event('change', { bubbles: true }));
            // In a page, what was to be done earlier is done by then.
            await new Promise((resolve) => setTimeout(resolve, 500));
            return location.hash;
        });
        expect(new URLSearchParams(hash.slice(1)).get('beside')).toBe('0-fault-migrate');
    });

    it('leads from a figure to the lab, where its run can be run anew, or with something changed', async () => {
        const { page, complaints } = await open(server.url);
        await page.goto(`${new URL(server.url).origin}/lessons/3/`);
        const figure = page.locator('#figure-one-round');
        await figure.scrollIntoViewIfNeeded();
        // By its key: while figures above it are still being drawn, the link moves away from under the pointer.
        await figure.locator('.player').waitFor();
        await figure.getByRole('link', { name: 'Run it anew in the lab' }).press('Enter');
        await page.getByRole('button', { name: 'Run it anew on this machine' }).waitFor();

        expect(await page.locator('[name=subject]').inputValue()).toBe('4');
        expect(await page.locator('[name=fault]').inputValue()).toBe('migrate');
        expect(await page.getByLabel('gracefulShutdown: false').isChecked()).toBe(true);
        expect(await page.getByLabel('ignores the SDK’s reboot').isChecked()).toBe(false);
        expect(await faultsOf(page)).toEqual([]);
        expect(complaints).toEqual([]);
    });

    it('keeps one run at a time, which a button ends', async () => {
        const { page } = await open(server.url);
        await page.goto(`${new URL(server.url).origin}/lab/`);
        await page.getByRole('button', { name: 'Run it', exact: true }).click();
        await page.locator('.live').waitFor();
        await page.getByRole('button', { name: 'Run it', exact: true }).click();
        await page
            .getByRole('alert')
            .getByText(/^One at a time/)
            .waitFor();
        await page.getByRole('button', { name: 'End it' }).click();
        await page.locator('.live').waitFor({ state: 'detached' });
        expect(await page.getByRole('button', { name: 'Run it', exact: true }).isEnabled()).toBe(true);
    });

    it('has nothing for axe to find while a run goes on', async () => {
        const { page } = await open(server.url, { viewport: { width: 320, height: 700 } });
        await page.goto(`${new URL(server.url).origin}/lab/`);
        await page.getByRole('button', { name: 'Run it', exact: true }).click();
        await page.locator('.live').waitFor();
        await page.locator('.player').waitFor();
        expect(await faultsOf(page)).toEqual([]);
        await page.getByRole('button', { name: 'End it' }).click();
        await page.locator('.live').waitFor({ state: 'detached' });
        expect(await faultsOf(page)).toEqual([]);
    });
});

describe.skipIf(IS_WITHOUT_BROWSER)(`the static site below a path${WHY_WITHOUT}`, () => {
    const dir = join(root, 'site');
    const base = '/some/path/';
    let server: Server;
    let origin: string;

    beforeAll(async () => {
        exportSite(dir);
        server = createServer((request, response) => {
            const path = decodeURIComponent(request.url!.split('?')[0]!);
            const file = path.startsWith(base)
                ? path.slice(base.length) + (path.endsWith('/') ? 'index.html' : '')
                : '';
            const type = TYPES[file.slice(file.lastIndexOf('.') + 1)];
            try {
                response.setHeader('Content-Type', type!).end(readFileSync(join(dir, file)));
            } catch {
                response.writeHead(404).end();
            }
        });
        await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
        origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}${base}`;
    });
    afterAll(() => server.close());

    /** Each page that is made in a way of its own; those of the quiz have a test of theirs. */
    const PAGES = [
        PLACES.home,
        PLACES.lessons,
        ...LESSONS.map(lessonPlace),
        PLACES.glossary,
        PLACES.changes,
        filePlace('README.md'),
        filePlace('solutions/5-exactly-once/asin-tracker.ts'),
        PLACES.exercises,
        exercisePlace(3),
        exercisePlace('tracker'),
        PLACES.lab,
        PLACES.proof,
    ];

    it.each([
        ['light', 1_280],
        ['dark', 320],
    ] as const)('has nothing for axe to find, in %s colours and %i pixels wide', async (colorScheme, width) => {
        const found: string[] = [];
        // One after the other in the same page: a new one takes as much of a machine as all that is looked at in it.
        const { page, complaints } = await open(origin, { colorScheme, viewport: { width, height: 800 } });
        for (const place of PAGES) {
            await page.goto(origin + place);
            await drawFigures(page);
            for (const fault of [...complaints.splice(0), ...(await faultsOf(page))]) found.push(`${place}: ${fault}`);
        }
        expect(found).toEqual([]);
    });

    it('leads on to what is next of what can be done there', async () => {
        const { page } = await open(`${origin}lessons/1/`);
        await page.getByRole('button', { name: /^Read: on to the next/ }).click();
        await page.waitForURL(`${origin}lessons/2/`);
        await page.getByRole('button', { name: /^Read: on to the next/ }).click();
        await page.waitForURL(`${origin}lessons/3/`);
        await page.goto(origin);
        await page.getByRole('link', { name: 'Answer question 2 of the quiz' }).click();
        await page.waitForURL(`${origin}quiz/2/`);
        expect(await page.locator('h1').innerText()).toBe('Question 2: Graceful abort and resurrection');
    });

    it('opens a cell of the recorded proofs at its crash', async () => {
        const { page, complaints } = await open(`${origin}proof/`);
        await page
            .getByRole('region', { name: /^Step 4/ })
            .locator('a.cell.wrong')
            .last()
            .click();
        await page.locator('.player').waitFor();
        expect(await page.locator('.scrubber input').getAttribute('aria-valuetext')).toMatch(/goes on from a copy/);
        expect(await page.locator('.open-cell').innerText()).toContain('lost');
        await page.reload();
        await page.locator('.player').waitFor();
        expect(await faultsOf(page)).toEqual([]);
        expect(complaints).toEqual([]);
    });

    it.each([
        ['table', 'Table: Event, When, Payload'],
        ['piece of code', 'js'],
    ])('shows at its edges where there is more of a wide %s, which the keyboard scrolls', async (_what, name) => {
        const { page } = await open(`${origin}lessons/3/`, { viewport: { width: 320, height: 800 } });
        const wide = page.getByRole('group', { name }).first();
        const box = await wide.evaluate((element) => {
            const { backgroundImage, backgroundAttachment } = getComputedStyle(element);
            return { backgroundImage, backgroundAttachment, hidden: element.scrollWidth - element.clientWidth };
        });
        expect(box.hidden).toBeGreaterThan(0);
        // Shades at both edges, and what moves along and covers them at either end.
        expect(box.backgroundAttachment).toBe('local, local, scroll, scroll');
        expect(box.backgroundImage.match(/linear-gradient/g)).toHaveLength(4);
        await wide.press('ArrowRight');
        await expect
            .poll(() => wide.evaluate(({ scrollLeft }) => scrollLeft), { timeout: PATIENCE_MILLIS })
            .toBeGreaterThan(0);
    });

    it('keeps in the browser which lessons were read', async () => {
        const { page } = await open(`${origin}lessons/9/`);
        await page.getByRole('button', { name: /^Read: back to the way/ }).click();
        await page.waitForURL(origin);
        expect(await page.locator('[data-progress="lesson-09-in-your-own-actor.md"]').textContent()).toBe('✔ read');
    });

    it('can be read without scripts', async () => {
        const { page } = await open(`${origin}lessons/3/`, { javaScriptEnabled: false });
        await page.getByText('in words').first().click();
        expect(await page.locator('.told').first().innerText()).toMatch(/event 'migrating' sent/);
        await page.getByRole('button', { name: 'Footnote 1', exact: true }).click();
        expect(await page.locator('#note-1').isVisible()).toBe(true);
    });
});

const TYPES: Readonly<Record<string, string>> = {
    html: 'text/html; charset=utf-8',
    js: 'text/javascript',
    css: 'text/css',
    svg: 'image/svg+xml',
    gz: 'application/gzip',
};
