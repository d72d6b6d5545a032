import { existsSync } from 'node:fs';
import { join } from 'node:path';

import { plainText } from '../base/plain-text.js';
import { STORAGE_KINDS, type StorageKind } from '../trace/storage-kinds.js';
import type { Trace } from '../trace/trace.js';
import type { MovedActor } from './define-actor.js';
import type { Moved } from './move.js';

/**
 * What the SDK says of an alias that is not in `ACTOR_STORAGES_JSON`, and not the line of its code that Node shows above.
 *
 * Source: `resolveStorageIdentifier` in `storage.js` of the package apify 3.7.2.
 */
const UNDECLARED = /Storage alias "([^"{}]+)" not found in ACTOR_STORAGES_JSON for storage type "(\w+)"/;

/** Storages by what Crawlee's classes are called. */
const KINDS: Readonly<Record<string, StorageKind>> = {
    Dataset: 'datasets',
    KeyValueStore: 'key-value-stores',
    RequestQueue: 'request-queues',
};

/** Runs for which an alias is added to those before. */
const MAX_ATTEMPTS = 20;

/** A storage by the name that an Actor has for it. */
interface Alias {
    kind: StorageKind;
    alias: string;
}

/** The alias that a log says nothing declares; undefined when it says so of none. */
export function undeclaredAliasIn(log: string): Alias | undefined {
    const [, alias, type = ''] = UNDECLARED.exec(log) ?? [];
    const kind = KINDS[type];
    return alias === undefined || kind === undefined ? undefined : { kind, alias };
}

/** What the run that a trace tried has printed, line by line, without colours. */
export function linesOf(trace: Trace): string[] {
    return [...trace.tried()].flatMap(([, entry]) =>
        entry.type === 'line' && entry.runId === trace.runId ? [plainText(entry.text)] : [],
    );
}

/**
 * Runs an Actor, and once more with each storage alias for which it fails, where no `.actor/actor.json` could say which
 * ones it has. Where that file is, the Actor fails as on Apify.
 *
 * @param run Runs it; `attempt` counts from 0.
 */
export async function withItsAliases(
    actor: MovedActor,
    run: (actor: MovedActor, attempt: number) => Promise<Moved>,
): Promise<{ actor: MovedActor; moved: Moved }> {
    const isDescribed = existsSync(join(actor.cwd, '.actor', 'actor.json'));
    const opened: Alias[] = [];
    for (let attempt = 0; ; attempt++) {
        const known = opened.length === 0 ? actor : { ...actor, ...declared(opened) };
        const moved = await run(known, attempt);
        const asked =
            isDescribed || moved.leftovers.ended !== 'FAILED'
                ? undefined
                : undeclaredAliasIn(linesOf(moved.trace).join('\n'));
        const isNew = asked && !opened.some(({ kind, alias }) => kind === asked.kind && alias === asked.alias);
        if (!isNew || attempt === MAX_ATTEMPTS) return { actor: known, moved };
        opened.push(asked);
    }
}

function declared(opened: readonly Alias[]): Pick<MovedActor, 'aliases' | 'note'> {
    const kinds = Object.values(STORAGE_KINDS).map(({ kind }) => kind);
    const aliases = kinds.map((kind) => [kind, opened.flatMap((one) => (one.kind === kind ? [one.alias] : []))]);
    const names = opened.map(({ alias }) => `'${alias}'`).join(', ');
    return {
        aliases: Object.fromEntries(aliases) as MovedActor['aliases'] & {},
        note:
            `No .actor/actor.json says which storage aliases it has, so it was given ${names}. ` +
            "On Apify it fails unless 'storages' in that file declares what it opens.",
    };
}
