import { createHash } from 'node:crypto';

import { parseJson } from '../base/parse-json.js';

/** A record as it was stored: parsed when it is JSON, and not nested too deeply. */
export interface JsonRecord {
    contentType: string;
    value: unknown;
}

/** A record that is not JSON: its length in bytes and what tells it from others. */
export interface FileRecord {
    contentType: string;
    bytes: number;
    sha256: string;
    /** What it says, when it is text. */
    text?: string;
}

export type RecordContent = JsonRecord | FileRecord;

export function recordContent(contentType: string, bytes: Uint8Array): RecordContent {
    const text = textOf(bytes);
    if (text !== undefined && /^application\/(?:[\w.-]+\+)?json\b/.test(contentType)) {
        const value = parseJson(text);
        // It may only say that it is JSON.
        if (value !== undefined) return { contentType, value };
    }
    return fileRecord(contentType, bytes, text);
}

/** A record of this text. */
export function textRecord(contentType: string, text: string): FileRecord {
    return fileRecord(contentType, Buffer.from(text), text);
}

function fileRecord(contentType: string, bytes: Uint8Array, text: string | undefined): FileRecord {
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    return { contentType, bytes: bytes.length, sha256, ...(text !== undefined && { text }) };
}

function textOf(bytes: Uint8Array): string | undefined {
    try {
        return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    } catch {
        return undefined;
    }
}
