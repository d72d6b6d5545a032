import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';

import { readQuestions } from '../quiz/read-questions.js';
import type { QuizRecord } from '../quiz/record.js';
import type { ProbeOf } from '../quiz/question.js';
import {
    faultsInEachLook,
    IS_WITHOUT_BROWSER,
    launchBrowser,
    newPage,
    type NewPage,
    WHY_WITHOUT,
} from '../replay/fixtures/browser.js';
import { quizPages } from './quiz-pages.js';
import { assets } from './server/assets.js';
import { serveCourse } from './server/serve.js';

let browser: Browser;
const questions = readQuestions();
const QUESTION = questions.find(({ number }) => number === 2)!;

beforeAll(async () => {
    if (!IS_WITHOUT_BROWSER) browser = await launchBrowser();
});
afterAll(async () => browser?.close());

/** The course on a learner's folder of its own. */
async function serve(): Promise<{ url: string; record: () => QuizRecord }> {
    const dir = mkdtempSync(join(tmpdir(), 'actors-move-'));
    process.env.ACTORS_MOVE_HOME = dir;
    const server = await serveCourse({ port: 0, warn: () => {} });
    onTestFinished(async () => {
        await server.close();
        delete process.env.ACTORS_MOVE_HOME;
        rmSync(dir, { recursive: true, force: true });
    });
    const record = () => JSON.parse(readFileSync(join(dir, 'quiz.json'), 'utf8')) as QuizRecord;
    return { url: server.url, record };
}

async function open(url: string, options: BrowserContextOptions = {}): Promise<NewPage> {
    const { page, complaints } = await newPage(browser, options);
    onTestFinished(async () => page.context().close());
    await page.goto(url);
    return { page, complaints };
}

/** Presses Tab until an element has the focus. */
async function tabTo(page: Page, selector: string): Promise<void> {
    for (let presses = 0; presses < 60; presses++) {
        if (await page.evaluate((wanted) => document.activeElement?.matches(wanted) ?? false, selector)) return;
        await page.keyboard.press('Tab');
    }
    throw new Error(`Tab never reaches ${selector}.`);
}

/** Presses a key that sends a form or follows a link, and waits for the page that it leads to. */
async function pressTo(page: Page, key: string): Promise<void> {
    await Promise.all([page.waitForEvent('domcontentloaded'), page.keyboard.press(key)]);
    await page.waitForLoadState();
}

const SUBMIT = '.quiz-form button[type=submit]';
const GO_ON = '.quiz .actions a.button';

const KINDS = {
    recall: 'textarea',
    order: '.order',
    match: '.match',
    number: '.quiz-form input[type=text]',
    run: 'button[value=skip]',
    single: '.choice input[type=radio]',
    multiple: '.choice input[type=checkbox]',
} as const;

type Kind = keyof typeof KINDS;

/** What a page asks for. */
async function kindOf(page: Page): Promise<Kind> {
    for (const [kind, selector] of Object.entries(KINDS)) {
        if ((await page.locator(selector).count()) > 0) return kind as Kind;
    }
    throw new Error('The page asks for nothing.');
}

/** Answers what a page asks, by keyboard alone. */
async function answerByKeys(page: Page, kind: Kind): Promise<void> {
    switch (kind) {
        case 'recall':
        case 'number':
            await tabTo(page, KINDS[kind]);
            await page.keyboard.type('30');
            break;
        case 'order':
            await tabTo(page, '.order .grip');
            await page.keyboard.press('Space');
            await page.keyboard.press('End');
            await page.keyboard.press('Space');
            break;
        case 'match': {
            const items = await page.locator('.match li').count();
            for (let open = items; open > 0; open--) {
                await tabTo(page, '.match > ul .grip');
                await page.keyboard.press('Space');
                await page.keyboard.press('ArrowDown');
                await page.keyboard.press('Space');
            }
            break;
        }
        case 'single':
        case 'multiple':
            await tabTo(page, KINDS[kind]);
            await page.keyboard.press('Space');
            break;
        case 'run':
            break;
    }
    await tabTo(page, kind === 'run' ? 'button[value=recorded]' : SUBMIT);
    await pressTo(page, 'Enter');
}

