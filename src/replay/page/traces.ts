import { importTrace } from '../../trace/import-trace.js';
import type { Trace } from '../../trace/trace.js';

/**
 * Reads the trace that an element of the page holds: lines of JSON, gzip, base64.
 *
 * @throws Error when it is damaged.
 */
export async function readElement(id: string): Promise<Trace> {
    const element = document.getElementById(id);
    const text = (element instanceof HTMLTemplateElement ? element.content : element)?.textContent ?? '';
    const bytes = Uint8Array.from(atob(text.trim()), (character) => character.charCodeAt(0));
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'));
    return importTrace(await new Response(stream).text());
}
