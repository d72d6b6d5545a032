import { type ServerResponse, STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';

import { ApiError } from '../errors.js';
import { UnwritableError } from '../unwritable-error.js';
import { JSON_TYPE } from './reply.js';

/** Answers in the API's error shape. What is no ApiError is a fault of ours and says nothing of its insides. */
export function sendError(response: ServerResponse, error: unknown): void {
    if (response.headersSent || response.destroyed) {
        response.destroy();
        return;
    }
    const apiError = toApiError(error);
    const body = JSON.stringify(apiError.toBody());
    response.writeHead(apiError.status, {
        'content-type': JSON_TYPE,
        'content-length': Buffer.byteLength(body),
        ...apiError.headers,
    });
    response.write(body);
    afterBody(response, () => response.end());
}

/**
 * Waits until a request's body has come, which nobody else may read. Node does so itself before a connection's next
 * request; one that ends with this answer would be cut off before its client, still writing, has seen that.
 */
function afterBody({ req, shouldKeepAlive }: ServerResponse, then: () => void): void {
    if (shouldKeepAlive || req.complete) {
        then();
        return;
    }
    req.once('end', then);
    req.resume();
}

/** What a call that failed is answered with. */
export function toApiError(error: unknown): ApiError {
    if (error instanceof ApiError) return error;
    const reason = error instanceof UnwritableError ? error.message : 'The local platform failed.';
    return new ApiError(500, 'internal-server-error', reason);
}

/** Answers in the API's error shape over a connection on which Node has no response, and closes it. */
export function endWithError(socket: Duplex, error: ApiError): void {
    if (!socket.writable) return;
    const body = JSON.stringify(error.toBody());
    const head = [
        `HTTP/1.1 ${error.status} ${STATUS_CODES[error.status] ?? 'Error'}`,
        'Connection: close',
        `Content-Type: ${JSON_TYPE}`,
        `Content-Length: ${Buffer.byteLength(body)}`,
        ...Object.entries(error.headers).map(([name, value]) => `${name}: ${value}`),
    ];
    socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
}
