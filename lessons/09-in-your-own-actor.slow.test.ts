import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { describe, expect, it, onTestFinished } from 'vitest';

import { projectRoot } from '../src/base/paths.js';
import { claim } from '../src/checks/claim.js';
import { Experiment } from '../src/checks/experiment.js';
import { fencedBlocks } from '../src/course/markdown-text.js';

async function start(source: string): Promise<Experiment> {
    const experiment = await Experiment.start(source);
    onTestFinished(async () => experiment.close());
    return experiment;
}

describe('the code that the lesson shows of an example', () => {
    const lesson = readFileSync(join(projectRoot, 'lessons/09-in-your-own-actor.md'), 'utf8');
    const blocks = fencedBlocks(lesson).map(({ code }) => code.trimEnd());

    it.each([
        ['drain/drain.js', 'export function saveBeforeMoving'],
        ['drain/main.js', 'const offers ='],
        ['writer/handler.js', 'await writer.write('],
        ['writer/writer.js', '    async #store()'],
    ])('%s is in it', (file, beginning) => {
        const shown = blocks.find((code) => code.startsWith(beginning));

        expect(readFileSync(join(projectRoot, 'examples', file), 'utf8')).toContain(shown);
    });
});

describe('gracefulShutdownDelayMillis', () => {
    claim('delay-drains', 'saves what handlers count until then, and cuts off those that take longer', async () => {
        const stored: unknown[] = [];
        for (const delay of [4_000, 100]) {
            const experiment = await start(`
                import { setTimeout as sleep } from 'node:timers/promises';
                import { BasicCrawler } from '@crawlee/cheerio';
                import { Actor } from 'apify';
                await Actor.init({ gracefulShutdownDelayMillis: ${delay} });
                const state = await Actor.useState('STATE', { n: 0 });
                const crawler = new BasicCrawler({
                    requestHandler: async () => {
                        console.log('begins');
                        await sleep(${delay === 100 ? 60_000 : 500});
                        state.n++;
                    },
                });
                await crawler.run(['http://shop.test']);
                await Actor.exit();
            `);
            await experiment.printed('begins');
            const left = new Promise((resolve) => {
                experiment.test.platform.on('entry', (entry) => {
                    if (entry.type === 'run.exit') resolve(experiment.record('STATE'));
                });
            });
            await experiment.run.migrate({ graceMillis: 60_000 });
            stored.push(await left);
        }

        expect(stored).toEqual([{ n: 1 }, { n: 0 }]);
    });
});

describe('a state that is not plain JSON', () => {
    claim('not-json', 'comes back without what was in a Map or a Set, and a Date as a text', async () => {
        const experiment = await start(`
            import { Actor } from 'apify';
            await Actor.init();
            const initial = {
                map: new Map([['a', 1]]), set: new Set(['a']), date: new Date(0), pairs: [...new Map([['a', 1]])],
            };
            const state = await Actor.useState('STATE', initial);
            console.log('finds ' + JSON.stringify([
                state.map instanceof Map, state.set instanceof Set, state.date instanceof Date,
                new Map(state.pairs).get('a'), state,
            ]));
            setInterval(() => {}, 1_000);
        `);
        await experiment.printed('finds');
        await experiment.run.migrate();
        await experiment.printed('finds', 2);

        const [, after] = experiment.lines.filter((line) => line.startsWith('finds'));
        const date = '1970-01-01T00:00:00.000Z';
        expect(JSON.parse(after!.slice('finds '.length))).toEqual([
            ...[false, false, false, 1],
            { map: {}, set: {}, date, pairs: [['a', 1]] },
        ]);
    });
});

describe('an outbox', () => {
    claim('outbox-again', 'that was not crossed out before a crash is sent again with the same key', async () => {
        const keys: unknown[] = [];
        let crash = async (): Promise<void> => {};
        const service = createServer((request, response) => {
            keys.push(request.headers['idempotency-key']);
            request.resume();
            // The first mail has arrived, and its sender dies before it hears so.
            if (keys.length === 1) void crash();
            else response.end();
        });
        service.listen(0, '127.0.0.1');
        await once(service, 'listening');
        onTestFinished(() => {
            service.close();
        });
        const { port } = service.address() as AddressInfo;
        const experiment = await start(`
            import { Actor } from 'apify';
            await Actor.init();
            const mailService = 'http://127.0.0.1:${port}';
            const state = (await Actor.getValue('STATE')) ?? { outbox: { 'page-1': { to: 'somebody' } } };
            await Actor.setValue('STATE', state);
            ${deliver()}
            await deliver();
            await Actor.exit();
        `);
        crash = async () => experiment.run.crash();

        expect(await experiment.finished()).toMatchObject({ status: 'SUCCEEDED', incarnation: 2 });
        expect(keys).toEqual(['page-1', 'page-1']);
        expect(experiment.record('STATE')).toEqual({ outbox: {} });
    });
});

