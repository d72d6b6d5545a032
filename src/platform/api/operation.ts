import type { IncomingHttpHeaders } from 'node:http';

import { isNestedTooDeeply } from '../../base/nesting.js';
import type { PlatformCore } from '../core.js';
import { invalidInput } from '../errors.js';
import type { Query } from './query.js';
import type { Reply } from './reply.js';

/** Who sent a call: the user of the platform, a run with its own token, or anyone, without a token. */
export type Caller = { kind: 'user' } | { kind: 'run'; runId: string } | { kind: 'anyone' };

/** One API call, checked and read. */
export interface Call {
    readonly core: PlatformCore;
    readonly params: Readonly<Record<string, string>>;
    readonly query: Query;
    readonly headers: IncomingHttpHeaders;
    /** Decompressed. */
    readonly body: Buffer;
    readonly caller: Caller;
    /** Milliseconds since the epoch. */
    readonly now: number;
    /** Does work whose writes the trace is to know as this call's, where it comes after a wait. */
    readonly writing: <T>(work: () => T) => T;
}

/** One operation of the API, under the `operationId` of its public description. */
export interface Operation {
    readonly operationId: string;
    readonly method: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'DELETE';
    /** Path below `/v2`, with `:name` for parameters. */
    readonly path: string;
    readonly handle: (call: Call) => Reply | Promise<Reply>;
}

/**
 * @throws ApiError 400 when the body is not JSON, or nested deeper than anything here walks.
 */
export function jsonBody(call: Call): unknown {
    const text = call.body.toString();
    if (isNestedTooDeeply(text)) throw invalidInput('The request body is nested too deeply.');
    try {
        return JSON.parse(text);
    } catch {
        throw invalidInput('The request body is not valid JSON.');
    }
}
