import { type ServerResponse, STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';

import { ApiError, invalidInput } from '../errors.js';
import { UnwritableError } from '../unwritable-error.js';
import type { Reply } from './operation.js';

const JSON_TYPE = 'application/json; charset=utf-8';

/** Writes an answer. A HEAD request gets the headers alone. */
export function sendReply(response: ServerResponse, reply: Reply, isHead: boolean): void {
    const { status = 200, headers = {} } = reply;
    if (reply.afterwards) {
        // A caller that is gone already gets no answer, but what its call has begun goes on.
        if (response.destroyed) reply.afterwards();
        else response.once('close', reply.afterwards);
    }
    if (reply.stream) {
        response.writeHead(status, { 'content-type': reply.contentType ?? 'text/plain', ...headers });
        if (isHead) response.end();
        else reply.stream.on('error', () => response.destroy()).pipe(response);
        response.once('close', () => reply.stream?.destroy());
        return;
    }
    const { bytes, contentType } = content(reply);
    const head: Record<string, string | number> = { ...headers };
    if (contentType !== undefined) head['content-type'] = contentType;
    if (bytes !== undefined) head['content-length'] ??= Buffer.byteLength(bytes);
    response.writeHead(status, head);
    response.end(isHead ? undefined : bytes);
}

/** Sends the first half of an answer's body under the whole body's length, and cuts the connection. */
export function sendTorn(response: ServerResponse, reply: Reply): void {
    const { bytes = '', contentType = 'application/octet-stream' } = content(reply);
    const whole = Buffer.from(bytes);
    response.writeHead(reply.status ?? 200, { 'content-type': contentType, 'content-length': whole.length });
    response.write(whole.subarray(0, Math.floor(whole.length / 2)), () => response.destroy());
}

/** Answers in the API's error shape. What is no ApiError is a fault of ours and says nothing of its insides. */
export function sendError(response: ServerResponse, error: unknown): void {
    if (response.headersSent || response.destroyed) {
        response.destroy();
        return;
    }
    const apiError = toApiError(error);
    const body = JSON.stringify(apiError.toBody());
    // A body that nobody has read is read and thrown away by Node before the connection's next request.
    response.writeHead(apiError.status, {
        'content-type': JSON_TYPE,
        'content-length': Buffer.byteLength(body),
        ...apiError.headers,
    });
    response.end(body);
}

/** What a call that failed is answered with. */
export function toApiError(error: unknown): ApiError {
    if (error instanceof ApiError) return error;
    // JSON.parse reads what JSON.stringify is later too deep for: nothing has been written then.
    if (error instanceof RangeError && error.message.includes('call stack')) {
        return invalidInput('The request body is nested too deeply.');
    }
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

function content(reply: Reply): { bytes?: Buffer | string; contentType?: string } {
    if ('data' in reply) return { bytes: JSON.stringify({ data: reply.data }), contentType: JSON_TYPE };
    if ('json' in reply) return { bytes: JSON.stringify(reply.json), contentType: JSON_TYPE };
    return reply;
}
