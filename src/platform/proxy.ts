import {
    type ClientRequest,
    type IncomingHttpHeaders,
    type IncomingMessage,
    request as httpRequest,
    ServerResponse,
} from 'node:http';
import { connect } from 'node:net';
import { type Duplex, pipeline } from 'node:stream';

import { endWithError } from './api/send-error.js';
import { ApiError, invalidInput } from './errors.js';

/** Headers between a client and its proxy. Trailers are not passed on, so none is announced. */
const OF_THE_PROXY = ['proxy-authorization', 'proxy-connection', 'proxy-authenticate', 'trailer'];
/** Headers between a proxy and the server that it asks. */
const OF_THE_SERVER = ['connection', 'keep-alive', 'proxy-connection'];

/**
 * What stands in for Apify Proxy: an HTTP proxy that passes everything on from this machine, whatever groups, session
 * or country the user name asks for. So an Actor that uses a proxy configuration runs unchanged.
 */
export class PassThroughProxy {
    constructor(private readonly password: string) {}

    /**
     * Answers a request whose address is absolute, as clients send it to a proxy for plain HTTP. The server's answer is
     * passed on, or is a 502 that says in plain text why it can't be.
     *
     * @throws ApiError 407; 400 when the address is none.
     */
    forward(request: IncomingMessage, response: ServerResponse): void {
        this.#authenticate(request.headers);
        const url = request.url ?? '';
        if (!URL.canParse(url) || new URL(url).protocol !== 'http:') {
            throw invalidInput('Only plain HTTP has an absolute address; HTTPS takes CONNECT.');
        }
        const upstream = ask(url, request);
        upstream.on('response', (answer) => {
            const obstacle = obstacleOf(answer, request);
            if (obstacle === undefined) {
                response.writeHead(answer.statusCode!, answer.statusMessage, endToEnd(answer.rawHeaders));
                // Whichever of the two fails or is closed first takes the other with it.
                pipeline(answer, response, () => {});
                return;
            }
            refuse(response, `The server's answer can't be passed on: ${obstacle}.`);
            upstream.destroy();
        });
        upstream.on('error', (error) => refuse(response, unreachable(error).message));
        upstream.on('close', () => {
            refuse(response, 'The server closed the connection without an answer.');
            // What is still to come of the request is thrown away, so that its sender comes to the answer.
            request.unpipe(upstream).resume();
        });
        response.on('error', () => response.destroy()).on('close', () => upstream.destroy());
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

/**
 * @throws ApiError 400 when nobody can be asked that.
 */
function ask(url: string, request: IncomingMessage): ClientRequest {
    const headers = Object.entries(request.headers).filter(([name]) => !OF_THE_PROXY.includes(name));
    try {
        // A connection for each: a server that closes one, or goes on sending on it, spoils no other request.
        return httpRequest(url, { agent: false, method: request.method, headers: Object.fromEntries(headers) });
    } catch (error) {
        throw invalidInput(`The server can't be asked: ${(error as Error).message}.`);
    }
}

/**
 * Why a server's answer can't be passed on; undefined when it can. Node reads more than it sends, and says so by
 * throwing when the head is written: so it is written first where nobody reads it.
 */
function obstacleOf(answer: IncomingMessage, request: IncomingMessage): string | undefined {
    const { statusCode = 0, statusMessage, rawHeaders, headers } = answer;
    // Its reader would go on waiting: for the answer itself, or for the end of this connection.
    if (statusCode >= 100 && statusCode < 200) return `a status of ${statusCode} was not asked for`;
    const encoding = headers['transfer-encoding'];
    if (encoding !== undefined && !/(?:^|,)\s*chunked\s*$/i.test(encoding)) return `Transfer-Encoding '${encoding}'`;
    try {
        new ServerResponse(request).writeHead(statusCode, statusMessage, endToEnd(rawHeaders)).end();
        return undefined;
    } catch (error) {
        return (error as Error).message;
    }
}

/** Names and values in turn, as they came. */
function endToEnd(rawHeaders: readonly string[]): string[] {
    return rawHeaders.filter((_, i) => !OF_THE_SERVER.includes(rawHeaders[i - (i % 2)]!.toLowerCase()));
}

/** Answers with 502, unless an answer is on its way: what has begun to be passed on ends or is cut by itself. */
function refuse(response: ServerResponse, reason: string): void {
    if (response.headersSent || response.destroyed) return;
    const body = `${reason}\n`;
    const head = { 'content-type': 'text/plain; charset=utf-8', 'content-length': Buffer.byteLength(body) };
    response.writeHead(502, head).end(body);
}

function unreachable(error: Error): ApiError {
    return new ApiError(502, 'proxy-error', `The server can't be reached: ${error.message}.`);
}
