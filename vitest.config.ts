import { availableParallelism } from 'node:os';

import { defineConfig, type TestProjectInlineConfiguration } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Test files that replace modules, each in a process of its own. */
const WITH_MOCKS = [
    'solutions/5-exactly-once/asin-tracker.slow.test.ts',
    'src/platform/journal/journal.test.ts',
    'src/platform/run/untold-tree.test.ts',
    'src/platform/run/unwritable.slow.test.ts',
    'src/quiz/terminal-face.test.ts',
];
const NEVER = ['**/node_modules/**', 'dist/**', 'workspace/**'];
const SLOW = ['**/*.slow.test.ts'];

/** Runs slow files first, so that at the end no long one keeps a single worker busy. */
class SlowFirst extends BaseSequencer {
    override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
        const sorted = await super.sort(files);
        const isSlow = ({ moduleId }: TestSpecification): boolean => moduleId.endsWith('.slow.test.ts');
        return [...sorted.filter(isSlow), ...sorted.filter((file) => !isSlow(file))];
    }
}

/** How all tests are run. */
const test: TestProjectInlineConfiguration['test'] = {
    pool: 'forks',
    // So that @inquirer/testing can put its own screen in place of the terminal.
    server: { deps: { inline: ['inquirer', /@inquirer/] } },
    // Bounds what hangs, and nothing else: a trial boots an Actor several times, on a machine that may be busy.
    testTimeout: 300_000,
    // Trials that run side by side in one file; more would only slow each other down.
    maxConcurrency: 2,
    hookTimeout: 300_000,
};

/** `--mode quick` leaves the slow files out. */
export default defineConfig(({ mode }) => {
    const left = mode === 'quick' ? SLOW : [];
    return {
        test: {
            sequence: { sequencer: SlowFirst },
            globalSetup: ['src/checks/build-before-tests.ts'],
            // Most tests wait for child processes, so two workers keep even two cores busy, while more of them
            // would make each other's Actors slow to boot.
            maxWorkers: Math.max(2, Math.floor(availableParallelism() / 2)),
            projects: [
                {
                    // A process for many files, so that not each of them loads the platform anew.
                    test: {
                        ...test,
                        name: 'together',
                        isolate: false,
                        include: ['{src,solutions,quiz,lessons,exercises}/**/*.test.ts'],
                        exclude: [...NEVER, ...WITH_MOCKS, ...left],
                    },
                },
                { test: { ...test, name: 'alone', include: WITH_MOCKS, exclude: [...NEVER, ...left] } },
            ],
        },
    };
});
