import type { ServerResponse } from 'node:http';
import { pipeline } from 'node:stream';

import type { Reply, Streamed } from './reply.js';

/** Writes an answer. A HEAD request gets the headers alone. */
export function send(response: ServerResponse, reply: Reply, isHead: boolean): void {
    callAfterwards(response, reply);
    writeHead(response, reply);
    switch (reply.kind) {
        case 'empty':
            response.end();
            break;
        case 'bytes':
            response.end(isHead ? undefined : reply.bytes);
            break;
        case 'stream':
            if (isHead) response.end();
            // Whichever of the two fails or is closed first takes the other with it.
            else pipeline(reply.open(), response, () => {});
            break;
        default:
            reply satisfies never;
    }
}

/**
 * Sends an answer's head and the first half of its body, then cuts the connection. Where there is no body to tear, it
 * is cut before the head, so that the answer is a broken one in any case.
 *
 * @returns When the connection is cut.
 */
export async function tear(response: ServerResponse, reply: Reply, isHead: boolean): Promise<void> {
    callAfterwards(response, reply);
    if (isHead || reply.kind === 'empty' || lengthOf(reply) === 0) {
        response.req.socket.destroy();
        return;
    }
    writeHead(response, reply);
    if (reply.kind === 'stream') {
        await tearStream(response, reply);
    } else {
        const bytes = Buffer.from(reply.bytes);
        await write(response, bytes.subarray(0, Math.floor(bytes.length / 2)));
    }
    response.destroy();
}

/** Cuts the connection instead of answering. */
export function drop(response: ServerResponse, reply: Reply): void {
    callAfterwards(response, reply);
    response.req.socket.destroy();
}

/** A call has been applied, so what it has begun goes on, such as a reboot: also for a caller that is gone. */
function callAfterwards(response: ServerResponse, { afterwards }: Reply): void {
    if (!afterwards) return;
    const { socket } = response.req;
    if (response.destroyed || socket.destroyed) {
        afterwards();
        return;
    }
    let isCalled = false;
    const call = (): void => {
        response.off('close', call);
        socket.off('close', call);
        // Either may end while the other is being told.
        if (!isCalled) afterwards();
        isCalled = true;
    };
    response.once('close', call);
    // An answer that waits behind others on its connection is not told of that connection's end.
    socket.once('close', call);
}

/** In bytes, where it is known. */
function lengthOf(body: Exclude<Reply, { kind: 'empty' }>): number | undefined {
    return body.kind === 'bytes' ? Buffer.byteLength(body.bytes) : body.length;
}

function writeHead(response: ServerResponse, reply: Reply): void {
    if (reply.kind !== 'empty') {
        response.setHeader('content-type', reply.contentType);
        const length = lengthOf(reply);
        if (length !== undefined) response.setHeader('content-length', length);
    }
    response.writeHead(reply.status, reply.headers);
}

/** Half of a stream whose length is known; of another, what comes first. */
async function tearStream(response: ServerResponse, { length, open }: Streamed): Promise<void> {
    const stream = open();
    const close = (): void => {
        stream.destroy();
    };
    response.once('close', close);
    let left = length === undefined ? undefined : Math.floor(length / 2);
    try {
        for await (const chunk of stream as AsyncIterable<Buffer>) {
            await write(response, chunk.subarray(0, left));
            left = Math.max(0, (left ?? 0) - chunk.length);
            if (left === 0) break;
        }
    } catch {
        // The stream failed, or the caller has left: what follows is the same.
    } finally {
        stream.destroy();
        response.off('close', close);
    }
}

/** Resolves when the bytes have left, or can't any more. */
async function write(response: ServerResponse, bytes: Buffer): Promise<void> {
    const { socket } = response.req;
    return new Promise((resolve) => {
        const done = (): void => {
            socket.off('close', done);
            resolve();
        };
        socket.once('close', done);
        response.write(bytes, done);
        if (socket.destroyed) done();
    });
}
