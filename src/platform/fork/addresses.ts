/** Replaces addresses on loopback by others, wherever they lie: in texts, in what is nested, in bytes. */
export class Addresses {
    readonly #hosts: ReadonlyMap<string, string>;
    readonly #pattern: RegExp | undefined;

    /** @param moved Old addresses and new ones, such as `http://127.0.0.1:4001`. */
    constructor(moved: ReadonlyMap<string, string>) {
        this.#hosts = new Map([...moved].map(([from, to]) => [new URL(from).host, new URL(to).host]));
        const hosts = [...this.#hosts.keys()].map((host) => host.replaceAll('.', '\\.').replace(':', '(?::|%3A)'));
        // A port that only begins alike is another one.
        this.#pattern = hosts.length === 0 ? undefined : new RegExp(`(?:${hosts.join('|')})(?!\\d)`, 'gi');
    }

    inText(text: string): string {
        if (!this.#pattern) return text;
        return text.replace(this.#pattern, (found) => {
            const isEncoded = /%3A/i.test(found);
            const to = this.#hosts.get(found.replace(/%3A/i, ':'))!;
            return isEncoded ? to.replace(':', '%3A') : to;
        });
    }

    /** In all texts within a value as JSON has them, names of fields included. */
    in<T>(value: T): T {
        return this.#in(value) as T;
    }

    /** The same bytes, when no address is in them. */
    inBytes(bytes: Uint8Array): Uint8Array {
        // Byte for byte, whatever the text is encoded in: addresses are plain ASCII.
        const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
        const moved = this.inText(text);
        return moved === text ? bytes : Buffer.from(moved, 'latin1');
    }

    #in(value: unknown): unknown {
        if (typeof value === 'string') return this.inText(value);
        if (Array.isArray(value)) return value.map((item) => this.#in(item));
        if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return value;
        return Object.fromEntries(Object.entries(value).map(([name, item]) => [this.inText(name), this.#in(item)]));
    }
}
