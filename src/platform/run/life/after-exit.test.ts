import { expect, test } from 'vitest';

import { afterExit, type Exit } from './after-exit.js';

const exit = (changes: Partial<Exit>): Exit => ({
    reason: 'none',
    exitCode: 137,
    wasKilled: false,
    mayRestart: false,
    ...changes,
});
const boot = (reason: string) => ({ next: 'boot', reason });
const end = (status: string) => ({ next: 'end', status });

/** The exit code of a process that ended by itself; that of a killed one says nothing. */
test.each<[Exit['reason'], exitCode: number | 'killed', expected: object]>([
    ['none', 0, end('SUCCEEDED')],
    ['none', 1, end('FAILED')],
    ['none', 91, end('FAILED')],
    ['none', 137, end('FAILED')],
    // The trap: an Actor that exits by itself on `migrating` has finished.
    ['migration', 0, end('SUCCEEDED')],
    ['migration', 1, boot('migration')],
    ['migration', 'killed', boot('migration')],
    ['reboot', 'killed', boot('reboot')],
    ['reboot', 0, boot('reboot')],
    ['migration-reboot', 'killed', boot('reboot')],
    ['migration-reboot', 0, boot('reboot')],
    ['migration-reboot', 1, boot('reboot')],
    ['metamorph', 'killed', boot('metamorph')],
    ['crash', 'killed', boot('crash')],
    ['failure', 'killed', end('FAILED')],
    ['failure', 0, end('SUCCEEDED')],
    ['abort', 'killed', end('ABORTED')],
    ['abort', 0, end('ABORTED')],
    ['abort', 1, end('ABORTED')],
    ['shutdown', 'killed', end('ABORTED')],
    ['timeout', 'killed', end('TIMED-OUT')],
    ['timeout', 0, end('TIMED-OUT')],
])('%s and exit code %s: %j', (reason, code, expected) => {
    const wasKilled = code === 'killed';
    expect(afterExit(exit({ reason, exitCode: wasKilled ? 137 : code, wasKilled }))).toEqual(expected);
});

test('a kill that came when the process had just ended by itself counts as a kill in a migration', () => {
    expect(afterExit(exit({ reason: 'migration', exitCode: 0, wasKilled: true }))).toEqual(boot('migration'));
});

test.each(['none', 'failure'] as const)(
    'with a restart left, %s leads to one when the exit code is not 0',
    (reason) => {
        expect(afterExit(exit({ reason, exitCode: 1, mayRestart: true }))).toEqual(boot('restart'));
        expect(afterExit(exit({ reason, exitCode: 0, mayRestart: true }))).toEqual(end('SUCCEEDED'));
    },
);

test('restart on error does not restart a run that has succeeded, was aborted or timed out', () => {
    const mayRestart = true;
    expect(afterExit(exit({ exitCode: 0, mayRestart }))).toEqual(end('SUCCEEDED'));
    expect(afterExit(exit({ reason: 'abort', exitCode: 1, mayRestart }))).toEqual(end('ABORTED'));
    expect(afterExit(exit({ reason: 'timeout', exitCode: 1, mayRestart }))).toEqual(end('TIMED-OUT'));
});
