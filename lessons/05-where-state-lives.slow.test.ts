import { describe, expect, onTestFinished } from 'vitest';

import { claim } from '../src/checks/claim.js';
import { Experiment } from '../src/checks/experiment.js';

/** Counts its runs, in the default store of the run and in a named one. */
const COUNTER = `
    import { Actor } from 'apify';
    await Actor.init();
    for (const name of [undefined, 'counts']) {
        const store = await Actor.openKeyValueStore(name);
        const runs = ((await store.getValue('RUNS')) ?? 0) + 1;
        await store.setValue('RUNS', runs);
        console.log('> ' + (name ?? 'default') + ' ' + runs);
    }
    await Actor.exit();
`;

describe('a key-value store', () => {
    claim('named-outlives', 'with a name is found again by the next run; the default one is empty in it', async () => {
        const experiment = await Experiment.start(COUNTER);
        onTestFinished(async () => experiment.close());
        await experiment.finished();

        await experiment.test.client.actor(experiment.run.record.actorId).call(undefined, { log: null });

        const printed = experiment.lines.filter((line) => line.startsWith('> '));
        expect(printed).toEqual(['> default 1', '> counts 1', '> default 1', '> counts 2']);
    });

    claim('moves-keep-default', 'of the run is there again, whatever gave the run its next process', async () => {
        const experiment = await Experiment.start(
            COUNTER.replace('await Actor.exit();', 'setInterval(() => {}, 1_000);'),
            { restartOnError: true },
        );
        onTestFinished(async () => experiment.close());
        const { run, test } = experiment;
        const moves = [
            () => run.migrate(),
            () => test.client.run(run.id).reboot(),
            () => run.fail(),
            () => run.crash(),
            async () => {
                run.abort({ gracefully: true });
                await run.finished();
                await run.resurrect();
            },
        ];

        for (const [n, move] of moves.entries()) {
            await experiment.printed(`> default ${n + 1}`);
            await experiment.printed(`> counts ${n + 1}`);
            await move();
        }
        await experiment.printed(`> default ${moves.length + 1}`);
    });
});

describe('a dataset', () => {
    claim('dataset-appends', 'has a row twice that is pushed twice, unlike a record that is saved twice', async () => {
        const experiment = await Experiment.start(`
            import { Actor } from 'apify';
            await Actor.init();
            for (let i = 0; i < 2; i++) await Actor.pushData({ asin: 'B079ZJ1BPR' });
            await Actor.setValue('COUNT', { B079ZJ1BPR: 1 });
            await Actor.setValue('COUNT', { B079ZJ1BPR: 1 });
            await Actor.exit();
        `);
        onTestFinished(async () => experiment.close());
        await experiment.finished();

        expect(experiment.items()).toHaveLength(2);
        expect(experiment.record('COUNT')).toEqual({ B079ZJ1BPR: 1 });
    });
});
