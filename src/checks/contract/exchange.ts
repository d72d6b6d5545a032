import type { IncomingHttpHeaders } from 'node:http';

import { OPERATIONS } from '../../platform/api/operations.js';

/** One call of the API and its answer, as they went over the wire. Bodies are decompressed. */
export interface Exchange {
    method: string;
    /** With query, from `/v2` on. */
    url: string;
    /** Undefined for a call that the local platform has no operation for. */
    operationId: string | undefined;
    requestHeaders: IncomingHttpHeaders;
    requestBody: Buffer;
    status: number;
    responseHeaders: IncomingHttpHeaders;
    responseBody: Buffer;
}

const MATCHERS = OPERATIONS.map(({ operationId, method, path }) => ({
    operationId,
    method,
    pattern: new RegExp(`^/v2${path.replaceAll(/:\w+/g, '[^/]+')}$`),
    parameters: path.split(':').length,
})).toSorted((a, b) => a.parameters - b.parameters);

/** Finds the operation of a call; an address with fewer parameters goes before one with more. */
export function operationOf(method: string, url: string): string | undefined {
    const path = url.replace(/\?.*$/, '').replace(/^\/v2\/acts\b/, '/v2/actors');
    const matching = MATCHERS.filter(({ pattern }) => pattern.test(path));
    const own = matching.find((matcher) => matcher.method === method);
    const substitute = method === 'HEAD' ? matching.find((matcher) => matcher.method === 'GET') : undefined;
    return (own ?? substitute)?.operationId;
}
