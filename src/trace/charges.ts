import type { RunRecord } from './runs.js';

/** The platform itself charges for each row of the default dataset when the Actor has a price for that. */
const ITEM_EVENT = 'apify-default-dataset-item';
/** And for each start: once for each GB of memory, once at least. */
const START_EVENT = 'apify-actor-start';

/**
 * How often each event of a run was charged: through the API, and by the platform itself. Events of the Actor's price
 * list that were not are there with 0; without a price list nothing is charged.
 *
 * Source: https://docs.apify.com/platform/actors/publishing/monetize/pay-per-event
 *
 * @param rows How many rows its default dataset has.
 * @param starts How often it was started: once, and again with each resurrection.
 */
export function chargesOf(run: RunRecord, rows: number, starts = 1 + run.resurrectCount): Record<string, number> {
    const events = Object.keys(run.pricingInfo?.pricingPerEvent?.actorChargeEvents ?? {});
    const counts = { ...Object.fromEntries(events.map((event) => [event, 0])), ...run.chargedEventCounts };
    if (ITEM_EVENT in counts) counts[ITEM_EVENT] = rows;
    if (START_EVENT in counts) counts[START_EVENT] = starts * Math.max(1, Math.floor(run.memoryMbytes / 1_024));
    return counts;
}
