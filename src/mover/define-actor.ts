import type { ActorDefinition, Platform } from '../platform/index.js';
import { pricingOf } from './pricing.js';

/** An Actor as a person names it: the platform makes up its id. */
export interface MovedActor extends Omit<ActorDefinition, 'id'> {
    /** Events that it charges for, and what each costs in US dollars. Without any, the API refuses its charges. */
    prices?: Readonly<Record<string, number>>;
    /** What is not as on Apify with it: a sentence that stands with each of its results. */
    note?: string;
}

/** A task as a person names it. */
export interface MovedTask {
    name: string;
    /** What the Actor is called that it starts: see `actorLabel`. */
    actor: string;
    input?: Readonly<Record<string, unknown>>;
}

/** What a person gives an Actor, besides what its files say. */
export interface GivenToActor {
    env: Readonly<Record<string, string>>;
    prices?: MovedActor['prices'] | undefined;
}

/** What a person gives comes before what the Actor's files say. */
export function withGiven<Actor extends MovedActor>(actor: Actor, { env, prices }: GivenToActor): Actor {
    return {
        ...actor,
        env: { ...actor.env, ...env },
        ...(prices && { prices: { ...actor.prices, ...prices } }),
    };
}

/** Makes an Actor known to a platform, with its prices. */
export function defineActor(
    platform: Platform,
    { prices, note: _, ...actor }: MovedActor & { id?: string },
): ActorDefinition {
    const defined = platform.define(actor);
    if (prices) {
        const change = { pricingInfos: [pricingOf(prices)] };
        platform.store.commit({ type: 'actor.changed', id: defined.id, change });
    }
    return defined;
}
