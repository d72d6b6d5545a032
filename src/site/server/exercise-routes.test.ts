import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import type { Hono } from 'hono';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { exerciseFolder, SMALL_EXERCISES, TRACKER } from '../../exercise/small/exercises.js';
import { openSmallProgress, smallProgress, withPassed } from '../../exercise/small/small-progress.js';
import { openCheckProgress } from '../../exercise/progress.js';
import { openWorkspace } from '../../exercise/workspace.js';
import { exercisePages } from '../exercise-pages.js';
import type { ExerciseState } from '../exercise-state.js';
import { AS_FORM, AS_SCRIPT, keepBusy, type Learner, newLearner } from '../fixtures/learner.js';
import { learnersPlace } from '../learners-place.js';
import { exerciseRoutes } from './exercise-routes.js';

const [FIRST] = SMALL_EXERCISES;
const silent = (): void => {};

let learner: Learner;
let app: Hono;

beforeEach(() => {
    learner = newLearner();
    app = exerciseRoutes(learner.services);
});
afterEach(async () => learner.leave());

/** Makes the learner's copy of the first exercise, without trying it. */
function copied(): string {
    const dir = join(learner.dir, 'workspace', FIRST!.folder);
    openWorkspace(dir, exerciseFolder(FIRST!));
    return dir;
}

async function asked(path: string): Promise<ExerciseState> {
    const response = await app.request(path, AS_SCRIPT);
    expect(response.status).toBe(200);
    return (await response.json()) as ExerciseState;
}

