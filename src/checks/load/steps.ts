import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

import { compiled } from '../../base/paths.js';
import { inTemporaryFolder } from '../../base/temporary-folder.js';
import { MovedRun } from '../../mover/moved-run.js';
import { commandOf, findStep, type Step } from '../../trial/steps.js';
import { type MeasuredFigure, MeasuredFigures, median } from './measured-figure.js';

/** Which shops the demo Actor scrapes, and how often. */
export interface StepsSize {
    products: readonly number[];
    rounds: number;
}

export const FULL_STEPS: StepsSize = { products: [60, 300], rounds: 3 };

/** What one run on a platform took. */
interface Run {
    seconds: number;
    calls: number;
}

/**
 * Measures the demo Actor, each of its processes from its start to its end: step 2 on Crawlee's own files and on a
 * platform, step 5 on a platform. They run in turn, and the medians are told. The shop is in a process of its own.
 *
 * @throws Error when a run does not succeed.
 */
export async function measureSteps(
    { products, rounds }: StepsSize,
    onFigure: (figure: MeasuredFigure) => void,
): Promise<MeasuredFigure[]> {
    const [step2, step5] = [findStep('2'), findStep('5')];
    const figures = new MeasuredFigures(onFigure);
    for (const size of products) {
        const add = figures.of(size);
        const runs = { files: [] as number[], second: [] as Run[], fifth: [] as Run[] };
        await inShop(size, async (baseUrl) => {
            for (let round = 0; round < rounds; round++) {
                runs.files.push(await onFiles(step2, baseUrl));
                runs.second.push(await onPlatform(step2, baseUrl));
                runs.fifth.push(await onPlatform(step5, baseUrl));
            }
        });
        const onFilesSeconds = median(runs.files);
        const seconds = (some: readonly Run[]): number => median(some.map((run) => run.seconds));
        const calls = (some: readonly Run[]): number => median(some.map((run) => run.calls));
        add('step 2 on files', onFilesSeconds, 's');
        add('step 2 on the platform', seconds(runs.second), 's');
        add('step 5 on the platform', seconds(runs.fifth), 's');
        add('step 2, the platform beside files', seconds(runs.second) / onFilesSeconds, '×');
        add('step 5 beside step 2', seconds(runs.fifth) / seconds(runs.second), '×');
        add('step 5 beside step 2, API calls', calls(runs.fifth) / calls(runs.second), '×');
    }
    return figures.all;
}

/** Does some work with a shop of so many products open. */
async function inShop(products: number, work: (baseUrl: string) => Promise<void>): Promise<void> {
    const shop = spawn(process.execPath, [compiled('src/cli/shop.js'), '--products', String(products)]);
    try {
        const [line] = (await once(createInterface({ input: shop.stdout }), 'line')) as [string];
        await work(/http:\/\/\S+/.exec(line)![0]);
    } finally {
        shop.kill();
        await ended(shop);
    }
}

/** Runs a step as anyone does at home, with Crawlee's own storages, and returns the seconds that it took. */
async function onFiles(step: Step, baseUrl: string): Promise<number> {
    return inTemporaryFolder(async (dir) => {
        const store = join(dir, 'storage', 'key_value_stores', 'default');
        mkdirSync(store, { recursive: true });
        writeFileSync(join(store, 'INPUT.json'), JSON.stringify({ baseUrl }));
        const [program, ...args] = commandOf(step);
        const startedAt = performance.now();
        const child = spawn(program, args, { cwd: dir, env: homeEnvironment(), stdio: ['ignore', 'pipe', 'pipe'] });
        child.stdout.resume();
        child.stderr.resume();
        await ended(child);
        if (child.exitCode !== 0) throw new Error(`Step ${step.number} on files ended with ${child.exitCode}.`);
        return (performance.now() - startedAt) / 1_000;
    });
}

async function onPlatform(step: Step, baseUrl: string): Promise<Run> {
    return inTemporaryFolder(async (dir) => {
        let calls = 0;
        const moved = new MovedRun({
            actor: { name: `step-${step.number}`, command: commandOf(step), cwd: dir },
            plan: [],
            dir: join(dir, 'data'),
            timeoutMillis: 3_600_000,
            onEntry: ({ type }) => {
                if (type === 'call') calls++;
            },
        });
        try {
            await moved.open();
            const startedAt = performance.now();
            await moved.start({ input: { baseUrl } });
            const end = await moved.finished();
            if (end !== 'SUCCEEDED') throw new Error(`Step ${step.number} on the platform ended as ${end}.`);
            return { seconds: (performance.now() - startedAt) / 1_000, calls };
        } finally {
            await moved.close();
        }
    });
}

/** Nothing in it leads to a platform or to storages elsewhere. */
function homeEnvironment(): NodeJS.ProcessEnv {
    return Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(?:APIFY|ACTOR|CRAWLEE)_/.test(name)));
}

async function ended(child: ChildProcess): Promise<void> {
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
}
