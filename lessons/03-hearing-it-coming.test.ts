import { describe, expect, onTestFinished } from 'vitest';

import { claim } from '../src/claims/claim.js';
import { Experiment, type ExperimentOptions } from '../src/claims/experiment.js';

async function start(source: string, options?: ExperimentOptions): Promise<Experiment> {
    const experiment = await Experiment.start(source, options);
    onTestFinished(async () => experiment.close());
    return experiment;
}

describe('a listener', () => {
    claim('listener-before-init', 'added before Actor.init() hears no migration on the platform', async () => {
        const experiment = await start(`
            import { Actor } from 'apify';
            Actor.on('migrating', () => console.log('early'));
            await Actor.init({ gracefulShutdown: false });
            Actor.on('migrating', () => console.log('late'));
            console.log('ready');
            setInterval(() => {}, 1_000);
        `);
        await experiment.printed('ready');

        const migrated = experiment.run.migrate({ graceMillis: 1_000 });
        await experiment.printed('late');
        await migrated;

        expect(experiment.lines).not.toContain('early');
    });
});
