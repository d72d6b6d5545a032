import { setTimeout as sleep } from 'node:timers/promises';

import { Actor, log } from 'apify';

/**
 * Before the process is moved or aborted: waits until the crawlers work on nothing any more, then calls `save`.
 * To be called after Actor.init() and before crawler.run(). In a migration `save` is called twice.
 */
export function saveBeforeMoving(crawlers, save) {
    const isBusy = () => crawlers.some((crawler) => inFlight(crawler) > 0);
    isBusy(); // Fails now if it can't see what is in flight.
    let deadline;
    const drain = async ({ timeRemainingSecs = 16 } = {}) => {
        // In a migration it is called again, with an empty object.
        const millis = Math.min(15_000, (timeRemainingSecs - 1) * 1_000);
        deadline ??= Date.now() + millis;
        while (isBusy() && Date.now() < deadline) await sleep(20);
        if (isBusy()) log.warning('Saved without what is in flight.');
        await save();
    };
    Actor.on('migrating', drain);
    Actor.on('aborting', drain);
}

/** Requests that are being fetched or handled: none before run(). */
function inFlight(crawler) {
    if ('autoscaledPool' in crawler) {
        return crawler.autoscaledPool?.currentConcurrency ?? 0;
    }
    throw new Error('The drain needs a crawler of Crawlee 3.');
}
