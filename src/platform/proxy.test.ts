import { once } from 'node:events';
import { createServer, request, type Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { text } from 'node:stream/consumers';

import { afterAll, beforeAll, expect, test } from 'vitest';

import { freePort } from './free-port.js';
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
});
