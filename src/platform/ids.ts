import { createHash, randomBytes, randomInt } from 'node:crypto';

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/** A random id in the form of Apify's resource ids: 17 alphanumeric characters. */
export function resourceId(): string {
    return Array.from({ length: 17 }, () => ALPHABET[randomInt(ALPHABET.length)]).join('');
}

/** The id of an Actor that is known by its name alone: the same name gives the same id, so its runs are found again. */
export function actorId(name: string): string {
    const hash = createHash('sha256').update(name).digest();
    return Array.from({ length: 17 }, (_, i) => ALPHABET[hash[i]! % ALPHABET.length]).join('');
}

/** A random API token. Real tokens start with `apify_api_`; this one says where it is good. */
export function apiToken(): string {
    return `local_${randomBytes(24).toString('base64url')}`;
}

/** The id that the API gives to a request: 15 characters of the base64 SHA-256 of its unique key. */
export function requestId(uniqueKey: string): string {
    const hash = createHash('sha256').update(uniqueKey).digest('base64');
    // A text of its own: a slice would keep the whole hash in memory, of each of many requests.
    return Buffer.from(hash.replace(/[+/=]/g, ''), 'latin1').toString('latin1', 0, 15);
}
