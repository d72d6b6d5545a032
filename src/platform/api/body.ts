import { constants } from 'node:buffer';
import type { IncomingMessage } from 'node:http';
import { promisify } from 'node:util';
import { brotliDecompress, gunzip, inflate } from 'node:zlib';

import { ApiError, invalidInput } from '../errors.js';

const DECOMPRESS = { br: promisify(brotliDecompress), gzip: promisify(gunzip), deflate: promisify(inflate) };

/** A refused body is read to its end as long as it has no more than this many times the limit. */
const DISCARDED_LIMITS = 10;

/** A body of more bytes than the first has its place before it comes, unless it says that it has more than the second. */
const COPIED_FROM_BYTES = 64 * 1024;
const COPIED_UP_TO_BYTES = 256 * 1024 * 1024;

/**
 * Reads and decompresses a request's body.
 *
 * @param wantedLimit In bytes; may be infinite.
 * @throws ApiError 413 `request-too-large` when it has more bytes than the limit, before or after decompression;
 *   415 when its encoding is unknown; 400 when it isn't what its encoding says.
 */
export async function readBody(incoming: IncomingMessage, wantedLimit: number): Promise<Buffer> {
    // Node holds no more in one place.
    const limit = Math.min(wantedLimit, constants.MAX_LENGTH);
    return decompress(await collect(incoming, limit), incoming.headers['content-encoding'], limit);
}

/**
 * @param contentEncoding The header of that name.
 * @param limit In bytes; more is refused.
 * @throws ApiError as `readBody`.
 */
export async function decompress(body: Buffer, contentEncoding: string | undefined, limit: number): Promise<Buffer> {
    const encoding = contentEncoding?.toLowerCase() ?? 'identity';
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

/**
 * A body that is too large is read on after the refusal, and thrown away: a client that is still writing would see a
 * reset connection instead of the answer, and would try again. One that goes on for long is cut off all the same.
 */
async function collect(incoming: IncomingMessage, limit: number): Promise<Buffer> {
    return new Promise((resolve, reject) => {
        const declared = Number(incoming.headers['content-length'] ?? 0);
        if (declared > limit) reject(tooLarge(limit));
        // A large body of a known length is collected in one place, and not held twice.
        const isCopied = declared > COPIED_FROM_BYTES && declared <= Math.min(limit, COPIED_UP_TO_BYTES);
        const whole = isCopied ? Buffer.allocUnsafeSlow(declared) : undefined;
        let chunks: Buffer[] = [];
        let size = 0;
        incoming.on('data', (chunk: Buffer) => {
            size += chunk.length;
            if (whole) {
                chunk.copy(whole, size - chunk.length);
            } else if (size <= limit) {
                chunks.push(chunk);
            } else {
                chunks = [];
                reject(tooLarge(limit));
                if (size > limit * DISCARDED_LIMITS) incoming.destroy();
            }
        });
        incoming.once('end', () => resolve(whole ?? (chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks))));
        incoming.on('error', reject);
    });
}

function isKnownEncoding(encoding: string): encoding is keyof typeof DECOMPRESS {
    return Object.hasOwn(DECOMPRESS, encoding);
}

function tooLarge(limit: number): ApiError {
    return new ApiError(413, 'request-too-large', `The POST payload is too large (limit: ${limit} bytes).`);
}
