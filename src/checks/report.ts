import type { Problem } from './repository.js';

/**
 * Prints what a check has found, one line a problem, and sets the exit code.
 *
 * @param what What was checked, as the last line begins: `Content`.
 * @param seen What it has looked at, for when nothing is wrong: `3 files`.
 */
export function report(what: string, problems: readonly Problem[], seen: string): void {
    for (const { file, line, message } of problems) console.error(`${file}:${line}: ${message}`);
    if (problems.length === 0) {
        console.log(`${what}: ${seen}, no problem.`);
        return;
    }
    console.error(`\n${what}: ${problems.length} problem${problems.length === 1 ? '' : 's'}.`);
    process.exitCode = 1;
}
