import { expect, test } from 'vitest';

import { afterExit, type Exit, type Intent } from './after-exit.js';

const exit = (changes: Partial<Exit>): Exit => ({
    intent: 'none',
    ownExitCode: undefined,
    restartOnError: false,
    recentRestarts: 0,
    restartLimit: 3,
    ...changes,
});
const boot = (reason: string) => ({ next: 'boot', reason });
const end = (status: string) => ({ next: 'end', status });

test.each<[Intent, ownExitCode: number | undefined, expected: object]>([
    ['none', 0, end('SUCCEEDED')],
    ['none', 1, end('FAILED')],
    ['none', 91, end('FAILED')],
    ['none', 137, end('FAILED')],
    // The trap: an Actor that exits by itself on `migrating` has finished.
    ['migrating', 0, end('SUCCEEDED')],
    ['migrating', 1, boot('migration')],
    ['migrating', undefined, boot('migration')],
    ['rebooting', undefined, boot('reboot')],
    ['rebooting', 0, boot('reboot')],
    ['metamorphing', undefined, boot('metamorph')],
    ['crashing', undefined, boot('crash')],
    ['aborting', undefined, end('ABORTED')],
    ['aborting', 0, end('ABORTED')],
    ['aborting', 1, end('ABORTED')],
    ['timing-out', undefined, end('TIMED-OUT')],
    ['timing-out', 0, end('TIMED-OUT')],
])('%s and exit code %s of its own: %j', (intent, ownExitCode, expected) => {
    expect(afterExit(exit({ intent, ownExitCode }))).toEqual(expected);
});

test.each([
    [0, boot('restart')],
    [2, boot('restart')],
    [3, end('FAILED')],
    [4, end('FAILED')],
])('with restart on error, after %i recent restarts of 3, a failure leads to %j', (recentRestarts, expected) => {
    expect(afterExit(exit({ ownExitCode: 1, restartOnError: true, recentRestarts }))).toEqual(expected);
});

test('restart on error does not restart a run that has succeeded, was aborted or timed out', () => {
    const restartOnError = true;
    expect(afterExit(exit({ ownExitCode: 0, restartOnError }))).toEqual(end('SUCCEEDED'));
    expect(afterExit(exit({ intent: 'aborting', ownExitCode: 1, restartOnError }))).toEqual(end('ABORTED'));
    expect(afterExit(exit({ intent: 'timing-out', ownExitCode: 1, restartOnError }))).toEqual(end('TIMED-OUT'));
});
