import type { TraceEntry } from './recorded.js';

/** What stands where something was left out. */
export const LEFT_OUT = '…';

/** Shorter values would be found everywhere. */
const MIN_SECRET_LENGTH = 4;
/** Names of headers and fields whose values grant access, wherever they stand. */
const SECRET_FIELD = /^(?:proxy-)?authorization$|^(?:set-)?cookie2?$|^x-api-key$|token$|password$|secret$/i;
const PATTERNS: readonly [RegExp, string][] = [
    // Apify's own tokens, and its links with one.
    [/\bapify_(?:api|proxy)_\w+/g, LEFT_OUT],
    [/([?&](?:\w*token|signature|api_?key|password)=)[^&#\s"'\\]+/gi, `$1${LEFT_OUT}`],
    [/\b(Bearer|Basic) [\w.~+/-]{8,}=*/gi, `$1 ${LEFT_OUT}`],
    // User and password of an address, such as a proxy's.
    [/(\w:\/\/)[^/\s:@"']*:[^/\s@"']*@/g, `$1${LEFT_OUT}@`],
];

/** Leaves out of entries what nobody else should read. */
export class Redaction {
    readonly #secrets: readonly string[];

    /** @param secrets Values that are left out wherever they stand. */
    constructor(secrets: readonly string[]) {
        this.#secrets = [...new Set(secrets)].filter(({ length }) => length >= MIN_SECRET_LENGTH);
    }

    apply(entry: TraceEntry): TraceEntry {
        if (entry.type === 'record.put') {
            const { value } = entry;
            if (!('bytes' in value)) return entry;
            return { ...entry, value: { bytes: this.#bytes(value.bytes, entry.contentType) } };
        }
        return this.#value(entry) as TraceEntry;
    }

    #bytes(bytes: Uint8Array, contentType: string): Uint8Array {
        if (!/json|text|xml|javascript|csv/.test(contentType)) return bytes;
        const text = new TextDecoder().decode(bytes);
        let reduced: string;
        try {
            reduced = contentType.includes('json') ? JSON.stringify(this.#value(JSON.parse(text))) : this.#text(text);
        } catch {
            reduced = this.#text(text);
        }
        return new TextEncoder().encode(reduced);
    }

    #value(value: unknown, name = ''): unknown {
        if (typeof value === 'string') return SECRET_FIELD.test(name) ? LEFT_OUT : this.#text(value);
        if (typeof value !== 'object' || value === null) return value;
        if (Array.isArray(value)) return value.map((one) => this.#value(one, name));
        return Object.fromEntries(Object.entries(value).map(([key, one]) => [this.#text(key), this.#value(one, key)]));
    }

    #text(text: string): string {
        let reduced = text;
        for (const [pattern, left] of PATTERNS) reduced = reduced.replaceAll(pattern, left);
        for (const secret of this.#secrets) reduced = reduced.replaceAll(secret, LEFT_OUT);
        return reduced;
    }
}
