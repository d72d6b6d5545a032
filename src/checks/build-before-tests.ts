import { execFileSync } from 'node:child_process';
import { createRequire } from 'node:module';
import path from 'node:path';

import type { TestProject } from 'vitest/node';

const root = path.join(import.meta.dirname, '../..');

/** Compiles into `dist/`, as `npm run build` does, but with no shell between and on the Node that runs the tests. */
function build(): void {
    const typescript = createRequire(import.meta.url).resolve('typescript/package.json');
    const compiler = path.join(path.dirname(typescript), 'bin', 'tsc');
    execFileSync(process.execPath, [compiler, '-p', 'tsconfig.build.json'], { cwd: root, stdio: 'inherit' });
}

/** Vitest's global setup: tests start Actors and commands from `dist/`, so it is fresh before the first test. */
export function setup(project: TestProject): void {
    build();
    project.onTestsRerun(async () => build());
}
