import * as crawlee from '@crawlee/cheerio';
import * as apify from 'apify';

/** What can stand behind the dot of a name: `Actor` has `init`, `crawler` has `run`. */
export type Members = ReadonlyMap<string, ReadonlySet<string>>;

const EXPORTS: Readonly<Record<string, unknown>> = { ...crawlee, ...apify, crawler: crawlee.CheerioCrawler };

/**
 * The members of every class that the installed SDK and Crawlee export, by the class's name; and those of a `crawler`,
 * as code samples call theirs.
 */
export function sdkMembers(): Members {
    return new Map(Object.entries(EXPORTS).flatMap(([name, one]) => (isClass(one) ? [[name, membersOf(one)]] : [])));
}

/** The names of the events that the SDK emits. */
export function sdkEvents(): ReadonlySet<string> {
    return new Set(Object.values(EXPORTS.EventType as Record<string, string>));
}

interface Class {
    prototype: object;
}

function isClass(value: unknown): value is Class {
    return typeof value === 'function' && value.toString().startsWith('class');
}

/** A field is on no prototype: it shows in the source of the class, where its constructor sets it. */
const FIELD = /defineProperty\(this, "(\w+)"|\bthis\.(\w+) = /g;

function membersOf(one: Class): Set<string> {
    const members = new Set<string>();
    for (let at: unknown = one; isClass(at); at = Object.getPrototypeOf(at)) {
        const fields = [...String(at).matchAll(FIELD)].map((match) => (match[1] ?? match[2])!);
        const names = [...Object.getOwnPropertyNames(at), ...Object.getOwnPropertyNames(at.prototype), ...fields];
        for (const name of names) members.add(name);
    }
    return members;
}
