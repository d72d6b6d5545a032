import { importTrace } from '../../trace/import-trace.js';
import type { Trace } from '../../trace/trace.js';

/**
 * Fetches a recording: lines of JSON, gzip.
 *
 * @throws Error when it isn't there, or is damaged.
 */
export async function fetchTrace(address: string): Promise<Trace> {
    const response = await fetch(address);
    if (!response.ok || !response.body) throw new Error(`${address} answered with ${response.status}`);
    const text = await new Response(response.body.pipeThrough(new DecompressionStream('gzip'))).text();
    return importTrace(text);
}
