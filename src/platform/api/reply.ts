import type { Readable } from 'node:stream';

/** Content type of what the API answers. */
export const JSON_TYPE = 'application/json; charset=utf-8';

interface Envelope {
    readonly status: number;
    /** Besides content type and length. */
    readonly headers: Readonly<Record<string, string>>;
    /** Called once: when the answer has left, or the connection is gone. */
    readonly afterwards?: () => void;
}

/**
 * What is answered. A reply holds nothing that would have to be given back: a stream is opened only while it is sent.
 */
export type Reply = Envelope &
    (
        | { readonly kind: 'bytes'; readonly bytes: Buffer | string; readonly contentType: string }
        | ({ readonly kind: 'stream'; readonly contentType: string } & Streamed)
        | { readonly kind: 'empty' }
    );

/** Bytes that are not in memory. */
export interface Streamed {
    /** In bytes; undefined when it shows only as they come. */
    readonly length: number | undefined;
    readonly open: () => Readable;
}

/** The API's `{ data: … }`. */
export function dataReply(data: unknown, status = 200): Reply {
    return jsonReply({ data }, status);
}

/** JSON without the API's `data` around it. */
export function jsonReply(value: unknown, status = 200): Reply {
    return { kind: 'bytes', status, headers: {}, bytes: JSON.stringify(value), contentType: JSON_TYPE };
}

/** Bytes of any type. */
export function contentReply(
    content: Buffer | string | Streamed,
    contentType: string,
    headers: Readonly<Record<string, string>> = {},
): Reply {
    const envelope = { status: 200, headers, contentType };
    if (typeof content === 'string' || Buffer.isBuffer(content)) return { kind: 'bytes', ...envelope, bytes: content };
    return { kind: 'stream', ...envelope, ...content };
}

/** 204: done, and there is nothing to say. */
export function emptyReply(): Reply {
    return { kind: 'empty', status: 204, headers: {} };
}