describe.skipIf(IS_WITHOUT_BROWSER)(`the quiz in a browser${WHY_WITHOUT}`, () => {
    it('can be answered by keyboard alone, explains, and leaves axe nothing to find on any page', async () => {
        const { url, record } = await serve();
        const { page, complaints } = await open(url);
        await page.goto(`${new URL(url).origin}/quiz/2/`);
        const seen = new Set<string>();
        const found: string[] = [];
        while ((await page.locator('.quiz-form').count()) > 0) {
            const kind = await kindOf(page);
            if (!seen.has(kind)) found.push(...(await faultsInEachLook(page)));
            await answerByKeys(page, kind);
            if (kind === 'run') await page.locator('.player').waitFor();
            const isTold = (await page.locator('.judged').count()) > 0;
            if (isTold && !seen.has(kind)) found.push(...(await faultsInEachLook(page)));
            seen.add(kind);
            if (isTold || page.url().includes('after=')) {
                await tabTo(page, GO_ON);
                await pressTo(page, 'Enter');
            }
        }

        expect(found).toEqual([]);
        expect([...seen].toSorted()).toEqual(['match', 'multiple', 'number', 'order', 'recall', 'run', 'single']);
        expect(await page.locator('.quiz').innerText()).toContain('Question 2, done');
        expect(record().results[2]).toBeDefined();
        expect(await faultsInEachLook(page)).toEqual([]);
        await page.goto(`${new URL(url).origin}/quiz/`);
        expect(await faultsInEachLook(page)).toEqual([]);
        expect(complaints).toEqual([]);
    });

    it('puts an order right by keys, by buttons and by drag, and tells each move', async () => {
        const { url } = await serve();
        const { page } = await open(url);
        await toOrder(page, url);
        const probe = QUESTION.probes.find((one): one is ProbeOf<'order'> => one.kind === 'order')!;
        const texts = async (): Promise<string[]> => page.locator('.order .text').allInnerTexts();
        const before = await texts();

        await tabTo(page, '.order .grip');
        await page.keyboard.press('Space');
        await page.keyboard.press('ArrowDown');
        await page.keyboard.press('ArrowDown');
        expect(await page.locator('.order [aria-live]').innerText()).toMatch(/: now number 3 of 7\.$/);
        await page.keyboard.press('Space');
        expect(await texts()).toEqual([before[1], before[2], before[0], ...before.slice(3)]);

        await page
            .getByRole('button', { name: /^Move up/ })
            .nth(2)
            .click();
        await page
            .getByRole('button', { name: /^Move up/ })
            .nth(1)
            .click();
        expect(await texts()).toEqual(before);

        const [first, third] = await Promise.all(
            [0, 2].map(async (at) => page.locator('.order .grip').nth(at).boundingBox()),
        );
        await page.mouse.move(first!.x + 10, first!.y + 10);
        await page.mouse.down();
        await page.mouse.move(first!.x + 10, third!.y + third!.height, { steps: 12 });
        await page.mouse.up();
        expect(await texts()).toEqual([before[1], before[2], before[0], ...before.slice(3)]);

        await page.reload();
        await page.locator('.order').waitFor();
        expect(await texts()).toEqual([before[1], before[2], before[0], ...before.slice(3)]);

        // Put right, it is right.
        for (const [at, { text }] of probe.items.entries()) {
            const name = text.replaceAll('`', '');
            const grip = page.getByRole('button', { name, exact: false }).and(page.locator('.grip'));
            await grip.focus();
            await page.keyboard.press('Space');
            await page.keyboard.press('Home');
            for (let moves = 0; moves < at; moves++) await page.keyboard.press('ArrowDown');
            await page.keyboard.press('Space');
        }
        await page.locator(SUBMIT).click();
        await page.locator('.judged.right').waitFor();
    });

    it('sorts a match by keys, by buttons and by drag, tells each move, and keeps it when loaded again', async () => {
        const { url } = await serve();
        const { page } = await open(url);
        await toAsk(page, url, ': match');
        await page.locator('.board').waitFor();
        const probe = QUESTION.probes.find((one): one is ProbeOf<'match'> => one.kind === 'match')!;
        const nameOf = (at: number): string => probe.items[at]!.text.replaceAll('`', '');
        const grip = (at: number) => page.getByRole('button', { name: `Move ${nameOf(at)}`, exact: true });
        const group = (name: string) => page.getByRole('region', { name, exact: true });
        const inGroup = async (name: string): Promise<string[]> => group(name).locator('legend').allInnerTexts();
        const said = page.locator('.board [aria-live]');

        // Not all of them have a group: it is not sent.
        await page.locator(SUBMIT).click();
        expect(await page.locator('.board > ul input:invalid').count()).toBeGreaterThan(0);

        await grip(0).focus();
        await page.keyboard.press('Space');
        expect(await said.innerText()).toMatch(/: grabbed, in no group\./);
        await page.keyboard.press('ArrowDown');
        await page.keyboard.press('ArrowDown');
        const second = (await page.locator('.board h3').nth(1).innerText()).trim();
        expect(await said.innerText()).toBe(`${nameOf(0)}: now in group ${second}.`);
        await page.keyboard.press('Escape');
        expect(await inGroup(second)).toEqual([nameOf(0)]);
        expect(await grip(0).evaluate((element) => element === document.activeElement)).toBe(true);

        const card = page.locator('.board li', { has: grip(1) });
        await card.getByRole('radio', { name: 'is lost' }).check();
        expect(await inGroup('is lost')).toContain(nameOf(1));
        await page.keyboard.press('ArrowLeft');
        expect(await inGroup('is lost')).not.toContain(nameOf(1));

        const drop = async (at: number, name: string): Promise<void> => {
            await group(name).scrollIntoViewIfNeeded();
            const from = await grip(at).boundingBox();
            await page.mouse.move(from!.x + 10, from!.y + 10);
            await page.mouse.down();
            const to = await group(name).boundingBox();
            await page.mouse.move(to!.x + 40, to!.y + 20, { steps: 12 });
            await page.mouse.up();
        };
        await page.setViewportSize({ width: 1280, height: 1600 });
        for (const [at, { group: right }] of probe.items.entries()) {
            await drop(at, right);
            expect(await inGroup(right)).toContain(nameOf(at));
        }
        await page.reload();
        await page.locator('.board').waitFor();
        expect(await page.locator('.board > ul').count()).toBe(0);
        await page.locator(SUBMIT).click();
        await page.locator('.judged.right').waitFor();
    });

    it('loses nothing by Back, by a reload and by a second tab', async () => {
        const { url, record } = await serve();
        const { page } = await open(url);
        const place = `${new URL(url).origin}/quiz/2/`;
        await page.goto(place);
        await page.locator(SUBMIT).click();
        const other = await page.context().newPage();
        await other.goto(place);
        await page.locator('.quiz-form input[type=checkbox]').first().check();
        await page.locator(SUBMIT).click();
        await page.waitForURL(/after=\.key-points/);

        await other.locator(SUBMIT).click();
        expect(await other.locator('h1').innerText()).toBe('Answered elsewhere');
        await other.getByRole('link', { name: 'Go on where it is now' }).click();
        await other.getByText('Probe 1 of 10').waitFor();

        await page.reload();
        expect(await page.locator('.quiz').innerText()).toContain('What a good answer has in it');
        await page.goBack();
        await page.getByText('Probe 1 of 10').waitFor();
        expect(record().courses[0]!.keyPoints).toHaveLength(1);
    });

    it('asks without scripts, piece by piece, and says how far a trial is', async () => {
        const { url, record } = await serve();
        const { page } = await open(url, { javaScriptEnabled: false, viewport: { width: 320, height: 700 } });
        await toOrder(page, url);
        for (let piece = 0; piece < 6; piece++) {
            await page.locator('.choice input').first().check();
            await page.locator(SUBMIT).first().click();
        }
        expect(await page.locator('.quiz').innerText()).toMatch(/Right\.|Not right\.|Partly right/);
        await page.locator(GO_ON).click();

        await page.locator('.choice input').first().check();
        await page.locator(SUBMIT).click();
        await page.locator('button[value=run]').click();
        while ((await page.locator('.look').count()) > 0) await page.locator('.look').click();
        expect(await page.locator('.quiz').innerText()).toContain('What the trial showed: under-counted');
        expect(record().courses[0]!.answers['predict-step-3-abort']).toMatchObject({ shown: 'under-counted' });
    });

    it('runs a trial that was predicted, follows it, shows its run, and says how near the moment is', async () => {
        const { url, record } = await serve();
        const { page, complaints } = await open(url);
        await toOrder(page, url);
        await page.locator(SUBMIT).click();
        await page.locator(GO_ON).click();
        await page.locator('.choice input').first().check();
        await page.locator(SUBMIT).click();
        await page.locator('button[value=run]').click();
        await page.getByText(/\d+ of \d+ pages/).waitFor();
        await page.locator('.judged').waitFor();

        expect(record().courses[0]!.answers['predict-step-3-abort']).toMatchObject({ shown: 'under-counted' });
        await page.locator('.player').waitFor();
        await page.locator('.scrubber input').press('Home');
        await page.getByRole('button', { name: 'It goes wrong here' }).click();
        expect(await page.locator('.pointed').innerText()).toMatch(/still right here: \d+ entries too early/);
        await page.getByRole('button', { name: /^Show #/ }).click();
        await page.getByRole('button', { name: 'It goes wrong here' }).click();
        expect(await page.locator('.pointed').innerText()).toContain('Yes, here.');
        expect(await faultsInEachLook(page)).toEqual([]);
        expect(complaints).toEqual([]);
    });

    it('is played by a static site, too, and kept there', async () => {
        const { page, complaints } = await open(`${await serveStatic()}quiz/2/`);
        const has = async (selector: string): Promise<boolean> => (await page.locator(selector).count()) > 0;
        await page.locator('.quiz-form').waitFor();
        const looked = new Set<string>();
        const found: string[] = [];
        const reloads: [before: string, after: string][] = [];
        while (await has('.quiz-form')) {
            const isRun = await has('button[value=recorded]');
            if (await has('button[value=run]')) found.push('offers a run');
            await chooseGroups(page);
            if (!(await has('.match'))) {
                if (await has('.choice input')) await page.locator('.choice input').first().check();
                if (await has('.quiz-form input[type=text]'))
                    await page.locator('.quiz-form input[type=text]').fill('30');
            }
            const asked = await page.locator('input[name=version]').inputValue();
            await (isRun ? page.locator('button[value=recorded]') : page.locator(SUBMIT)).click();
            await page.locator(`input[name=version][value="${asked}"]`).waitFor({ state: 'detached' });
            if (isRun) await page.locator('.player').waitFor();
            const told = (await page.locator('h2').first().innerText()).replace(/.*:/, '');
            if (!looked.has(told)) found.push(...(await faultsInEachLook(page)));
            looked.add(told);
            if (page.url().includes('after=')) {
                const text = await page.locator('.quiz').innerText();
                await page.reload();
                await page.locator(GO_ON).waitFor();
                if (!isRun) reloads.push([text, await page.locator('.quiz').innerText()]);
                await page.locator(GO_ON).click();
                await page.locator(`.quiz-form, .sources`).first().waitFor();
            }
        }
        expect(found).toEqual([]);
        expect(reloads.map(([, after]) => after)).toEqual(reloads.map(([before]) => before));
        expect(await page.locator('.quiz').innerText()).toContain('Question 2, done');
        await page.getByRole('link', { name: 'All questions' }).click();
        await page.getByText('1 of 5 questions done').waitFor();
        expect(complaints).toEqual([]);
    });
});

/** Answers the question up to its order. */
async function toOrder(page: Page, url: string): Promise<void> {
    return toAsk(page, url, ': put in order');
}

/** Answers the question up to what it asks under a title. */
async function toAsk(page: Page, url: string, title: string): Promise<void> {
    await page.goto(url);
    await page.goto(`${new URL(url).origin}/quiz/2/`);
    for (let answers = 0; answers < 20; answers++) {
        const text = await page.locator('.quiz').innerText();
        if (text.includes(title) && !page.url().includes('after=')) return;
        if (page.url().includes('after=')) await page.locator(GO_ON).click();
        else {
            await chooseGroups(page);
            const isMatch = (await page.locator('.match').count()) > 0;
            const field = page.locator('.quiz-form input[type=text]');
            if (!isMatch && (await page.locator('.choice input').count()) > 0)
                await page.locator('.choice input').first().check();
            if ((await field.count()) > 0) await field.fill('30');
            await page.locator(SUBMIT).first().click();
        }
        await page.waitForLoadState();
    }
    throw new Error(`The question asks nothing under '${title}'.`);
}

/** Chooses a group for each item of a match. */
async function chooseGroups(page: Page): Promise<void> {
    const open = page.locator('.match fieldset:not(:has(:checked))');
    while ((await open.count()) > 0) await open.first().locator('input').first().click();
}

/** Serves the static pages of the quiz, and what they load, below a path. Returns the site's address. */
async function serveStatic(): Promise<string> {
    const base = '/some/where/';
    const pages = new Map(
        [...quizPages()].map(([place, make]) => [place, make({ place, isLive: false }, undefined as never)]),
    );
    const files = assets();
    const server = createServer((request, response) => {
        const place = new URL(request.url!, 'http://localhost').pathname.replace(base, '');
        const file = files.get(place);
        const page = pages.get(place);
        if (file) response.setHeader('Content-Type', file.type).end(readFileSync(file.path));
        else if (page !== undefined) response.setHeader('Content-Type', 'text/html; charset=utf-8').end(page);
        else response.writeHead(404).end();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    onTestFinished(async () => {
        server.closeAllConnections();
        await new Promise((resolve) => server.close(resolve));
    });
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}${base}`;
}
