import { once } from 'node:events';
import { createServer, request, type Server } from 'node:http';
import { type AddressInfo, connect, createServer as createTcpServer } from 'node:net';
import { text } from 'node:stream/consumers';

import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';

import { freePort } from './free-port.js';
import { attackProxy } from './fixtures/hostile-upstream.js';
import { TestPlatform } from './fixtures/test-platform.js';

let local: TestPlatform;
let site: Server;
let password: string;

beforeAll(async () => {
    local = await TestPlatform.open();
    password = (await local.client.user('me').get()).proxy!.password;
    site = createServer((incoming, response) => {
        void text(incoming).then((body) => {
            response.writeHead(201, { 'x-site': '1' });
            response.end(JSON.stringify({ url: incoming.url, body, headers: incoming.headers }));
        });
    });
    await new Promise<void>((resolve) => {
        site.listen(0, '127.0.0.1', resolve);
    });
});
afterAll(async () => {
    await local.close();
    site.closeAllConnections();
    site.close();
});

const portOf = (server: Server): number => (server.address() as AddressInfo).port;
const platformPort = (): number => Number(new URL(local.platform.baseUrl).port);
const authorization = (secret = password): string =>
    `Basic ${Buffer.from(`groups-RESIDENTIAL,session-1:${secret}`).toString('base64')}`;

async function forward(url: string, headers: Record<string, string>): Promise<[status: number, body: string]> {
    const call = request({ port: platformPort(), host: '127.0.0.1', path: url, method: 'POST', headers, agent: false });
    call.end('hello');
    const [response] = (await once(call, 'response')) as [Parameters<typeof text>[0] & { statusCode: number }];
    return [response.statusCode, await text(response)];
}

/** What comes back for a CONNECT and what is sent after it. */
async function tunnel(target: string, secret: string, after = ''): Promise<string> {
    const socket = connect(platformPort(), '127.0.0.1');
    socket.write(
        `CONNECT ${target} HTTP/1.1\r\nHost: ${target}\r\nProxy-Authorization: ${authorization(secret)}\r\n\r\n`,
    );
    if (after === '') return text(socket);
    const [answer] = (await once(socket, 'data')) as [Buffer];
    socket.write(after);
    return answer.toString() + (await text(socket));
}

test('a request with an absolute address is passed on, without what was for the proxy', async () => {
    const url = `http://127.0.0.1:${portOf(site)}/page?a=1`;
    const [status, body] = await forward(url, { 'proxy-authorization': authorization(), 'x-mine': '2' });
    const seen = JSON.parse(body) as { headers: Record<string, string> };
    expect(status).toBe(201);
    expect(seen).toMatchObject({ url: '/page?a=1', body: 'hello', headers: { 'x-mine': '2' } });
    expect(Object.keys(seen.headers)).not.toContain('proxy-authorization');
});

test('CONNECT joins client and server', async () => {
    const get = 'GET /tunnelled HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n';
    const answer = await tunnel(`127.0.0.1:${portOf(site)}`, password, get);
    expect(answer).toMatch(/^HTTP\/1\.1 200 Connection Established\r\n\r\n/);
    expect(answer).toContain('"url":"/tunnelled"');
});

test('without the password nothing is passed on', async () => {
    const target = `127.0.0.1:${portOf(site)}`;
    expect(await tunnel(target, 'wrong')).toMatch(/^HTTP\/1\.1 407 .*\r\nproxy-authenticate: Basic/s);
    expect((await forward(`http://${target}/`, { 'proxy-authorization': authorization('wrong') }))[0]).toBe(407);
    expect((await forward(`http://${target}/`, {}))[0]).toBe(407);
    expect((await forward(`http://${target}/`, { authorization: `Bearer ${local.platform.token}` }))[0]).toBe(407);
});

test('a server that is not there is a 502, and an address that is none a 400', async () => {
    const nobody = `127.0.0.1:${await freePort()}`;
    expect(await tunnel(nobody, password)).toMatch(/^HTTP\/1\.1 502 /);
    expect(await tunnel('127.0.0.1', password)).toMatch(/^HTTP\/1\.1 400 /);
    expect(await tunnel('127.0.0.1:99999', password)).toMatch(/^HTTP\/1\.1 400 /);
    const headers = { 'proxy-authorization': authorization() };
    expect((await forward(`http://${nobody}/`, headers))[0]).toBe(502);
    expect((await forward('https://127.0.0.1/', headers))[0]).toBe(400);
    expect((await forward('http://%zz@127.0.0.1/', headers))[0]).toBe(400);
});

