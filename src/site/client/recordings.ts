import { unpackTrace } from '../../replay/page/traces.js';
import type { Trace } from '../../trace/trace.js';

/**
 * Fetches a recording.
 *
 * @param address Where a file holds several, with the recording's place behind a `#`.
 * @throws Error when it isn't there, or is damaged.
 */
export async function fetchTrace(address: string): Promise<Trace> {
    const [file, place] = address.split('#') as [string, string?];
    const response = await fetch(file);
    if (!response.ok || !response.body) throw new Error(`${file} answered with ${response.status}`);
    return unpackTrace(response.body, Number(place ?? 0));
}
