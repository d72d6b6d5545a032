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
    const bytes = Uint8Array.from(atob(text.trim()), (character) => character.charCodeAt(0));
    return unpackTrace(new Blob([bytes]).stream());
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
