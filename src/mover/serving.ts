import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

import { UsageError } from '../base/usage-error.js';
import { ServerCaller, type ServerCallerOptions } from './server-caller.js';

/** A server for who calls it. */
export interface Served {
    /** `http://127.0.0.1:<port>`: stays over a move. */
    url: string;
    /** As the global `fetch`, also with a path alone; each request is recorded, and compared by its answer. */
    fetch: typeof globalThis.fetch;
}

/** Calls a server, and returns when it is no longer needed. */
export type ServeScript = (server: Served) => Promise<void>;

/** What a run that serves is asked: requests, one after the other, or whatever a script does. */
export type Serving = { requests: readonly ServedRequest[] } | { script: ServeScript };

export interface ServedRequest {
    method: string;
    /** With its query. */
    path: string;
    body?: string;
}

/**
 * Reads a request: `GET /items?page=2`, or `POST /items {"n":1}`.
 *
 * @throws UsageError when it is none.
 */
export function parseServedRequest(text: string): ServedRequest {
    const [, method, path, body] = /^([A-Z]+) (\/\S*)(?: ([\s\S]+))?$/.exec(text) ?? [];
    if (method === undefined || path === undefined) {
        throw new UsageError(`A request is a method, a path and perhaps a body, such as 'GET /items', not '${text}'.`);
    }
    return { method, path, ...(body !== undefined && { body }) };
}

/**
 * Loads a script: a module that exports `call`, a function that is called with the server.
 *
 * @throws UsageError when it can't be loaded, or exports no such function.
 */
export async function loadServeScript(file: string): Promise<ServeScript> {
    const path = resolve(file);
    const load = async (): Promise<{ call?: unknown }> => {
        // Anew for each run, so that nothing of one run is left for the next.
        const url = pathToFileURL(path);
        url.searchParams.set('run', String(++loads));
        return (await import(url.href)) as { call?: unknown };
    };
    const first = await load().catch((error: Error) => {
        throw new UsageError(`The script ${path} can't be loaded: ${error.message}.`);
    });
    if (typeof first.call !== 'function') throw new UsageError(`The script ${path} exports no function 'call'.`);
    return async (server) => ((await load()).call as ServeScript)(server);
}

let loads = 0;

/**
 * Any answer; the first two by name, which MCP servers ask for.
 *
 * @see https://modelcontextprotocol.io/specification/2025-06-18/basic/transports#sending-messages-to-the-server
 */
const ACCEPTED = 'application/json, text/event-stream, */*';

/** Does with a run that serves what is to be done, and returns when all is answered, or can't be. */
export async function serve(serving: Serving, options: ServerCallerOptions): Promise<void> {
    const caller = new ServerCaller(options);
    if ('requests' in serving) {
        for (const { method, path, body } of serving.requests.slice(options.answered)) {
            const isJsonBody = body !== undefined && isJson(body);
            const headers = { accept: ACCEPTED, ...(isJsonBody && { 'content-type': 'application/json' }) };
            // What was not answered is recorded, too.
            await caller.fetch(path, { method, headers, ...(body !== undefined && { body }) }).catch(() => {});
        }
        return;
    }
    try {
        await serving.script({ url: options.run.containerUrl, fetch: caller.fetch });
    } catch (error) {
        caller.fail(error as Error);
    }
}

function isJson(text: string): boolean {
    try {
        JSON.parse(text);
        return true;
    } catch {
        return false;
    }
}
