import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { describe, expect, it, onTestFinished } from 'vitest';

import { commandOf, STEPS } from './steps.js';
import { prove, type ProofOptions } from './prove.js';

const options = (number: number): ProofOptions => ({
    actor: { name: `step-${number}`, command: commandOf(STEPS[number]!), cwd: process.cwd() },
    fault: 'crash',
    shop: { products: 3 },
    jobs: 2,
    seed: 1,
    dir: temporaryFolder(),
});

/** For the undisturbed run's trace. */
function temporaryFolder(): string {
    const dir = mkdtempSync(join(tmpdir(), 'actors-move-'));
    onTestFinished(() => rmSync(dir, { recursive: true, force: true, maxRetries: 3 }));
    return dir;
}

it('all crash points in a random order end with the first that shows what is wrong', async () => {
    const { summary } = await prove({ ...options(4), bail: true });

    expect(summary.outcomes.hung).toBe(0);
    expect(summary.outcomes.exact).toBeLessThan(summary.points);
}, 600_000);

/** Every state of a crash is proven where the recorded proofs are made anew. */
describe('a sample of crash points', () => {
    it.each(['migrate', 'abort'] as const)(
        'shows step 5 to be exact under "%s"',
        async (fault) => {
            // A graceful fault needs a living process, so that each of its points is a whole run and a half.
            const { trials } = await prove({ ...options(5), fault, sample: 2 });

            expect(trials.map(({ point, outcome }) => `${point.label}: ${outcome}`)).toEqual(
                trials.map(({ point }) => `${point.label}: exact`),
            );
        },
        120_000,
    );

    it('of several faults in a row finds step 5 exact, too', async () => {
        const { summary } = await prove({ ...options(5), pairs: 2 });

        expect(summary.outcomes).toMatchObject({ exact: 2 });
    }, 120_000);
});

it('counts a trial that hangs as failed, and says so', async () => {
    const { summary } = await prove({ ...options(2), sample: 1, timeoutMillis: 1 });

    expect(summary.outcomes).toMatchObject({ hung: 1, exact: 0 });
});

it('proves nothing about an Actor that is wrong when nobody disturbs it', async () => {
    const actor = { name: 'wrong', command: [process.execPath, '-e', ''] as [string, ...string[]], cwd: process.cwd() };

    await expect(prove({ ...options(0), actor })).rejects.toThrow(/Undisturbed/);
});
