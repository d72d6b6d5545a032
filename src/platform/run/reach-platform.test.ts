import { fileURLToPath } from 'node:url';

import { afterAll, beforeAll, expect, test } from 'vitest';

import { TestPlatform } from '../fixtures/test-platform.js';

let local: TestPlatform;

beforeAll(async () => {
    local = await TestPlatform.open();
});
afterAll(async () => local.close());

const cwd = fileURLToPath(new URL('../fixtures', import.meta.url));

test("an Actor that asks for Apify's own address reaches this platform", async () => {
    const command: [string, string] = [process.execPath, 'own-client.mjs'];
    const run = await local.platform.start(local.platform.define({ name: 'own-client', command, cwd }));
    expect(await run.finished()).toMatchObject({ status: 'SUCCEEDED' });
    const { items } = await local.client.dataset(run.record.datasetId).listItems();
    expect(items.map(({ by }) => by)).toEqual(['client', 'fetch', 'https']);
});

test("other addresses are not its business, and the Actor's own options of Node stay", async () => {
    const script = `
        import tls from 'node:tls';
        tls.connect(Number(new URL(process.env.APIFY_API_BASE_URL).port), '127.0.0.1').on('error', ({ code }) =>
            process.exit(/^ERR_SSL|ECONNRESET|EPROTO/.test(code) && process.title === 'its own' ? 0 : 1));
    `;
    const command: [string, ...string[]] = [process.execPath, '--input-type=module', '-e', script];
    const env = { NODE_OPTIONS: '"--title=its own"' };
    const run = await local.platform.start(local.platform.define({ name: 'elsewhere', command, cwd, env }));
    expect(await run.finished()).toMatchObject({ status: 'SUCCEEDED' });
});
