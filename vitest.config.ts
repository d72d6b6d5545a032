import { availableParallelism } from 'node:os';

import { defineConfig } from 'vitest/config';

export default defineConfig({
    test: {
        include: ['{src,solutions,quiz,lessons,exercises}/**/*.test.ts'],
        exclude: ['**/node_modules/**', 'dist/**', 'workspace/**'],
        globalSetup: ['src/checks/build-before-tests.ts'],
        pool: 'forks',
        // So that @inquirer/testing can put its own screen in place of the terminal.
        server: { deps: { inline: ['inquirer', /@inquirer/] } },
        // Most tests wait for child processes, so two workers keep even two cores busy, while more of them
        // would make each other's Actors slow to boot.
        maxWorkers: Math.max(2, Math.floor(availableParallelism() / 2)),
        // Bounds what hangs, and nothing else: a trial boots an Actor several times, on a machine that may be busy.
        testTimeout: 300_000,
        // Trials that run side by side in one file; more would only slow each other down.
        maxConcurrency: 2,
        hookTimeout: 300_000,
    },
});
