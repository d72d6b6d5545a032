import { unpackTrace } from '../../replay/page/traces.js';
import type { Trace } from '../../trace/trace.js';

/**
 * Fetches a recording.
 *
 * @throws Error when it isn't there, or is damaged.
 */
export async function fetchTrace(address: string): Promise<Trace> {
    const response = await fetch(address);
    if (!response.ok || !response.body) throw new Error(`${address} answered with ${response.status}`);
    return unpackTrace(response.body);
}
