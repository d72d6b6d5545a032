import { afterEach, beforeEach, expect, it, vi } from 'vitest';

import { Freeze, HOLD_MILLIS } from './freeze.js';

beforeEach(() => {
    vi.useFakeTimers();
});
afterEach(() => {
    vi.useRealTimers();
});

/** Makes a freeze, and says at any time whether it still holds. */
function frozen(untilExit = false): { freeze: Freeze; holdsAfter: (millis: number) => Promise<boolean> } {
    const freeze = new Freeze(untilExit, HOLD_MILLIS);
    let holds = true;
    void freeze.thawed.then(() => (holds = false));
    return {
        freeze,
        holdsAfter: async (millis) => {
            await vi.advanceTimersByTimeAsync(millis);
            return holds;
        },
    };
}

it('holds as long as the Actor is not told, whatever it saves', async () => {
    const { freeze, holdsAfter } = frozen();
    freeze.saved();

    expect(await holdsAfter(60_000)).toBe(true);
    expect(freeze.isTold).toBe(false);
});

it('ends some time after the Actor is told', async () => {
    const { freeze, holdsAfter } = frozen();
    freeze.tell();

    expect(freeze.isTold).toBe(true);
    expect(await holdsAfter(HOLD_MILLIS - 1)).toBe(true);
    expect(await holdsAfter(1)).toBe(false);
});

it('ends when the Actor has saved, and with room for a second save', async () => {
    const { freeze, holdsAfter } = frozen();
    freeze.tell();
    freeze.saved();

    expect(await holdsAfter(100)).toBe(true);
    freeze.saved();
    expect(await holdsAfter(100)).toBe(false);
});

it('does not end at a save where only the exit counts', async () => {
    const { freeze, holdsAfter } = frozen(true);
    freeze.tell();
    freeze.saved();

    expect(await holdsAfter(HOLD_MILLIS - 1)).toBe(true);
    expect(await holdsAfter(1)).toBe(false);
});

it('can be ended at any time, and leaves no timer', async () => {
    const { freeze, holdsAfter } = frozen();
    freeze.tell();
    freeze.saved();
    freeze.thaw();

    expect(vi.getTimerCount()).toBe(0);
    expect(await holdsAfter(0)).toBe(false);
});