describe('exercises in the browser', () => {
    it.each(['/exercises/1/', '/exercises/8/', '/exercises/tracker/', '/exercises/tracker/?diff=2', '/exercises/'])(
        'has a page at %s',
        async (path) => {
            expect((await app.request(path)).status).toBe(200);
        },
    );

    it.each(['/exercises/0/', '/exercises/9/', '/exercises/01-listen-after-init/', '/exercises/tracker/?diff=9'])(
        'has none at %s',
        async (path) => {
            expect((await app.request(path)).status).toBe(404);
        },
    );

    it.each(['start', 'try', 'stop', 'reset', 'hint', 'watch'])(
        'does nothing to %s what is no exercise',
        async (action) => {
            for (const name of ['0', '01-listen-after-init', '..', '%2e%2e%2fhome', 'constructor']) {
                expect((await app.request(`/exercises/${name}/${action}`, AS_SCRIPT)).status).toBe(404);
            }
            expect(readdirSync(learner.dir)).toEqual([]);
        },
    );

    it('knows nothing of streams and recordings that nobody was told of', async () => {
        expect((await app.request('/watches/1')).status).toBe(404);
        expect((await app.request('/jobs/1/trace')).status).toBe(404);
    });

    it('shows hints one by one, counted with those of the terminal, and then the solution', async () => {
        copied();
        expect((await asked('/exercises/1/hint')).hints).toMatchObject({ of: 3, isMore: true });
        const second = await asked('/exercises/1/hint');

        expect(second.hints.shown).toHaveLength(2);
        expect(second.diff).toBeUndefined();
        expect(openSmallProgress(silent).read().hints).toEqual({ [FIRST!.folder]: 2 });

        await asked('/exercises/1/hint');
        const last = await asked('/exercises/1/hint');
        expect(last.hints).toMatchObject({ isMore: false, solution: `exercises/${FIRST!.folder}/solution.js` });
        expect(last.diff?.text).toMatch(/^-Actor\.on\('migrating'/m);
    });

    it('shows the hints of the first stage of the tracker that is not passed', async () => {
        openCheckProgress(silent).update((present) => ({ ...present, passed: [1, 2] }));
        const { hints } = await asked('/exercises/tracker/hint');

        expect(hints.heading).toMatch(/^Stage 3: /);
        expect(hints.shown).toHaveLength(1);
        expect(openCheckProgress(silent).read().hints).toEqual({ 3: 1 });
    });

    it('says to a script and to a form that something else is at work, and makes the copy all the same', async () => {
        keepBusy(learner.services);
        const state = await asked('/exercises/1/start');

        expect(state).toMatchObject({ file: `workspace/${FIRST!.folder}/main.js`, waitsFor: 'a run of the lab' });
        const script = await app.request('/exercises/1/try', AS_SCRIPT);
        expect(script.status).toBe(409);
        expect(await script.json()).toEqual({ problem: 'One at a time: a run of the lab is at work.' });
        const form = await app.request('/exercises/1/try', AS_FORM);
        expect(form.status).toBe(409);
        expect(await form.text()).toContain('One at a time: a run of the lab is at work.');
    });

    it('moves a copy aside when it is begun anew, and loses nothing of it', async () => {
        const dir = copied();
        writeFileSync(join(dir, 'main.js'), '// mine');
        openSmallProgress(silent).update((present) => withPassed(present, FIRST!));
        keepBusy(learner.services);
        const { said, isPassed } = await asked('/exercises/1/reset');

        const [, aside] = readdirSync(join(learner.dir, 'workspace'));
        expect(said).toBe(`Your former copy is now workspace/${aside}.`);
        expect(readFileSync(join(learner.dir, 'workspace', aside!, 'main.js'), 'utf8')).toBe('// mine');
        expect(isPassed).toBe(false);
        expect(smallProgress().done).toEqual([]);
    });

    it('says in a sentence what the disk refuses', async () => {
        writeFileSync(join(learner.dir, 'workspace'), 'a file, where the folder of the copies has to be');
        const answer = await app.request('/exercises/1/start', AS_SCRIPT);

        expect(answer.status).toBe(409);
        expect(await answer.json()).toEqual({
            problem: expect.stringMatching(/^Your copy in workspace\/.* can't be written: .*\.$/) as string,
        });
    });

    it('leads a form back to the page, which shows what was done', async () => {
        const answer = await app.request('/exercises/1/hint', AS_FORM);

        expect([answer.status, answer.headers.get('location')]).toEqual([303, '/exercises/1/']);
        expect(await (await app.request('/exercises/1/')).text()).toContain('Is it added at the right moment?');
    });

    it('shows what a learner has written as text', async () => {
        const dir = copied();
        writeFileSync(join(dir, 'main.js'), '</script><img src=x onerror=alert(1)>');
        openSmallProgress(silent).update((present) => withPassed(present, FIRST!));
        const page = await (await app.request('/exercises/1/')).text();

        expect(page).toContain('&lt;img src=x onerror=alert(1)>');
        expect(page).not.toContain('<img src=x');
    });

    it('compares a tracker with the step that is asked for', async () => {
        openWorkspace();
        const page = await (await app.request('/exercises/tracker/?diff=3')).text();

        expect(page).toContain('+++ solutions/3-idempotent/asin-tracker.ts');
    });

    it('lists what is passed, in the terminal or here', async () => {
        openSmallProgress(silent).update((present) => withPassed(present, FIRST!));
        openCheckProgress(silent).update((present) => ({ ...present, passed: [1, 2] }));
        const page = await (await app.request('/exercises/')).text();

        expect(page.match(/✔ passed/g)).toHaveLength(1);
        expect(page).toContain('2 of 6 stages');
    });
});

describe('exercises in a site without a server', () => {
    const pages = exercisePages();

    it('has the same pages', () => {
        expect([...pages.keys()]).toEqual([
            'exercises/',
            ...SMALL_EXERCISES.map(({ number }) => `exercises/${number}/`),
            `exercises/${TRACKER.name}/`,
        ]);
    });

    it.each(['exercises/3/', 'exercises/tracker/'])('folds hints, and says how to do it: %s', (place) => {
        mkdirSync(join(learner.dir, 'home'), { recursive: true });
        const page = pages.get(place)!({ place, isLive: false }, learnersPlace(silent));

        expect(page).toContain(`npm run exercise -- ${place.split('/')[1]}`);
        expect(page).toMatch(/<details><summary>Hint 1 of 3<\/summary>/);
        expect(page).not.toMatch(/<form|exercise\.js/);
    });
});