/** The function as the lesson shows it. */
function deliver(): string {
    const lesson = readFileSync(join(projectRoot, 'lessons/09-in-your-own-actor.md'), 'utf8');
    return fencedBlocks(lesson).find(({ code }) => code.startsWith('async function deliver'))!.code;
}

describe('on one’s own computer', () => {
    const dir = (): string => {
        const made = mkdtempSync(join(tmpdir(), 'actors-move-'));
        onTestFinished(() => rmSync(made, { recursive: true, force: true }));
        return made;
    };

    /** Runs lines after the usual imports until they end or print `until`, and returns what was printed. */
    async function run(storage: string, lines: string, until?: string): Promise<string> {
        const source = `
            import { setTimeout as sleep } from 'node:timers/promises';
            import { BasicCrawler, RequestQueue } from '@crawlee/cheerio';
            import { Actor } from 'apify';
            await Actor.init();
            ${lines}
        `;
        const env = { ...process.env, CRAWLEE_STORAGE_DIR: storage, CRAWLEE_PURGE_ON_START: '0' };
        const child = spawn(process.execPath, ['--input-type=module', '-e', source], { cwd: projectRoot, env });
        let printed = '';
        child.stdout.on('data', (chunk) => {
            printed += String(chunk);
            if (until !== undefined && printed.includes(until)) child.kill('SIGKILL');
        });
        await once(child, 'close');
        return printed;
    }

    const crawl = (work: string): string => `
        const crawler = new BasicCrawler({
            maxConcurrency: 1,
            requestHandler: async ({ request }) => {
                console.log('begins ' + request.uniqueKey);
                ${work}
                console.log('ends ' + request.uniqueKey);
            },
        });
        await crawler.run(['a', 'b'].map((uniqueKey) => ({ url: 'http://shop.test', uniqueKey })));
        console.log('run returned');
        await Actor.exit();
    `;

    /** What Ctrl-C does, on any system. */
    const PRESS_CTRL_C = `process.emit('SIGINT'); await sleep(500);`;

    claim('ctrl-c', 'Ctrl-C lets handlers end, and crawler.run() returns', async () => {
        const printed = await run(dir(), crawl(PRESS_CTRL_C));

        const lines = printed.split('\n').filter((line) => /^(?:begins|ends|run)/.test(line));
        expect(lines).toEqual(['begins a', 'ends a', 'run returned']);
    });

    claim('stopped-locks', 'a run that was stopped leaves requests locked, so a resumed one finds none', async () => {
        const ways: [work: string, until?: string][] = [['await sleep(60_000);', 'begins a'], [PRESS_CTRL_C]];
        for (const [work, until] of ways) {
            const storage = dir();
            await run(storage, crawl(work), until);
            const resumed = await run(
                storage,
                `
                    const queue = await RequestQueue.open();
                    const found = await queue.fetchNextRequest();
                    console.log('finds ' + found + ', is finished: ' + (await queue.isFinished()));
                    await Actor.exit();
                `,
            );

            expect(resumed).toContain('finds null, is finished: false');
            const [b] = requestsIn(storage).filter(({ uniqueKey }) => uniqueKey === 'b');
            expect(Math.abs(b!.orderNo)).toBeGreaterThan(Date.now() + 60_000);
        }
    });

    /** Requests as they are in their files: the order of one that is locked is the time at which its lock ends. */
    function requestsIn(storage: string): { uniqueKey: string; orderNo: number }[] {
        const folder = join(storage, 'request_queues/default');
        const files = readdirSync(folder).filter((name) => /^[^_].*\.json$/.test(name));
        return files.map((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')) as never);
    }
});
