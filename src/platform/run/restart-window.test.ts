import { expect, test } from 'vitest';

import { RestartWindow } from './restart-window.js';

test('a window has room for so many restarts within its time, and again when one has left it', () => {
    const restarts = new RestartWindow(3, 60_000);
    for (const at of [0, 10_000, 20_000]) {
        expect(restarts.hasRoom(at)).toBe(true);
        restarts.add(at);
    }
    expect(restarts.hasRoom(30_000)).toBe(false);
    expect(restarts.hasRoom(59_999)).toBe(false);
    expect(restarts.hasRoom(60_000)).toBe(true);
    restarts.add(60_000);
    expect(restarts.hasRoom(60_001)).toBe(false);
    restarts.clear();
    expect(restarts.hasRoom(60_001)).toBe(true);
});

test('a limit of none leaves no room', () => {
    expect(new RestartWindow(0, 60_000).hasRoom(0)).toBe(false);
});
