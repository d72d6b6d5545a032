import { isNestedTooDeeply } from './nesting.js';

const utf8 = new TextDecoder('utf-8', { ignoreBOM: true });

/** The value that a JSON text, or its UTF-8 bytes, stands for; undefined when it is no JSON, or nested too deeply. */
export function parseJson(json: string | Uint8Array): unknown {
    const text = typeof json === 'string' ? json : utf8.decode(json);
    if (isNestedTooDeeply(text)) return undefined;
    try {
        return JSON.parse(text);
    } catch {
        return undefined;
    }
}
