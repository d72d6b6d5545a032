const utf8 = new TextDecoder('utf-8', { ignoreBOM: true });

/** The value that a JSON text, or its UTF-8 bytes, stands for; undefined when it is no JSON. */
export function parseJson(json: string | Uint8Array): unknown {
    try {
        return JSON.parse(typeof json === 'string' ? json : utf8.decode(json));
    } catch {
        return undefined;
    }
}
