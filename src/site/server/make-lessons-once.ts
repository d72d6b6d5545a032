import { setImmediate } from 'node:timers/promises';

import { readingPages } from '../course-pages.js';
import { learnersPlace } from '../learners-place.js';
import { PLACES } from '../places.js';

/**
 * Makes each lesson's page once, so that no reader waits for what takes long the first time: recordings are read, and
 * code is coloured. Calls have their turn between two pages.
 */
export async function makeLessonsOnce(signal: AbortSignal): Promise<void> {
    try {
        const learner = learnersPlace(() => {});
        for (const [place, make] of readingPages()) {
            if (!place.startsWith(PLACES.lessons)) continue;
            await setImmediate();
            if (signal.aborted) return;
            make({ place, isLive: true }, learner);
        }
    } catch {
        // Whoever opens the page is told.
    }
}
