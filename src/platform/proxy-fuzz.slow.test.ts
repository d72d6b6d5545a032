import { expect, test } from 'vitest';

import { attackProxy } from './fixtures/hostile-upstream.js';

const UPSTREAMS = 10_000;
/** Half a minute's work, of which other processes may take most. */
const BUSY_MACHINE_MILLIS = 1_800_000;

test(
    `${UPSTREAMS} hostile web servers end no platform: each gets its page passed on, or a 502, or is cut`,
    async () => {
        const { complaints, statuses, isAlive } = await attackProxy(UPSTREAMS);
        expect(complaints).toEqual([]);
        expect(isAlive).toBe(true);
        // Enough got far enough to be worth it.
        expect(statuses.get(200)).toBeGreaterThan(UPSTREAMS / 5);
        expect(statuses.get(502)).toBeGreaterThan(UPSTREAMS / 5);
    },
    BUSY_MACHINE_MILLIS,
);
