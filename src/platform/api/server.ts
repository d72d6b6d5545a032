import { timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { Duplex } from 'node:stream';

import type { CallEnd, RecordedRequest } from '../../trace/recorded.js';
import { STORAGE_KINDS, type StorageKind } from '../../trace/storage-kinds.js';
import type { PlatformCore } from '../core.js';
import { ApiError, invalidInput } from '../errors.js';
import type { EventsSocket } from '../events-socket.js';
import type { ApiCallGate } from '../gate.js';
import type { PassThroughProxy } from '../proxy.js';
import { type Applied, apply, applyAnew } from './apply.js';
import { readBody } from './body.js';
import type { Caller } from './operation.js';
import { OPERATIONS, UNSUPPORTED_OPERATIONS } from './operations.js';
import { OWN_OPERATIONS, OWN_PREFIX } from './own.js';
import { Query } from './query.js';
import { jsonReply } from './reply.js';
import { assertOwnHost, malformed, parseUrl, recordedRequest } from './request.js';
import { sendRootPage } from './root-page.js';
import { OperationRouter } from './router.js';
import { drop, send, tear } from './send.js';
import { endWithError, sendError, toApiError } from './send-error.js';
import { travel } from './travel.js';

const EVENTS_PATH = /^\/actor-events\/([a-zA-Z0-9]+)$/;
/** A storage by its id, and what lies below it. */
const STORAGE_PATH = /^\/v2\/([a-z-]+)\/([a-zA-Z0-9]+)(?:\/|$)/;
/** Writes a record, below its store or below its run. */
const RECORD_WRITE = /keyValueStore_record_(?:put|post)$/;
/** Longer than any client of the API keeps an idle connection, so that none is closed under a new request. */
const KEEP_ALIVE_MILLIS = 120_000;

export interface ApiServerOptions {
    token: string;
    events: EventsSocket;
    gate: ApiCallGate;
    proxy: PassThroughProxy;
    /** Whether the trace holds what was asked in each call of a run. */
    recordsRequests: boolean;
    /** Called for each request; the core exists only once the port is known. */
    core: () => PlatformCore;
}

/**
 * The HTTP side of the platform: loopback only, and without a token nothing but reading a storage by its id. Faults strike between reading a call and
 * applying it, and between applying and answering it; they need the raw socket, hence `node:http` and Hono's router.
 */
export class ApiServer {
    readonly #server: Server;
    readonly #router = new OperationRouter([
        ['/v2', [...OPERATIONS, ...UNSUPPORTED_OPERATIONS]],
        [OWN_PREFIX, OWN_OPERATIONS],
    ]);
    readonly #connectedAt = new WeakMap<Duplex, number>();
    readonly #sockets = new Set<Socket>();

    constructor(private readonly options: ApiServerOptions) {
        // A request without a Host header is refused here, in the API's shape, and not by Node.
        const serverOptions = { keepAliveTimeout: KEEP_ALIVE_MILLIS, requireHostHeader: false };
        this.#server = createServer(serverOptions, (request, response) => {
            this.#handle(request, response).catch((error: unknown) => sendError(response, error));
        });
        this.#server.on('checkExpectation', (_request, response: ServerResponse) => {
            sendError(response, new ApiError(417, 'expectation-failed', 'The only Expect header is 100-continue.'));
        });
        this.#server.on('connection', (socket) => {
            this.#connectedAt.set(socket, Date.now());
            this.#sockets.add(socket);
            socket.once('close', () => this.#sockets.delete(socket));
        });
        this.#server.on('upgrade', (request, socket, head) => this.#upgrade(request, socket, head));
        this.#server.on('connect', (request, socket, head) => options.proxy.tunnel(request, socket, head));
        this.#server.on('clientError', (error, socket) => endWithError(socket, malformed(error)));
    }

    /** Listens on loopback and returns the port. 0 lets the system choose. */
    async listen(port: number): Promise<number> {
        await new Promise<void>((resolve, reject) => {
            this.#server.once('error', reject);
            this.#server.listen(port, '127.0.0.1', resolve);
        });
        return (this.#server.address() as AddressInfo).port;
    }

    async close(): Promise<void> {
        const closed = new Promise((resolve) => {
            this.#server.close(resolve);
        });
        for (const socket of this.#sockets) socket.destroy();
        await closed;
    }

    async #handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
        if (/^https?:\/\//i.test(request.url ?? '')) {
            this.options.proxy.forward(request, response);
            return;
        }
        assertOwnHost(request);
        const url = parseUrl(request);
        if (/^\/proxy-status\/?$/.test(url.pathname)) {
            send(response, jsonReply({ connected: true, connectionError: null, isManInTheMiddle: false }), false);
            return;
        }
        if (url.pathname === '/' && (request.method === 'GET' || request.method === 'HEAD')) {
            sendRootPage(response);
            return;
        }
        const core = this.options.core();
        const isPublic = tokenOf(request, url) === undefined && this.#isPublic(request, url);
        const caller = isPublic ? ({ kind: 'anyone' } as const) : this.#authenticate(request, url);
        const { operation, params } = this.#router.find(request.method ?? 'GET', url.pathname);
        const { maxBodyBytes, maxRecordBytes } = core.settings;
        const isRecord = RECORD_WRITE.test(operation.operationId);
        const body = await readBody(request, isRecord ? maxRecordBytes : maxBodyBytes);
        const run = caller.kind === 'run' ? core.runs.known(caller.runId) : undefined;
        const mustDrop = (): boolean => {
            if (run?.accepts(this.#connectedAt.get(request.socket) ?? 0) !== false) return false;
            request.socket.destroy();
            return true;
        };
        if (mustDrop()) return;
        const { operationId } = operation;
        const origin = run && { runId: run.id, incarnation: run.record.incarnation };
        const places = run && this.options.gate.count(run.id, operationId);
        const recorded = run && this.options.recordsRequests ? { request: recordedRequest(request, body) } : {};
        const open = core.store.calls.begin({ operationId, params, ...places, ...origin, ...recorded });
        const way = async (): Promise<boolean> => travel(request.socket, run ? core.settings.apiLatencyMillis / 2 : 0);
        const lose = (): void => {
            open.end({ how: 'dropped' });
            request.socket.destroy();
        };
        if (!(await way()) || mustDrop()) {
            lose();
            return;
        }
        const passes =
            run &&
            places &&
            this.options.gate.admit({ runId: run.id, call: open.number, operationId, params, ...places });
        const before = (await passes?.before?.()) ?? 'go';
        if (before instanceof ApiError) {
            await way();
            open.end({ how: 'refused', status: before.status });
            throw before;
        }
        if (before === 'drop' || mustDrop()) {
            lose();
            return;
        }
        const { headers } = request;
        const query = new Query(url.searchParams);
        const call = { core, params, query, headers, body, caller, now: Date.now(), writing: open.writing };
        const reply = await apply(open, operation, call).catch(async (error: unknown) => {
            await way();
            open.end(endOf(request, toApiError(error).status));
            throw error;
        });
        const after = (await passes?.after?.()) ?? 'go';
        await way();
        const isHead = request.method === 'HEAD';
        const { status } = reply;
        if (after === 'go') open.end(endOf(request, status));
        else open.end(after === 'tear' ? { how: 'torn', status } : { how: 'dropped' });
        if (after === 'go') send(response, reply, isHead);
        else if (after === 'tear') await tear(response, reply, isHead);
        else drop(response, reply);
    }

    /** Applies a recorded call of a run anew: see `applyAnew`. */
    async applyAnew(request: RecordedRequest, runId: string): Promise<Applied> {
        return applyAnew({ core: this.options.core(), gate: this.options.gate, router: this.#router }, request, runId);
    }

    /**
     * Whether anyone may ask that: to read a storage whose id is known.
     *
     * Source: https://docs.apify.com/platform/storage/usage#sharing-storages-between-runs
     */
    #isPublic({ method = 'GET' }: IncomingMessage, { pathname }: URL): boolean {
        const { store, settings } = this.options.core();
        const [, kind, id] = STORAGE_PATH.exec(pathname) ?? [];
        if (settings.restrictedStorages || !isStorageKind(kind) || id === undefined) return false;
        return (method === 'GET' || method === 'HEAD') && store.state.storages[kind].has(id);
    }

    /**
     * @throws ApiError 401 in the API's shape.
     */
    #authenticate(request: IncomingMessage, url: URL): Caller {
        const token = tokenOf(request, url);
        if (token === undefined) {
            throw new ApiError(401, 'token-not-provided', 'Authentication token was not provided.');
        }
        if (isSame(token, this.options.token)) return { kind: 'user' };
        const runId = this.options.core().runs.runIdOf(token);
        if (runId !== undefined) return { kind: 'run', runId };
        throw new ApiError(401, 'user-or-token-not-found', 'User was not found or authentication token is not valid.');
    }

    #upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
        socket.on('error', () => socket.destroy());
        try {
            assertOwnHost(request);
            const url = parseUrl(request);
            const caller = this.#authenticate(request, url);
            const runId = EVENTS_PATH.exec(url.pathname)?.[1];
            if (runId === undefined || !this.options.core().store.state.runs.has(runId)) {
                throw new ApiError(404, 'page-not-found', 'There are no events here.');
            }
            if (caller.kind === 'run') {
                const isOwn = caller.runId === runId;
                const run = this.options.core().runs.known(runId);
                if (!isOwn || run?.accepts(this.#connectedAt.get(socket) ?? 0) === false) {
                    throw new ApiError(403, 'insufficient-permissions', 'These events belong to another process.');
                }
            }
            this.options.events.accept(runId, request, socket, head);
        } catch (error) {
            endWithError(socket, error instanceof ApiError ? error : invalidInput('The request is malformed.'));
        }
    }
}

/** How a call ends whose answer is due. */
function endOf({ socket }: IncomingMessage, status: number): CallEnd {
    return socket.destroyed ? { how: 'dropped' } : { how: 'answered', status };
}

function tokenOf({ headers }: IncomingMessage, { searchParams }: URL): string | undefined {
    const header = /^Bearer (.+)$/i.exec(headers.authorization ?? '')?.[1];
    return header ?? searchParams.get('token') ?? undefined;
}

function isStorageKind(name: string | undefined): name is StorageKind {
    return name !== undefined && Object.hasOwn(STORAGE_KINDS, name);
}

function isSame(a: string, b: string): boolean {
    const [left, right] = [Buffer.from(a), Buffer.from(b)];
    return left.length === right.length && timingSafeEqual(left, right);
}
