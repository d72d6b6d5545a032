import { importTrace } from '../../trace/import-trace.js';
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
 * @throws Error when it is damaged.
 */
export async function unpackTrace(packed: ReadableStream<Uint8Array<ArrayBuffer>>): Promise<Trace> {
    const text = await new Response(packed.pipeThrough(new DecompressionStream('gzip'))).text();
    return importTrace(text);
}
