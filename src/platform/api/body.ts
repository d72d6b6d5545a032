import type { IncomingMessage } from 'node:http';
import { promisify } from 'node:util';
import { brotliDecompress, gunzip, inflate } from 'node:zlib';

import { ApiError, invalidInput } from '../errors.js';

const DECOMPRESS = { br: promisify(brotliDecompress), gzip: promisify(gunzip), deflate: promisify(inflate) };

/**
 * Reads and decompresses a request's body.
 *
 * @throws ApiError 413 `request-too-large` when it has more bytes than the limit, before or after decompression;
 *   415 when its encoding is unknown; 400 when it isn't what its encoding says.
 */
export async function readBody(incoming: IncomingMessage, limit: number): Promise<Buffer> {
    if (Number(incoming.headers['content-length'] ?? 0) > limit) throw tooLarge(limit);
    const chunks: Buffer[] = [];
    let size = 0;
    for await (const chunk of incoming as AsyncIterable<Buffer>) {
        size += chunk.length;
        if (size > limit) throw tooLarge(limit);
        chunks.push(chunk);
    }
    const body = chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks);
    const encoding = incoming.headers['content-encoding']?.toLowerCase() ?? 'identity';
    if (encoding === 'identity' || encoding === '' || body.length === 0) return body;
    if (!isKnownEncoding(encoding)) {
        throw new ApiError(415, 'unsupported-content-encoding', `Content-Encoding '${encoding}' is not supported.`);
    }
    try {
        return await DECOMPRESS[encoding](body, { maxOutputLength: limit });
    } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') throw tooLarge(limit);
        throw invalidInput(`The request body is not valid ${encoding} data.`);
    }
}

function isKnownEncoding(encoding: string): encoding is keyof typeof DECOMPRESS {
    return Object.hasOwn(DECOMPRESS, encoding);
}

function tooLarge(limit: number): ApiError {
    return new ApiError(413, 'request-too-large', `The POST payload is too large (limit: ${limit} bytes).`);
}
