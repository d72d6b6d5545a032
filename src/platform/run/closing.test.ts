import { afterEach, beforeEach, expect, test } from 'vitest';

import { TestPlatform } from '../fixtures/test-platform.js';

let local: TestPlatform;

beforeEach(async () => {
    local = await TestPlatform.open();
});
afterEach(async () => local.close());

test('a run that ends as the platform is closed is not resurrected', async () => {
    const boots: number[] = [];
    local.platform.on('entry', (entry) => {
        if (entry.type === 'run.boot') boots.push(entry.incarnation);
    });
    const run = await local.startProbe();
    const resurrected = run.finished().then(async () => run.resurrect());
    const closed = local.platform.close();

    await expect(resurrected).rejects.toThrow('The local platform is being closed.');
    await closed;
    expect(boots).toEqual([1]);
    expect(run.record.status).toBe('ABORTED');
});

test('no run is started, or gone on with, once the platform is being closed', async () => {
    const closed = local.platform.close();

    await expect(local.startProbe()).rejects.toThrow('The local platform is being closed.');
    await closed;
    expect(local.platform.store.state.runs.size).toBe(0);
});
