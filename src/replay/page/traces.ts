import { BETWEEN_TRACES, importTrace } from '../../trace/import-trace.js';
import type { Trace } from '../../trace/trace.js';

/**
 * Reads the trace that an element of the page holds, in base64.
 *
 * @throws Error when it is damaged.
 */
export async function readElement(id: string): Promise<Trace> {
    const element = document.getElementById(id);
    const text = (element instanceof HTMLTemplateElement ? element.content : element)?.textContent ?? '';
    return unpackTrace(new Blob([bytesOf(text.trim())]).stream());
}

function bytesOf(base64: string): Uint8Array<ArrayBuffer> {
    const binary = atob(base64);
    const bytes = new Uint8Array(binary.length);
    // `Uint8Array.from` with a function takes a fifth of a second for a million characters.
    for (let i = 0; i < binary.length; i++) bytes[i] = binary.charCodeAt(i);
    return bytes;
}

/**
 * Reads what `packTrace` has made: lines of JSON, gzip.
 *
 * @param place Which trace of several.
 * @throws Error when it is damaged, or there is no such trace.
 */
export async function unpackTrace(packed: ReadableStream<Uint8Array<ArrayBuffer>>, place = 0): Promise<Trace> {
    const text = await new Response(packed.pipeThrough(new DecompressionStream('gzip'))).text();
    const one = text.split(BETWEEN_TRACES)[place];
    if (one === undefined) throw new Error(`There are not so many recordings as ${place + 1}.`);
    return importTrace(one);
}
