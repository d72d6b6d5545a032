/**
 * Adds up vitest's JSON reports in a folder and prints `N passed, N failed` alone on a line, with `, N skipped` when
 * there are any. Prints nothing when no test ran. A test file that could not be loaded counts as one failed test.
 *
 * Usage: node .ci/count-tests.js FOLDER
 */
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';

const folder = process.argv[2];
const total = { passed: 0, failed: 0, skipped: 0 };
const reports = readdirSync(folder).filter((name) => name.endsWith('.json'));

for (const name of reports) {
    const report = JSON.parse(readFileSync(path.join(folder, name), 'utf8'));
    total.passed += report.numPassedTests;
    total.failed += report.numFailedTests;
    total.failed += report.testResults.filter(
        (file) => file.status === 'failed' && !file.assertionResults.length,
    ).length;
    total.skipped += report.numPendingTests + report.numTodoTests;
}

if (reports.length > 0) {
    const skipped = total.skipped > 0 ? `, ${total.skipped} skipped` : '';
    console.log(`${total.passed} passed, ${total.failed} failed${skipped}`);
}
