import type { Hono } from 'hono';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { openWorkspace } from '../../exercise/workspace.js';
import { AS_FORM, AS_SCRIPT, keepBusy, type Learner, newLearner } from '../fixtures/learner.js';
import { learnersPlace } from '../learners-place.js';
import { proofPages } from '../proof-pages.js';
import { proofRoutes } from './proof-routes.js';

let learner: Learner;
let app: Hono;

beforeEach(() => {
    learner = newLearner();
    app = proofRoutes(learner.services);
});
afterEach(async () => learner.leave());

async function run(values: Record<string, string>, how = AS_SCRIPT): Promise<Response> {
    return app.request('/proof/run', { ...how, body: new URLSearchParams(values) });
}

describe('the proof in the browser', () => {
    it.each([
        { subject: '6', products: '1' },
        { subject: '5', products: '3' },
        { subject: '../5', products: '1' },
        { subject: 'workspace', products: '1' },
        { subject: '5' },
    ])('proves nothing but what it offers: %o', async (values) => {
        expect((await run(values as Record<string, string>)).status).toBe(404);
        expect(learner.services.jobs.present).toBeUndefined();
    });

    it('offers the learner their own Actor once there is one', async () => {
        expect(await (await app.request('/proof/')).text()).not.toContain('value="workspace"');
        openWorkspace();
        expect(await (await app.request('/proof/')).text()).toContain('value="workspace"');
    });

    it('says that something else is at work', async () => {
        keepBusy(learner.services);
        const script = await run({ subject: '5', products: '1' });

        expect([script.status, await script.json()]).toEqual([
            409,
            { problem: 'One at a time: a run of the lab is at work.' },
        ]);
        const form = await run({ subject: '5', products: '1' }, AS_FORM);
        expect(form.status).toBe(409);
        expect(await form.text()).toContain('a run of the lab is at work');
    });

    it('knows no cells but those of its last proof', async () => {
        expect((await app.request('/jobs/1/cells/0')).status).toBe(404);
        expect((await app.request('/jobs/1/cells/..%2f0')).status).toBe(404);
    });

    it('shows the recorded map and picture with what they say, and how to prove it, in a site without a server', () => {
        const place = 'proof/';
        const page = proofPages().get(place)!(
            { place, isLive: false },
            learnersPlace(() => {}),
        );

        expect(page).toMatch(/<img class="strips" src="\.\.\/files\/solutions\/proof\.svg" alt="[^"]{40,}"/);
        expect(page).toContain('npm run prove -- 5');
        expect(page.match(/class="cell (well|wrong)"/g)!.length).toBeGreaterThan(60);
        expect(page).not.toMatch(/<form/);
    });
});
