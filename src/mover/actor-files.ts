import { join } from 'node:path';

import * as v from 'valibot';

import { UsageError } from '../base/usage-error.js';
import type { ActorDefinition } from '../platform/index.js';
import { isPlainName } from '../trace/safe-names.js';
import { STORAGE_KINDS } from '../trace/storage-kinds.js';
import { defaultsOf, readInputSchema } from './input-schema.js';
import { readJson } from './read-json.js';

/** What the files of an Actor say of it, besides how it is started. What they don't say is left out. */
export interface ActorFiles extends Pick<ActorDefinition, 'env' | 'aliases' | 'inputDefaults'> {
    /** Events that it charges for, and what each costs in US dollars. */
    prices?: Record<string, number>;
    /** Variables whose values are secrets of an account, such as `@apiKey`: they are not in `env`. */
    secrets?: string[];
}

const VARIABLE = v.union([v.string(), v.number(), v.boolean()]);
const ALIASES = v.optional(v.record(v.string(), v.unknown()), {});
const ACTOR_FILE = v.looseObject({
    environmentVariables: v.optional(v.record(v.string(), VARIABLE), {}),
    storages: v.optional(v.looseObject({ datasets: ALIASES, keyValueStores: ALIASES, requestQueues: ALIASES })),
});
const EVENTS = v.record(v.string(), v.looseObject({ eventPriceUsd: v.number() }));
const PRICE_FILE = v.union([EVENTS, v.array(EVENTS)]);

/**
 * Reads `.actor/` of the Actor in a folder: its variables and storage aliases from `actor.json`, its prices from
 * `pay_per_event.json`, and the default values of its input schema.
 *
 * Source: https://docs.apify.com/platform/actors/development/actor-definition/actor-json
 *
 * @throws UsageError when a file can't be used.
 */
export async function readActorFiles(cwd: string): Promise<ActorFiles> {
    const actor = await readJson(join(cwd, '.actor', 'actor.json'), ACTOR_FILE);
    const prices = await readJson(join(cwd, '.actor', 'pay_per_event.json'), PRICE_FILE);
    const schema = await readInputSchema(cwd).catch((error: unknown) => {
        // Whoever needs the schema itself says so.
        if (error instanceof UsageError) return undefined;
        throw error;
    });
    const variables = Object.entries(actor?.environmentVariables ?? {}).map(([name, value]) => [name, String(value)]);
    const [secret, plain] = [true, false].map((wanted) =>
        variables.filter(([, value]) => value!.startsWith('@') === wanted),
    );
    const aliases = actor?.storages ? aliasesOf(actor.storages) : {};
    const defaults = schema ? defaultsOf(schema) : {};
    return {
        ...(plain!.length > 0 && { env: Object.fromEntries(plain!) as Record<string, string> }),
        ...(secret!.length > 0 && { secrets: secret!.map(([name]) => name!) }),
        ...(Object.keys(aliases).length > 0 && { aliases }),
        ...(prices && { prices: pricesOf([prices].flat()) }),
        ...(Object.keys(defaults).length > 0 && { inputDefaults: defaults }),
    };
}

function aliasesOf(storages: NonNullable<v.InferOutput<typeof ACTOR_FILE>['storages']>): ActorFiles['aliases'] & {} {
    return Object.fromEntries(
        Object.values(STORAGE_KINDS).flatMap(({ kind, inLists }) => {
            const aliases = Object.keys(storages[inLists]).filter((alias) => alias !== 'default');
            const wrong = aliases.find((alias): boolean => !isPlainName(alias));
            if (wrong !== undefined) {
                throw new UsageError(`.actor/actor.json has the alias '${wrong}' for a storage: leave out / \\ and :.`);
            }
            return aliases.length === 0 ? [] : [[kind, aliases]];
        }),
    );
}

function pricesOf(lists: readonly v.InferOutput<typeof EVENTS>[]): Record<string, number> {
    const events = lists.flatMap((list) => Object.entries(list));
    return Object.fromEntries(events.map(([event, { eventPriceUsd }]) => [event, eventPriceUsd]));
}