describe('an answer', () => {
    /** What a client gets from a server that answers these bytes and closes the connection. */
    async function passedOn(answer: string, method = 'GET', header = ''): Promise<string> {
        const server = createTcpServer((socket) => {
            socket.on('error', () => {}).once('data', () => socket.end(Buffer.from(answer, 'latin1')));
        });
        await new Promise<void>((resolve) => {
            server.listen(0, '127.0.0.1', resolve);
        });
        onTestFinished(() => {
            server.close();
        });
        const { port } = server.address() as AddressInfo;
        const socket = connect(platformPort(), '127.0.0.1');
        const head = [`${method} http://127.0.0.1:${port}/ HTTP/1.1`, 'Host: x', 'Connection: close', header];
        const lines = [...head.filter((line) => line !== ''), `Proxy-Authorization: ${authorization()}`];
        socket.write(`${lines.join('\r\n')}\r\n\r\n`);
        return text(socket);
    }

    test.each([
        ['status 000', 'HTTP/1.1 000 Nothing\r\nContent-Length: 2\r\n\r\nok'],
        ['status 099', 'HTTP/1.1 099 Low\r\nContent-Length: 2\r\n\r\nok'],
        ['a control character in its reason', 'HTTP/1.1 200 O\u0001K\r\nContent-Length: 2\r\n\r\nok'],
        ['a trailer and no chunks', 'HTTP/1.1 200 OK\r\nTrailer: X\r\nContent-Length: 2\r\n\r\nok'],
        ['chunks and a trailer in a 304', 'HTTP/1.1 304 N\r\nTransfer-Encoding: chunked\r\nTrailer: X\r\n\r\n'],
        ['a 101 that nobody asked for', 'HTTP/1.1 101 Switching Protocols\r\n\r\n'],
        ['such a 101 with Upgrade', 'HTTP/1.1 101 S\r\nUpgrade: x\r\nConnection: Upgrade\r\n\r\nx'],
        ['no end but that of its connection', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\n\r\nok'],
        ['a head that is none', '<html>'],
        ['nothing in it', ''],
    ])('with %s becomes a 502 in plain text', async (_what, answer) => {
        expect(await passedOn(answer)).toMatch(
            /^HTTP\/1\.1 502 .*\r\ncontent-type: text\/plain.*\r\n\r\nThe server.*\n$/s,
        );
        expect(await passedOn(answer, 'HEAD')).toMatch(/^HTTP\/1\.1 502 .*\r\n\r\n$/s);
    });

    test('is passed on with all its headers but those that hold for one connection', async () => {
        const headers = 'Set-Cookie: a\r\nset-cookie: b\r\nKeep-Alive: timeout=9\r\nConnection: keep-alive';
        const passed = await passedOn(`HTTP/1.1 599 \xfc\r\n${headers}\r\nContent-Length: 2\r\n\r\nok`);
        expect(passed).toMatch(/^HTTP\/1\.1 599 .*\r\nSet-Cookie: a\r\nset-cookie: b\r\n.*\r\n\r\nok$/s);
        expect(passed).toContain('Connection: close');
        expect(passed).not.toContain('Keep-Alive');
    });

    test('that ends too early is cut, not completed', async () => {
        const passed = await passedOn('HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nok');
        expect(passed).toMatch(/^HTTP\/1\.1 200 OK\r\nContent-Length: 9\r\n.*\r\n\r\nok$/s);
    });

    test('comes to a request that announces trailers, which are not passed on', async () => {
        const ok = 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok';
        expect(await passedOn(ok, 'DELETE', 'Trailer: X')).toMatch(/^HTTP\/1\.1 200 .*ok$/s);
    });
});

test('60 hostile web servers end no platform', async () => {
    const { complaints, statuses, isAlive } = await attackProxy(60);
    expect(complaints).toEqual([]);
    expect(isAlive).toBe(true);
    expect([statuses.get(200), statuses.get(502)]).toEqual([expect.any(Number), expect.any(Number)]);
});
