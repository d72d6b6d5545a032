import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import { beforeAll, describe, expect, onTestFinished } from 'vitest';

import { claim } from '../src/checks/claim.js';
import { Experiment } from '../src/checks/experiment.js';
import { projectRoot } from '../src/base/paths.js';

async function start(source: string): Promise<Experiment> {
    const experiment = await Experiment.start(source);
    onTestFinished(async () => experiment.close());
    await experiment.printed('ready');
    return experiment;
}

/** An Actor that prints every event that it hears, with its payload. */
const listener = (init = ''): string => `
    import { Actor } from 'apify';
    await Actor.init(${init});
    const print = (name) => (data) => console.log('> ' + name + ' ' + JSON.stringify(data));
    Actor.on('migrating', print('migrating 1'));
    Actor.on('migrating', print('migrating 2'));
    Actor.on('persistState', print('persistState'));
    Actor.on('aborting', print('aborting'));
    console.log('ready');
    setInterval(() => {}, 1_000);
`;

const heard = ({ lines }: Experiment): string[] => lines.filter((line) => line.startsWith('> '));

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

        const migrated = experiment.run.migrate({ graceMillis: 500 });
        await experiment.printed('late');
        await migrated;

        expect(experiment.lines).not.toContain('early');
    });
});

describe('a persistState listener that was added before Actor.init(), on one’s own computer,', () => {
    claim('early-listener-wipes', 'and is resumed writes its empty object over what was saved, at once', async () => {
        const dir = mkdtempSync(join(tmpdir(), 'actors-move-'));
        onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
        const record = join(dir, 'key_value_stores/default/COUNTS.json');
        mkdirSync(dirname(record), { recursive: true });
        writeFileSync(record, '{"B079ZJ1BPR":3}');
        const source = `
            import { Actor } from 'apify';
            Actor.on('persistState', async () => {
                console.log('heard');
                await Actor.setValue('COUNTS', {});
                process.exit();
            });
            await Actor.init();
            console.log('initialised');
            setInterval(() => {}, 1_000);
        `;

        const env = { ...process.env, CRAWLEE_STORAGE_DIR: dir, CRAWLEE_PURGE_ON_START: '0' };
        const child = spawn(process.execPath, ['--input-type=module', '-e', source], { cwd: projectRoot, env });
        let printed = '';
        child.stdout.on('data', (text) => (printed += String(text)));
        await once(child, 'close');

        expect(printed).toContain('heard');
        // Actor.init() still runs.
        expect(printed.split('heard')[0]).not.toContain('initialised');
        expect(readFileSync(record, 'utf8')).toBe('{}');
    });
});

describe('a migration, with the default of the SDK,', () => {
    let lines: string[];
    let took: number;

    beforeAll(async () => {
        const experiment = await Experiment.start(listener());
        await experiment.printed('ready');
        const startedAt = Date.now();
        await experiment.run.migrate({ graceMillis: 20_000 });
        took = Date.now() - startedAt;
        lines = heard(experiment);
        await experiment.close();
    });

    claim('migrating-payload', 'tells migrating listeners how many seconds the platform has sent', () => {
        expect(lines[0]).toBe('> migrating 1 {"timeRemainingSecs":20}');
    });

    claim('migrating-then-persist', 'calls migrating listeners in order of registration, then persistState', () => {
        expect(lines.slice(0, 3)).toEqual([
            '> migrating 1 {"timeRemainingSecs":20}',
            '> migrating 2 {"timeRemainingSecs":20}',
            '> persistState {"isMigrating":true}',
        ]);
    });

    claim('second-round', 'reboots, and so calls all of them again with an empty object', () => {
        expect(lines.slice(3)).toEqual(['> persistState {}', '> migrating 1 {}', '> migrating 2 {}']);
    });

    claim('default-reboot-is-early', 'does not wait for the time that is left', () => {
        expect(took).toBeLessThan(10_000);
    });
});

describe('a migration without the graceful shutdown of the SDK', () => {
    claim('opt-out-waits', 'calls each listener once, and the process lives until it is killed', async () => {
        const experiment = await start(listener('{ gracefulShutdown: false }'));

        const startedAt = Date.now();
        await experiment.run.migrate({ graceMillis: 1_000 });

        expect(Date.now() - startedAt).toBeGreaterThanOrEqual(1_000);
        expect(heard(experiment)).toEqual([
            '> migrating 1 {"timeRemainingSecs":1}',
            '> migrating 2 {"timeRemainingSecs":1}',
            '> persistState {"isMigrating":true}',
        ]);
    });
});

describe('a graceful abort', () => {
    let lines: string[];
    let took: number;
    let status: string;

    beforeAll(async () => {
        const experiment = await Experiment.start(listener());
        await experiment.printed('ready');
        const startedAt = Date.now();
        experiment.run.abort({ gracefully: true });
        ({ status } = await experiment.finished());
        took = Date.now() - startedAt;
        lines = heard(experiment);
        await experiment.close();
    });

    claim('aborting-event', 'calls aborting listeners, with no payload here, and persistState listeners', () => {
        expect(lines[0]).toBe('> aborting undefined');
        expect(lines).toContain('> persistState {"isMigrating":false}');
        expect(lines.join()).not.toContain('migrating 1');
    });

    claim('aborting-exits', 'ends the process as soon as the listeners are done, long before the 30 seconds', () => {
        expect(status).toBe('ABORTED');
        expect(took).toBeLessThan(15_000);
    });
});

