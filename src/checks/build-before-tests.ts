import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import path from 'node:path';

import type { TestProject } from 'vitest/node';

const root = path.join(import.meta.dirname, '../..');

/** The compiler's exit code for type errors that didn't keep it from writing its output. */
const WRITTEN_DESPITE_ERRORS = 2;

/**
 * Compiles into `dist/` as `npm run build` does, but with no shell between and on the Node that runs the tests.
 * Type errors are shown but don't stop the tests of what is sound: `npm run typecheck` is what fails on them.
 */
function build(): void {
    const typescript = createRequire(import.meta.url).resolve('typescript/package.json');
    const compiler = path.join(path.dirname(typescript), 'bin', 'tsc');
    const { status, error } = spawnSync(process.execPath, [compiler, '-p', 'tsconfig.build.json'], {
        cwd: root,
        stdio: 'inherit',
    });
    if (status !== 0 && status !== WRITTEN_DESPITE_ERRORS) throw failure(status, error);
    for (const script of ['build-quiz.js', 'build-replay.js', 'build-site.js']) {
        const built = spawnSync(process.execPath, [`dist/src/cli/${script}`], { cwd: root, stdio: 'inherit' });
        if (built.status !== 0) throw failure(built.status, built.error);
    }
}

function failure(status: number | null, cause: Error | undefined): Error {
    return new Error(`The build before the tests failed with exit code ${status}: run npm run build.`, { cause });
}

/** Vitest's global setup: tests start Actors and commands from `dist/`, so it is fresh before the first test. */
export function setup(project: TestProject): void {
    build();
    project.onTestsRerun(async () => build());
}
