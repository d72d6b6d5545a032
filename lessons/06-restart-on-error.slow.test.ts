import { describe, expect, onTestFinished } from 'vitest';

import { claim } from '../src/checks/claim.js';
import { Experiment, type ExperimentOptions } from '../src/checks/experiment.js';

async function start(source: string, options?: ExperimentOptions): Promise<Experiment> {
    const experiment = await Experiment.start(source, options);
    onTestFinished(async () => experiment.close());
    return experiment;
}

/** Counts its starts in a record and fails in the first of them, in the way that is put in. */
const failsOnce = (failure: string): string => `
    import { Actor } from 'apify';

    await Actor.init();
    const starts = ((await Actor.getValue('STARTS')) ?? 0) + 1;
    await Actor.setValue('STARTS', starts);
    for (const event of ['migrating', 'aborting', 'persistState']) {
        Actor.on(event, () => console.log('start ' + starts + ' hears ' + event));
    }
    if (starts === 1) { ${failure} }
    await Actor.exit();
`;

describe('an Actor that fails', () => {
    claim('fails-without-restart', 'ends its run as FAILED when restart on error is off', async () => {
        const experiment = await start(failsOnce('throw new Error("out of luck");'));
        expect(await experiment.finished()).toMatchObject({ status: 'FAILED', exitCode: 1, incarnation: 1 });
        expect(experiment.lines.filter((line) => line.includes(' hears '))).toEqual([]);
    });

    claim('killed-is-failed', 'because somebody killed its process fails its run', async () => {
        const experiment = await start('process.kill(process.pid, "SIGKILL");');
        const { status, exitCode } = await experiment.finished();
        expect(status).toBe('FAILED');
        expect(exitCode).not.toBe(0);
    });

    claim('fail-persists', 'through Actor.exit() emits persistState first, unlike one that throws', async () => {
        const ways = ['await Actor.fail();', 'await Actor.exit({ exitCode: 1 });'];
        for (const way of ways) {
            const experiment = await start(failsOnce(way), { restartOnError: true });
            expect(await experiment.finished()).toMatchObject({ status: 'SUCCEEDED', restartCount: 1 });
            expect(experiment.lines).toContain('start 1 hears persistState');
        }
        const main = await start(`
            import { Actor } from 'apify';
            await Actor.main(async () => {
                Actor.on('persistState', () => console.log('hears persistState'));
                throw new Error('out of luck');
            });
        `);
        expect(await main.finished()).toMatchObject({ status: 'FAILED' });
        expect(main.lines).toContain('hears persistState');
    });
});
