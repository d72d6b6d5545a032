import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { compiled } from '../../base/paths.js';
import { isAlive } from '../../base/is-alive.js';
import { SMALL_ADVICE, submit } from '../fixtures/small-submissions.js';
import { SMALL_EXERCISES } from './exercises.js';
import { tryExercise } from './try-exercise.js';

let folder: string;

beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'actors-move-'));
});

afterAll(() => rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 }));

const SUBMISSIONS = SMALL_EXERCISES.flatMap((exercise) =>
    Object.entries(SMALL_ADVICE[exercise.folder] ?? {}).map(([name, advice]) => ({
        number: exercise.number,
        name,
        advice,
        exercise,
    })),
);

describe.concurrent('a small exercise', { timeout: 300_000 }, () => {
    it.each(SMALL_EXERCISES)('is passed by its solution: $number $title', async (exercise) => {
        const dir = submit(join(folder, `${exercise.number}-solution`), exercise, 'solution');

        const { isPassed, report, problem } = await tryExercise(exercise, { dir });

        expect({ isPassed, finding: report?.finding, problem }).toEqual({ isPassed: true });
    });

    it.each(SUBMISSIONS)('$number: $name gets the advice $advice', async ({ exercise, name, advice }) => {
        const dir = submit(join(folder, `${exercise.number}-${name}`), exercise, name);

        const { isPassed, report, problem } = await tryExercise(exercise, { dir });

        expect({ isPassed, advice: report?.finding?.advice, problem }).toEqual({ isPassed: false, advice });
    });
});

describe('a small Actor that never ends', { timeout: 300_000 }, () => {
    const LOG_ITS_PID = "import { Actor } from 'apify';\nawait Actor.init();\nconsole.log(`pid ${process.pid}`);\n";

    it.each([
        ['that does nothing any more', 'for (let i = 0; ; i++) globalThis.i = i;\n', 'stalled'],
        [
            'that floods its log',
            "for (;;) { console.log('again '.repeat(1_000)); await new Promise(setImmediate); }\n",
            'log',
        ],
    ])('is ended: one %s', async (_, loop, advice) => {
        const [exercise] = SMALL_EXERCISES;
        const dir = join(folder, `never-ends-${advice}`);
        mkdirSync(dir, { recursive: true });
        writeFileSync(join(dir, 'main.js'), LOG_ITS_PID + loop);

        const { report, runs } = await tryExercise(exercise!, { dir, limits: { patienceMillis: 20_000 } });

        expect(report?.finding?.advice).toBe(advice);
        const boot = runs[0]!.trace.entries.find((entry) => entry.type === 'run.boot');
        expect(boot?.type === 'run.boot' && isAlive(boot.pid)).toBe(false);
        expect(readdirSync(compiled('workspace')).filter((name) => name.startsWith(`${process.pid}-`))).toEqual([]);
    });

    it('is ended when nobody wants to know any more', async () => {
        const [exercise] = SMALL_EXERCISES;
        const dir = submit(join(folder, 'stopped'), exercise!, 'solution');
        const stop = new AbortController();
        stop.abort();

        expect(await tryExercise(exercise!, { dir, signal: stop.signal })).toMatchObject({ isPassed: false, runs: [] });
    });
});
