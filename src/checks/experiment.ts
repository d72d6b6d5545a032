import { TestPlatform } from '../platform/fixtures/test-platform.js';
import type { PlatformSettings, RunOptions, RunProcess, RunRecord } from '../platform/index.js';
import { projectRoot } from '../base/paths.js';

export interface ExperimentOptions extends RunOptions {
    settings?: Partial<PlatformSettings>;
    env?: Record<string, string>;
}

/**
 * A small Actor, given as the text of an ES module, that runs on a platform of its own: real SDK, real Crawlee, a real
 * process. Lessons prove their claims with it.
 *
 * @example
 * const experiment = await Experiment.start(`
 *     import { Actor } from 'apify';
 *     await Actor.init();
 *     await Actor.exit();
 * `);
 * onTestFinished(async () => experiment.close());
 * expect(await experiment.finished()).toMatchObject({ status: 'SUCCEEDED' });
 */
export class Experiment {
    /** All that the Actor has printed so far, over all its processes. */
    readonly lines: string[] = [];
    readonly #waiting = new Set<() => void>();
    #run!: RunProcess;

    private constructor(readonly test: TestPlatform) {
        test.platform.on('entry', (entry) => {
            if (entry.type !== 'line') return;
            this.lines.push(entry.text);
            for (const look of this.#waiting) look();
        });
    }

    static async start(source: string, options: ExperimentOptions = {}): Promise<Experiment> {
        const { settings, env, ...runOptions } = options;
        const experiment = new Experiment(await TestPlatform.open(settings ? { settings } : {}));
        const { platform } = experiment.test;
        const actor = platform.define({
            name: 'experiment',
            // Bare imports of such a module are looked up from the working directory.
            command: [process.execPath, '--input-type=module', '-e', source],
            cwd: projectRoot,
            ...(env && { env }),
        });
        experiment.#run = await platform.start(actor, runOptions);
        return experiment;
    }

    get run(): RunProcess {
        return this.#run;
    }

    /** Resolves when the Actor has printed `text` at least `times` times. */
    async printed(text: string, times = 1): Promise<void> {
        const isThere = (): boolean => this.lines.filter((line) => line.includes(text)).length >= times;
        if (isThere()) return;
        await new Promise<void>((resolve) => {
            const look = (): void => {
                if (!isThere()) return;
                this.#waiting.delete(look);
                resolve();
            };
            this.#waiting.add(look);
        });
    }

    /** Content of a JSON record in the run's default key-value store; undefined when there is none. */
    record<T = unknown>(key: string): T | undefined {
        return this.test.json<T>(this.run, key);
    }

    /** Rows of the run's default dataset. */
    items(): readonly unknown[] {
        return this.test.platform.store.find('datasets', this.run.record.datasetId).content.items;
    }

    async finished(): Promise<RunRecord> {
        return this.run.finished();
    }

    async close(): Promise<void> {
        await this.test.close();
    }
}
