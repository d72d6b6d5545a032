/** Pay per event, as the API tells it. Source: https://docs.apify.com/api/v2/act-put */
export function pricingOf(prices: Readonly<Record<string, number>>): { pricingModel: string; pricingPerEvent: object } {
    const events = Object.entries(prices).map(([name, eventPriceUsd]) => {
        return [name, { eventTitle: name, eventDescription: name, eventPriceUsd }];
    });
    return {
        pricingModel: 'PAY_PER_EVENT',
        pricingPerEvent: { actorChargeEvents: Object.fromEntries(events) as Record<string, unknown> },
    };
}
