import type { ServerResponse } from 'node:http';

import { ApiError } from '../errors.js';
import type { Reply } from './operation.js';

const JSON_TYPE = 'application/json; charset=utf-8';

/** Writes an answer. A HEAD request gets the headers alone. */
export function sendReply(response: ServerResponse, reply: Reply, isHead: boolean): void {
    const { status = 200, headers = {} } = reply;
    if (reply.afterwards) response.once('close', reply.afterwards);
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

/** Answers in the API's error shape. What is no ApiError is a fault of ours and says nothing of its insides. */
export function sendError(response: ServerResponse, error: unknown): void {
    if (response.headersSent || response.destroyed) {
        response.destroy();
        return;
    }
    const apiError =
        error instanceof ApiError ? error : new ApiError(500, 'internal-server-error', 'The local platform failed.');
    const body = JSON.stringify(apiError.toBody());
    // A body that was not read to its end would be taken for the next request.
    response.writeHead(apiError.status, {
        'content-type': JSON_TYPE,
        'content-length': Buffer.byteLength(body),
        ...(response.req.complete ? {} : { connection: 'close' }),
    });
    response.end(body);
}

function content(reply: Reply): { bytes?: Buffer | string; contentType?: string } {
    if ('data' in reply) return { bytes: JSON.stringify({ data: reply.data }), contentType: JSON_TYPE };
    if ('json' in reply) return { bytes: JSON.stringify(reply.json), contentType: JSON_TYPE };
    return reply;
}
