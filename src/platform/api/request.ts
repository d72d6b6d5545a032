import type { IncomingMessage } from 'node:http';

import { encodeBytes } from '../../trace/codec.js';
import type { RecordedRequest } from '../../trace/recorded.js';
import { APIFY_API_HOST } from '../api-host.js';
import { ApiError, invalidInput } from '../errors.js';

/** Actors reach this platform under Apify's own name, too. */
const OWN_HOSTS = new Set(['127.0.0.1', 'localhost', '[::1]', APIFY_API_HOST]);

/**
 * A page in a browser can send requests to loopback, but not with such a `Host` under a name of its own.
 *
 * @throws ApiError 403; 400 when there are several: https://www.rfc-editor.org/rfc/rfc9112#section-3.2
 */
export function assertOwnHost(request: IncomingMessage): void {
    if (hostHeaders(request) > 1) throw invalidInput('The request has several Host headers.');
    const host = (request.headers.host ?? '').replace(/:\d+$/, '').toLowerCase();
    if (OWN_HOSTS.has(host)) return;
    throw new ApiError(403, 'insufficient-permissions', 'This platform answers on loopback addresses only.');
}

/** Node's own list of distinct headers would cost each request a copy of all of them. */
function hostHeaders({ rawHeaders }: IncomingMessage): number {
    let count = 0;
    for (let i = 0; i < rawHeaders.length; i += 2) {
        if (rawHeaders[i]!.length === 4 && rawHeaders[i]!.toLowerCase() === 'host') count++;
    }
    return count;
}

/** What Node could not read as a request. */
export function malformed({ code }: NodeJS.ErrnoException): ApiError {
    if (code === 'HPE_HEADER_OVERFLOW') return new ApiError(431, 'headers-too-large', 'The headers are too large.');
    if (code === 'ERR_HTTP_REQUEST_TIMEOUT') {
        return new ApiError(408, 'request-timeout', 'The request was not sent in time.');
    }
    return invalidInput('The request is not valid HTTP.');
}

/**
 * @throws ApiError 400 when the address is none.
 */
export function parseUrl(request: IncomingMessage): URL {
    const url = request.url ?? '/';
    try {
        if (url.startsWith('/')) return new URL(`http://local${url}`);
    } catch {
        // As one that begins otherwise.
    }
    throw invalidInput('The request address is malformed.');
}

/**
 * @throws ApiError 400 when a parameter of the path is badly encoded.
 */
export function decodeParam(value: string): string {
    if (!value.includes('%')) return value;
    try {
        return decodeURIComponent(value);
    } catch {
        throw invalidInput('The request address is malformed.');
    }
}

/** What a trace keeps of a request, so that it can be applied anew. */
export function recordedRequest(
    { method = 'GET', url = '/', headers }: IncomingMessage,
    body: Buffer,
): RecordedRequest {
    const contentType = headers['content-type'];
    return {
        method,
        target: url,
        ...(contentType !== undefined && { contentType }),
        ...(body.length > 0 && { body: encodeBytes(body) }),
    };
}
