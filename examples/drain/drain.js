import { setTimeout as sleep } from 'node:timers/promises';

import { Actor, log } from 'apify';

/** How long to wait at most where nobody says how much time is left. An abort leaves 30 seconds. */
const MAX_WAIT_MILLIS = 15_000;

/**
 * Before the process is moved or aborted: waits until the crawlers work on nothing any more, then calls `save`.
 * To be called after Actor.init() and before crawler.run(). `save` is called more than once.
 */
export function saveBeforeMoving(crawlers, save) {
    crawlers.forEach(inFlight); // Fails now, if it can't see what is in flight.
    let deadline;
    const drain = async ({ timeRemainingSecs = Infinity } = {}) => {
        // The SDK calls its listeners twice in a migration, the second time without a payload.
        deadline ??= Date.now() + Math.min(MAX_WAIT_MILLIS, (timeRemainingSecs - 1) * 1_000);
        const isBusy = () => crawlers.some((crawler) => inFlight(crawler) > 0);
        while (isBusy() && Date.now() < deadline) await sleep(20);
        if (isBusy()) log.warning('Requests are still in flight: what they count from now on is not saved.');
        await save();
    };
    Actor.on('migrating', drain);
    Actor.on('aborting', drain);
}

/** Number of requests that are being fetched or handled. Before crawler.run() there is no pool, and nothing in flight. */
function inFlight(crawler) {
    if (!('autoscaledPool' in crawler)) throw new Error('This crawler has no autoscaledPool: it is not one of Crawlee 3.');
    return crawler.autoscaledPool?.currentConcurrency ?? 0;
}