describe('Actor.exit()', () => {
    claim('exit-has-no-limit', 'waits for a listener however long it takes, whatever its timeoutSecs', async () => {
        const experiment = await start(`
            import { setTimeout } from 'node:timers/promises';
            import { Actor } from 'apify';
            await Actor.init();
            Actor.on('persistState', async () => {
                await setTimeout(3_000);
                await Actor.setValue('SAVED', true);
            });
            console.log('ready');
            await Actor.exit({ timeoutSecs: 1 });
        `);

        expect(await experiment.finished()).toMatchObject({ status: 'SUCCEEDED' });
        expect(experiment.record('SAVED')).toBe(true);
    });
});

describe('Actor.off()', () => {
    claim(
        'off-removes-all',
        'without a listener removes those of Crawlee, too: no crawler pauses any more',
        async () => {
            const experiment = await start(`
            import { BasicCrawler } from '@crawlee/cheerio';
            import { Actor } from 'apify';
            await Actor.init({ gracefulShutdown: false });
            const crawler = new BasicCrawler({
                maxConcurrency: 1,
                requestHandler: async ({ request }) => {
                    console.log('begins ' + request.uniqueKey);
                    if (request.uniqueKey !== 'a') return;
                    Actor.off('migrating');
                    console.log('ready');
                    await new Promise((resolve) => Actor.on('migrating', resolve));
                },
            });
            await crawler.run(['a', 'b'].map((uniqueKey) => ({ url: 'http://shop.test', uniqueKey })));
            await Actor.exit();
        `);

            await experiment.run.migrate({ graceMillis: 60_000 });

            expect(experiment.run.record).toMatchObject({ status: 'SUCCEEDED', incarnation: 1 });
            expect(experiment.lines).toContain('begins b');
        },
    );
});

describe('a storage that is used before Actor.init()', () => {
    claim('storage-before-init', 'makes Actor.init() fail', async () => {
        const experiment = await start(`
            import { Actor } from 'apify';
            await Actor.getValue('STATE').catch(() => {});
            await Actor.init().catch((error) => console.log('refused: ' + error.message));
            console.log('ready');
        `);

        expect(experiment.lines.join()).toMatch(/refused: .*Actor\.init\(\) was called after/);
    });
});

describe('the reboot of the SDK', () => {
    claim('reboot-calls-listeners', 'calls migrating and persistState listeners outside a migration, too', async () => {
        const experiment = await start(`
            import { Actor } from 'apify';
            await Actor.init();
            for (const event of ['migrating', 'persistState']) {
                Actor.on(event, (data) => console.log('> ' + event + ' ' + JSON.stringify(data)));
            }
            console.log('ready');
            if (!(await Actor.getValue('REBOOTED'))) {
                await Actor.setValue('REBOOTED', true);
                await Actor.reboot();
            }
            await Actor.exit();
        `);

        expect(await experiment.finished()).toMatchObject({ rebootCount: 1, migrationCount: 0, incarnation: 2 });
        expect(heard(experiment).slice(0, 2)).toEqual(['> persistState {}', '> migrating {}']);
    });

    claim('reboot-waits', 'waits for listeners that take their time', async () => {
        const experiment = await start(`
            import { setTimeout } from 'node:timers/promises';
            import { Actor } from 'apify';
            await Actor.init();
            Actor.on('migrating', async () => {
                await setTimeout(1_000);
                await Actor.setValue('SAVED', true);
            });
            console.log('ready');
            setInterval(() => {}, 1_000);
        `);

        await experiment.run.migrate({ graceMillis: 20_000 });

        expect(experiment.record('SAVED')).toBe(true);
    });

    claim('reboot-local', 'does nothing but warn where no platform is', () => {
        const dir = mkdtempSync(join(tmpdir(), 'actors-move-'));
        onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
        const source = `
            import { Actor } from 'apify';
            await Actor.init();
            await Actor.reboot();
            console.log('still here');
            await Actor.exit();
        `;

        const env = { ...process.env, CRAWLEE_STORAGE_DIR: dir, NO_COLOR: '1' };
        const args = ['--input-type=module', '-e', source];
        const { status, stdout, stderr } = spawnSync(process.execPath, args, {
            cwd: projectRoot,
            env,
            encoding: 'utf8',
        });

        expect(stdout + stderr).toMatch(/WARN.*reboot/i);
        expect(stdout).toContain('still here');
        expect(status).toBe(0);
    });
});

describe('work in flight', () => {
    claim('default-cuts-drain', 'is cut off by the default handling of a migration', async () => {
        const experiment = await start(`
            import { setTimeout } from 'node:timers/promises';
            import { BasicCrawler } from '@crawlee/cheerio';
            import { Actor } from 'apify';
            await Actor.init();
            const crawler = new BasicCrawler({
                requestHandler: async () => {
                    console.log('ready');
                    await setTimeout(5_000);
                    console.log('handler done');
                },
            });
            await crawler.run(['http://127.0.0.1/page']);
            await Actor.exit();
        `);

        await experiment.run.migrate({ graceMillis: 30_000 });

        // Crawlee would wait for it for 20 seconds; the reboot comes first.
        expect(experiment.lines).not.toContain('handler done');
    });
});
