import { setTimeout as sleep } from 'node:timers/promises';

import { isTerminal } from '../trace/runs.js';
import type { RunProcess } from '../platform/index.js';
import type { RecordedEntry } from '../trace/recorded.js';
import type { Striker } from '../faults/striker.js';

/** Milliseconds that a request waits for its answer, over all processes. */
const ANSWERED_WITHIN_MILLIS = 60_000;
const LOOK_EVERY_MILLIS = 50;
/** How often in a row a process that lives may break a connection off. */
const MAX_BREAKS = 5;
/** What asks whether a server is there: https://docs.apify.com/platform/actors/development/programming-interface/standby */
const PROBE = { 'x-apify-container-server-readiness-probe': '1' };
/** They say how an answer was sent, and not what it is. */
const OF_THE_WAY = ['connection', 'content-encoding', 'content-length', 'keep-alive', 'transfer-encoding'];
const WITHOUT_BODY = [204, 205, 304];

export interface ServerCallerOptions {
    run: RunProcess;
    striker: Striker;
    /** Requests that a fork's past has had answered. */
    answered: number;
    record: (entry: RecordedEntry) => void;
    signal: AbortSignal;
}

/**
 * Sends requests to a run that serves, one after the other, as a client does that has nothing lost: it waits until the
 * server is there, and what a process took along with it is sent again to the next.
 */
export class ServerCaller {
    #n: number;
    /** The process that was last seen to serve. */
    #servedBy: number | undefined;

    constructor(private readonly options: ServerCallerOptions) {
        this.#n = options.answered;
    }

    /**
     * As the global function of that name; addresses may be relative to the server's. Each request is recorded with its
     * answer, and is an occasion to strike: `request@3`.
     *
     * @throws Error when there is no answer.
     */
    readonly fetch = async (target: string | URL | Request, init?: RequestInit): Promise<Response> => {
        const { run, striker, record } = this.options;
        const request = new Request(target instanceof Request ? target : new URL(target, run.containerUrl), init);
        const { method, headers, url } = request;
        const { pathname, search } = new URL(url);
        const body = new Uint8Array(await request.arrayBuffer());
        const n = ++this.#n;
        const name = `${method} ${pathname}${search}`;
        record({ type: 'request.sent', at: Date.now(), runId: run.id, n, request: name });
        const answered = { type: 'request.answered', runId: run.id, n, request: name } as const;
        try {
            await striker.onPage({ kind: 'request', n });
            const response = await this.#send(url, {
                method,
                headers: { ...Object.fromEntries(headers), connection: 'close' },
                redirect: 'manual',
                ...(body.length > 0 && { body }),
            });
            const { status, bytes } = response;
            const contentType = response.headers.get('content-type') ?? '';
            const text = Buffer.from(bytes).toString('base64');
            record({ ...answered, at: Date.now(), status, contentType, body: text });
            for (const header of OF_THE_WAY) response.headers.delete(header);
            return new Response(WITHOUT_BODY.includes(status) ? null : bytes, { status, headers: response.headers });
        } catch (error) {
            const { message } = error as Error;
            record({ ...answered, at: Date.now(), status: 0, contentType: '', body: '', lack: message });
            throw error;
        }
    };

    /** Says of what uses the requests that it has failed. */
    fail(error: Error): void {
        const { run, record } = this.options;
        const answered = { type: 'request.answered', at: Date.now(), runId: run.id, n: ++this.#n } as const;
        record({ ...answered, request: 'script', status: 0, contentType: '', body: '', lack: error.message });
    }

    async #send(url: string, init: RequestInit): Promise<{ status: number; headers: Headers; bytes: ArrayBuffer }> {
        const { run, signal } = this.options;
        const until = Date.now() + ANSWERED_WITHIN_MILLIS;
        for (let breaks = 0; ;) {
            await this.#untilServed(until);
            const { incarnation } = run.record;
            try {
                const timeout = AbortSignal.timeout(Math.max(1, until - Date.now()));
                const response = await fetch(url, { ...init, signal: AbortSignal.any([signal, timeout]) });
                const { status } = response;
                return { status, headers: new Headers(response.headers), bytes: await response.arrayBuffer() };
            } catch (error) {
                if (signal.aborted) throw new Error('the run was ended from outside', { cause: error });
                if (Date.now() >= until) throw new Error('no answer within 60 s', { cause: error });
                const isSame = run.record.incarnation === incarnation && run.pid !== undefined;
                if (isSame && ++breaks >= MAX_BREAKS) throw new Error('the connection broke off', { cause: error });
                this.#servedBy = undefined;
            }
            await sleep(LOOK_EVERY_MILLIS);
        }
    }

    /**
     * Any answer says that the server is there.
     *
     * @throws Error when none comes.
     */
    async #untilServed(until: number): Promise<void> {
        const { run, striker, signal } = this.options;
        for (;;) {
            await striker.settled();
            const { status, incarnation } = run.record;
            if (isTerminal(status)) throw new Error(`the run had ended as ${status}`);
            if (this.#servedBy === incarnation) return;
            const timeout = AbortSignal.any([signal, AbortSignal.timeout(Math.max(1, until - Date.now()))]);
            const isThere = await fetch(run.containerUrl, {
                headers: { ...PROBE, connection: 'close' },
                redirect: 'manual',
                signal: timeout,
            }).then(
                async (response) => response.arrayBuffer().then(() => true),
                () => false,
            );
            if (isThere) this.#servedBy = incarnation;
            if (isThere) return;
            if (signal.aborted) throw new Error('the run was ended from outside');
            if (Date.now() >= until) throw new Error('nothing listened on ACTOR_WEB_SERVER_PORT within 60 s');
            await sleep(LOOK_EVERY_MILLIS);
        }
    }
}
