/** One price list of an Actor in the API's shape, valid from `startedAt` on. */
export interface PricingInfo {
    pricingModel: string;
    /** ISO time. */
    startedAt?: string;
    pricingPerEvent?: { actorChargeEvents?: Record<string, unknown> };
    [field: string]: unknown;
}

/** What was set for an Actor through the API. What starts it is told to the platform and not kept. */
export interface ActorSettings {
    title?: string;
    description?: string;
    pricingInfos?: PricingInfo[];
}

/** The price list that holds at a moment (milliseconds since the epoch): the one that began last. */
export function pricingAt({ pricingInfos = [] }: ActorSettings, now: number): PricingInfo | undefined {
    const startOf = ({ startedAt }: PricingInfo): number => (startedAt === undefined ? 0 : Date.parse(startedAt));
    const begun = pricingInfos.filter((info) => startOf(info) <= now);
    return begun.toSorted((a, b) => startOf(a) - startOf(b)).at(-1);
}
