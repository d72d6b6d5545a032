import {
    createServer,
    type IncomingMessage,
    request as requestHttp,
    type Server,
    type ServerResponse,
} from 'node:http';
import { request as requestHttps } from 'node:https';
import type { AddressInfo } from 'node:net';

import { decompress } from '../../platform/api/body.js';
import { sendError } from '../../platform/api/send-error.js';
import { ApiError } from '../../platform/errors.js';
import { type Exchange, operationOf } from './exchange.js';

/** More than any exchange of a contract. */
const MAX_BYTES = 32 * 1024 * 1024;

/** Passes calls on to an API and keeps each with its answer. It listens on loopback, for clients to call instead. */
export class ExchangeRecorder {
    readonly exchanges: Exchange[] = [];
    readonly #server: Server;
    readonly #target: URL;
    #failure: Error | undefined;

    private constructor(target: string) {
        this.#target = new URL(target);
        this.#server = createServer((request, response) => this.#pass(request, response));
    }

    static async open(target: string): Promise<ExchangeRecorder> {
        const recorder = new ExchangeRecorder(target);
        await new Promise<void>((resolve) => {
            recorder.#server.listen(0, '127.0.0.1', resolve);
        });
        return recorder;
    }

    get baseUrl(): string {
        return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
    }

    /**
     * @throws Error when an exchange could not be kept.
     */
    async close(): Promise<void> {
        this.#server.closeAllConnections();
        await new Promise((resolve) => {
            this.#server.close(resolve);
        });
        if (this.#failure) throw this.#failure;
    }

    #pass(request: IncomingMessage, response: ServerResponse): void {
        const url = new URL(request.url ?? '/', this.#target);
        const send = url.protocol === 'https:' ? requestHttps : requestHttp;
        const { method, headers } = request;
        // The platform takes a run's calls only over connections that its present process can have opened.
        const upstream = send(url, { method, headers: { ...headers, host: url.host }, agent: false });
        const sent = collect(request);
        upstream.on('response', (answer) => {
            response.writeHead(answer.statusCode ?? 502, answer.rawHeaders);
            const received = collect(answer);
            answer.pipe(response, { end: false });
            // The client gets the end only when the exchange has been kept.
            Promise.all([sent, received])
                .then(async ([requestBody, responseBody]) =>
                    this.#keep(request, answer, await plain(requestBody, request), await plain(responseBody, answer)),
                )
                .catch((error: Error) => {
                    this.#failure ??= error;
                })
                .finally(() => response.end());
        });
        upstream.on('error', (error) => sendError(response, new ApiError(502, 'unreachable', error.message)));
        request.pipe(upstream);
    }

    #keep(request: IncomingMessage, answer: IncomingMessage, requestBody: Buffer, responseBody: Buffer): void {
        const method = request.method ?? 'GET';
        const url = request.url ?? '/';
        this.exchanges.push({
            method,
            url,
            operationId: operationOf(method, url),
            requestHeaders: request.headers,
            requestBody,
            status: answer.statusCode ?? 0,
            responseHeaders: answer.headers,
            responseBody,
        });
    }
}

async function collect(stream: IncomingMessage): Promise<Buffer> {
    const chunks: Buffer[] = [];
    stream.on('data', (chunk: Buffer) => chunks.push(chunk));
    return new Promise((resolve, reject) => {
        stream.once('end', () => resolve(Buffer.concat(chunks)));
        stream.once('error', reject);
    });
}

async function plain(body: Buffer, { headers }: IncomingMessage): Promise<Buffer> {
    return decompress(body, headers['content-encoding'], MAX_BYTES);
}
