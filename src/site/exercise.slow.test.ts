import { type ChildProcess, spawnSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';

import { isAlive } from '../base/is-alive.js';
import { compiled, projectRoot } from '../base/paths.js';
import { exitCodeOf } from '../base/terminal/command.js';
import { exerciseFolder, SMALL_EXERCISES } from '../exercise/small/exercises.js';
import { listProcesses } from '../platform/run/process-table.js';
import {
    faultsInEachLook,
    IS_WITHOUT_BROWSER,
    launchBrowser,
    newPage,
    PATIENCE_MILLIS,
    WHY_WITHOUT,
} from '../replay/fixtures/browser.js';
import { endCourse, startCourse } from './fixtures/course-process.js';

const [FIRST] = SMALL_EXERCISES;
/** A choice of the first question's first probe. */
const WRONG = 'The platform has to move the run to another server.';

let folder: string;
let server: ChildProcess;
let browser: Browser;
let page: Page;
let origin: string;
let complaints: string[];

beforeAll(async () => {
    if (!IS_WITHOUT_BROWSER) browser = await launchBrowser();
});
afterAll(async () => browser?.close());

beforeEach(async () => {
    if (IS_WITHOUT_BROWSER) return;
    folder = mkdtempSync(join(tmpdir(), 'actors-move-'));
    const course = await startCourse({
        cwd: folder,
        env: { ACTORS_MOVE_HOME: join(folder, 'home'), TMPDIR: folder, TEMP: folder },
    });
    server = course.child;
    origin = new URL(course.url).origin;
    ({ page, complaints } = await newPage(browser, { viewport: { width: 1280, height: 900 } }));
    await page.goto(course.url);
});

afterEach(async () => {
    if (IS_WITHOUT_BROWSER) return;
    await Promise.all(browser.contexts().map(async (context) => context.close()));
    await endCourse(server, 'SIGKILL');
    rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
});

/** Processes that the course has started, where the system tells. */
function started(): number[] {
    return (listProcesses() ?? []).filter(({ parent }) => parent === server.pid).map(({ pid }) => pid);
}

/** What a command says on the same progress. */
function told(script: string, ...args: string[]): string {
    const env = { ...process.env, ACTORS_MOVE_HOME: join(folder, 'home') };
    return spawnSync(process.execPath, [compiled(script), ...args], { cwd: folder, env, encoding: 'utf8' }).stdout;
}

const button = (name: string) => page.getByRole('button', { name, exact: true });
const status = (text: RegExp) => page.getByRole('status').filter({ hasText: text });

describe.skipIf(IS_WITHOUT_BROWSER)(`the course of a learner in a browser${WHY_WITHOUT}`, () => {
    it('leads a newcomer from the first lesson to a proof, and the terminal shows the same progress', async () => {
        await page.getByRole('link', { name: /^Read lesson 1/ }).click();
        await page.locator('[data-figure]').first().scrollIntoViewIfNeeded();
        await page.locator('.scrubber input').first().press('End');
        await button('Read: on to the next lesson').click();
        await page.waitForURL(/lessons\/2\/$/);

        await page.goto(`${origin}/exercises/1/`);
        await button('Start it').click();
        await status(/Not passed/).waitFor();
        copyFileSync(join(exerciseFolder(FIRST!), 'solution.js'), join(folder, 'workspace', FIRST!.folder, 'main.js'));
        await status(/✔ Passed\. /).waitFor();

        await page.goto(`${origin}/quiz/1/`);
        const submit = page.locator('.quiz-form button[type=submit]');
        await submit.click();
        await page.locator('.quiz-form input[type=checkbox]').first().check();
        await submit.click();
        await page.waitForURL(/after=\.key-points/);
        await page.locator('.quiz .actions a.button').click();
        await page.getByText('Probe 1 of 10').waitFor();
        await page.locator('.choice', { hasText: WRONG }).locator('input').check();
        await submit.click();
        await page.getByText('Not right.').first().waitFor();

        await page.goto(`${origin}/lab/`);
        await page.locator('[name=subject]').selectOption('0');
        await page.locator('[name=fault]').selectOption('crash');
        await page.getByText('When, and how').click();
        await page.locator('[name=products]').fill('2');
        await button('Run it').click();
        await page.locator('.lab > .verdict').waitFor();

        await page.getByRole('link', { name: 'Proof', exact: true }).click();
        await page.locator('a.cell.wrong').first().click();
        await page.locator('.player').waitFor();
        expect(complaints).toEqual([]);

        expect(told('src/cli/exercise.js', '--list')).toMatch(/✔ 1 +Listen after init/);
        expect(told('bundle/quiz.cjs', '--list')).toContain('Restart on error (under way, 1 of 10 probes)');
        expect(told('src/cli/lesson.js', '--list')).toContain('✔ 1. Actors move');
    });

    it('tries an exercise at each save, opens what is wrong, and keeps what is passed where the terminal does', async () => {
        await page.goto(`${origin}/exercises/1/`);
        expect(await faultsInEachLook(page)).toEqual([]);
        await button('Start it').click();
        await status(/Not passed/).waitFor();

        expect(await page.locator('.failure').innerText()).toContain('A listener that is added before Actor.init()');
        await page.locator('.player').waitFor();
        expect(await page.locator('.scrubber input').getAttribute('aria-valuetext')).toMatch(/migrate strikes/);
        expect(await page.locator('.run-name').allInnerTexts()).toEqual([
            expect.stringMatching(/^migrated with page 4 on its way/),
            'undisturbed',
        ]);
        expect(await page.getByRole('region', { name: 'The run that shows it' }).innerText()).toMatch(
            /It is struck at #\d+\. Beside it is your Actor undisturbed\./,
        );
        await button('Hint').click();
        await page.getByRole('heading', { name: 'Hint 1 of 3' }).waitFor();
        expect(await faultsInEachLook(page)).toEqual([]);

        const copy = join(folder, 'workspace', FIRST!.folder);
        expect(readdirSync(copy).sort()).toEqual(['README.md', 'main.js']);
        copyFileSync(join(exerciseFolder(FIRST!), 'solution.js'), join(copy, 'main.js'));
        await status(/✔ Passed\. /).waitFor();
        await page.getByText('Your files are the same.').waitFor();
        expect(await faultsInEachLook(page)).toEqual([]);

        const kept = JSON.parse(readFileSync(join(folder, 'home', 'exercises.json'), 'utf8')) as { passed: string[] };
        expect(kept.passed).toEqual([FIRST!.folder]);
        await page.getByRole('link', { name: /^Next: exercise 2/ }).click();
        await button('Start it').waitFor();
        await page.goto(`${origin}/exercises/`);
        expect(await page.getByText('✔ passed').count()).toBe(1);
        expect(await faultsInEachLook(page)).toEqual([]);
        expect(complaints).toEqual([]);
    });

    it('shows the tracker stage by stage, and the run that shows what is wrong after the page is loaded again', async () => {
        await page.goto(`${origin}/exercises/tracker/`);
        await button('Start it').click();
        await page.locator('.stages .running').first().waitFor();
        await status(/Not passed/).waitFor();
        expect(await page.locator('.failure').innerText()).toContain('npm run solution -- workspace');

        await page.goto(`${origin}/exercises/tracker/?diff=3`);
        await page.locator('.player').waitFor();
        await page.getByRole('region', { name: 'What changes from your files to step 3' }).waitFor();
        expect(await page.locator('#diff').count()).toBe(1);
        expect(await faultsInEachLook(page)).toEqual([]);

        // What is right undisturbed is opened where a strike makes it differ.
        const copy = join(folder, 'workspace', 'asin-tracker');
        copyFileSync(join(projectRoot, 'solutions', '0-before', 'asin-tracker.ts'), join(copy, 'asin-tracker.ts'));
        await page.locator('.run-name').first().waitFor();
        expect(await page.locator('.run-name').allInnerTexts()).toEqual([
            expect.stringMatching(/^migrated /),
            'undisturbed',
        ]);
        expect(await page.locator('.scrubber input').getAttribute('aria-valuetext')).toMatch(/migrate strikes/);
        expect(await faultsInEachLook(page)).toEqual([]);
        expect(complaints).toEqual([]);
    });

    it('fills the map of a proof, opens a cell at its strike, and leaves nothing behind when it is ended', async () => {
        await page.goto(`${origin}/proof/`);
        expect(await faultsInEachLook(page)).toEqual([]);
        // Before anything is proven here, the recorded map is there, and opens its runs.
        await page
            .getByRole('region', { name: /^Step 2/ })
            .locator('a.cell.wrong')
            .first()
            .click();
        await page.locator('.player').waitFor();
        expect(await page.locator('.scrubber input').getAttribute('aria-valuetext')).toMatch(/goes on from a copy/);
        expect(await page.locator('.open-cell').innerText()).toContain('duplicated');
        expect(await faultsInEachLook(page)).toEqual([]);
        await page.getByRole('combobox', { name: /in a shop of/ }).selectOption('1');
        await button('Prove it now').click();
        await page.locator('.proof-progress').waitFor();
        await page.locator('a.cell.well').first().waitFor();
        expect(await page.locator('.cells .cell:not(.well, .wrong)').count()).toBeGreaterThan(0);

        await page.locator('a.cell.well').first().click();
        await page.locator('.player').waitFor();
        expect(await page.locator('.scrubber input').getAttribute('aria-valuetext')).toMatch(/goes on from a copy/);
        await button('Stop').click();
        await status(/^Stopped\.$/).waitFor();
        expect(await faultsInEachLook(page)).toEqual([]);
        await page.reload();
        await page.locator('.player').waitFor();
        expect(complaints).toEqual([]);

        await button('Prove it now').click();
        await vi.waitUntil(() => listProcesses() === undefined || started().length > 0, { timeout: PATIENCE_MILLIS });
        const left = started();
        await page.context().close();
        expect(await endCourse(server, 'SIGINT')).toBe(exitCodeOf('SIGINT'));
        await expect.poll(() => left.filter(isAlive), { timeout: PATIENCE_MILLIS }).toEqual([]);
        expect(readdirSync(folder)).toEqual([]);
    });

    it('does all of an exercise without scripts, too', async () => {
        ({ page } = await newPage(browser, {
            javaScriptEnabled: false,
            storageState: await page.context().storageState(),
        }));
        await page.goto(`${origin}/exercises/1/`);
        await button('Start it').click();
        await expect
            .poll(
                async () => {
                    await page.goto(`${origin}/exercises/1/`);
                    return page.getByRole('status').innerText();
                },
                { timeout: PATIENCE_MILLIS },
            )
            .toMatch(/Not passed/);
        expect(await page.locator('.failure').innerText()).toContain('A listener that is added before Actor.init()');
        await button('Hint').click();
        expect(await page.locator('.hints').innerText()).toContain('Hint 1 of 3');
    });
});
