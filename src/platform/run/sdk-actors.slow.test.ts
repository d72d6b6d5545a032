import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';

import { afterAll, beforeAll, expect, test } from 'vitest';

import { TestPlatform } from '../fixtures/test-platform.js';
import type { ActorDefinition, RunProcess } from '../index.js';

let local: TestPlatform;

beforeAll(async () => {
    local = await TestPlatform.open();
    define('sdk-callee');
});
afterAll(async () => local.close());

/** Makes an Actor known that uses the real SDK; it is a file in `fixtures/`. */
function define(name: string): ActorDefinition {
    const folder = fileURLToPath(new URL('../fixtures', import.meta.url));
    return local.platform.define({ name, command: [process.execPath, `${name}.mjs`], cwd: folder });
}

async function itemsOf(run: RunProcess): Promise<unknown[]> {
    return (await local.client.dataset(run.record.datasetId).listItems()).items;
}

test('Actor.call waits for another Actor and gives its run, and Actor.start goes on at once', async () => {
    const run = await local.platform.start(define('sdk-caller'));
    expect(await run.finished()).toMatchObject({ status: 'SUCCEEDED' });
    const output = local.json<{ called: { id: string }; started: { id: string } }>(run, 'OUTPUT')!;
    expect(output).toMatchObject({
        called: { status: 'SUCCEEDED', items: [{ input: { from: 'call' }, memory: 256 }] },
        started: { status: 'RUNNING' },
    });
    const started = await local.platform.run(output.started.id);
    expect(await started.finished()).toMatchObject({ status: 'SUCCEEDED' });
    expect(await itemsOf(started)).toEqual([{ input: { from: 'start' }, memory: 1_024 }]);
});

test('Actor.metamorph goes on as another Actor, on the same storages, with the input it is given', async () => {
    const run = await local.platform.start(define('sdk-morph'), { input: { from: 'start' } });
    expect(await run.finished()).toMatchObject({
        status: 'SUCCEEDED',
        metamorphCount: 1,
        inputKey: 'INPUT-METAMORPH-1',
    });
    expect(local.json(run, 'BEFORE')).toEqual({ from: 'start' });
    expect(local.json(run, 'INPUT-METAMORPH-1')).toEqual({ from: 'metamorph' });
    expect(await itemsOf(run)).toEqual([{ input: { from: 'metamorph' }, memory: 1_024 }]);
});

test('Actor.charge counts in the run up to the budget, and the next process knows of it', async () => {
    const actor = define('sdk-charger');
    const event = (title: string): object => ({ eventTitle: title, eventDescription: title, eventPriceUsd: 0.5 });
    const pricingPerEvent = {
        actorChargeEvents: { page: event('A page'), 'apify-default-dataset-item': event('A row') },
    };
    const pricingInfos = [{ pricingModel: 'PAY_PER_EVENT', pricingPerEvent }];
    await local.client.actor(actor.id).update({ pricingInfos } as never);
    const run = await local.platform.start(actor, { maxTotalChargeUsd: 3 });
    expect(await run.finished()).toMatchObject({ status: 'SUCCEEDED' });
    // Two rows and four pages fit into the budget; the fifth tells Apify that the Actor wants more.
    expect(local.json(run, 'OUTPUT')).toEqual({ before: 0, results: [2, 1, 2] });
    expect(await local.client.run(run.id).get()).toMatchObject({
        pricingInfo: { pricingModel: 'PAY_PER_EVENT' },
        chargedEventCounts: { page: 5, 'apify-default-dataset-item': 2 },
        options: { maxTotalChargeUsd: 3 },
    });
    await run.resurrect();
    await run.finished();
    expect(local.json(run, 'OUTPUT')).toMatchObject({ before: 5, results: [0, 0, 0] });
});

test('Actor.createProxyConfiguration gives a proxy that passes requests on', async () => {
    const server = createServer((_request, response) => {
        response.setHeader('content-type', 'text/html').end('<title>through</title>');
    });
    await new Promise<void>((resolve) => {
        server.listen(0, '127.0.0.1', resolve);
    });
    try {
        const { port } = server.address() as AddressInfo;
        const run = await local.platform.start(define('sdk-proxy'), { input: { url: `http://127.0.0.1:${port}/` } });
        expect(await run.finished()).toMatchObject({ status: 'SUCCEEDED' });
        expect(local.json(run, 'OUTPUT')).toEqual({ title: 'through', proxy: '127.0.0.1' });
    } finally {
        server.close();
    }
});
