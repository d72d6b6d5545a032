import { type IncomingHttpHeaders, type IncomingMessage, request as httpRequest, type ServerResponse } from 'node:http';
import { connect } from 'node:net';
import type { Duplex } from 'node:stream';

import { endWithError, sendError } from './api/send-error.js';
import { ApiError, invalidInput } from './errors.js';

/** Headers that are between a client and its proxy. */
const OF_THE_PROXY = ['proxy-authorization', 'proxy-connection', 'proxy-authenticate'];

/**
 * What stands in for Apify Proxy: an HTTP proxy that passes everything on from this machine, whatever groups, session
 * or country the user name asks for. So an Actor that uses a proxy configuration runs unchanged.
 */
export class PassThroughProxy {
    constructor(private readonly password: string) {}

    /** Answers a request whose address is absolute, as clients send it to a proxy for plain HTTP. */
    forward(request: IncomingMessage, response: ServerResponse): void {
        this.#authenticate(request.headers);
        const url = request.url ?? '';
        if (!URL.canParse(url) || new URL(url).protocol !== 'http:') {
            throw invalidInput('Only plain HTTP has an absolute address; HTTPS takes CONNECT.');
        }
        const headers = Object.entries(request.headers).filter(([name]) => !OF_THE_PROXY.includes(name));
        const upstream = httpRequest(url, { method: request.method, headers: Object.fromEntries(headers) });
        upstream.on('response', (answer) => {
            response.writeHead(answer.statusCode ?? 502, answer.statusMessage, answer.rawHeaders);
            answer.on('error', () => response.destroy()).pipe(response);
        });
        upstream.on('error', (error) => sendError(response, unreachable(error)));
        response.on('close', () => upstream.destroy());
        request.on('error', () => upstream.destroy()).pipe(upstream);
    }

    /** Joins a client with the server that it names in CONNECT. */
    tunnel(request: IncomingMessage, socket: Duplex, head: Buffer): void {
        socket.on('error', () => socket.destroy());
        try {
            this.#authenticate(request.headers);
        } catch (error) {
            endWithError(socket, error as ApiError);
            return;
        }
        const target = /^(?:\[([0-9a-f:]+)\]|([^:[\]/]+)):(\d{1,5})$/i.exec(request.url ?? '');
        const [, ipv6, name, port] = target ?? [];
        if (!target || Number(port) > 65_535) {
            endWithError(socket, invalidInput('CONNECT takes a host and a port.'));
            return;
        }
        const upstream = connect(Number(port), (ipv6 ?? name)!);
        let isJoined = false;
        upstream.once('connect', () => {
            isJoined = true;
            socket.write('HTTP/1.1 200 Connection Established\r\n\r\n');
            upstream.write(head);
            upstream.pipe(socket).pipe(upstream);
        });
        upstream.on('error', (error) => {
            if (isJoined) socket.destroy();
            else endWithError(socket, unreachable(error));
        });
        socket.on('close', () => upstream.destroy());
    }

    /**
     * @throws ApiError 407.
     */
    #authenticate(headers: IncomingHttpHeaders): void {
        const encoded = /^Basic (.+)$/i.exec(headers['proxy-authorization'] ?? '')?.[1] ?? '';
        const [, ...password] = Buffer.from(encoded, 'base64').toString().split(':');
        if (password.join(':') === this.password) return;
        throw new ApiError(407, 'proxy-authentication-required', 'The proxy password is wrong.', undefined, {
            'proxy-authenticate': 'Basic realm="actors-move"',
        });
    }
}

function unreachable(error: Error): ApiError {
    return new ApiError(502, 'proxy-error', `The server can't be reached: ${error.message}.`);
}
