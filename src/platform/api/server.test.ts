import { once } from 'node:events';
import { request } from 'node:http';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';

import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { clientOf, TestPlatform } from '../fixtures/test-platform.js';

const LIMIT = 100_000;
let local: TestPlatform;
let storeId: string;

beforeAll(async () => {
    local = await TestPlatform.open({ settings: { maxBodyBytes: LIMIT, maxRecordBytes: LIMIT } });
    storeId = (await local.client.keyValueStores().getOrCreate('server-test')).id;
});
afterAll(async () => local.close());

const putRecord = (body: BodyInit, headers: Record<string, string> = {}): RequestInit => ({
    method: 'PUT',
    body,
    headers: { 'content-type': 'text/plain', ...headers },
});
const chunk = (size: number): string => `${size.toString(16)}\r\n${'x'.repeat(size)}\r\n`;
const recordPath = (key = 'KEY'): string => `/key-value-stores/${storeId}/records/${key}`;

/** Sends a request with headers that fetch does not let through. */
async function rawStatus(headers: Record<string, string>, path = '/v2/users/me'): Promise<[number, string]> {
    const { port } = new URL(local.platform.baseUrl);
    const call = request({ host: '127.0.0.1', port, path, headers, agent: false });
    call.end();
    const [response] = (await once(call, 'response')) as [Parameters<typeof text>[0] & { statusCode: number }];
    const body = await text(response);
    return [response.statusCode, (JSON.parse(body) as { error?: { type: string } }).error?.type ?? ''];
}

describe('who may call', () => {
    test('a call without a token gets 401 in the API shape', async () => {
        const response = await fetch(`${local.platform.baseUrl}/v2/users/me`);
        expect(response.status).toBe(401);
        expect(await response.json()).toEqual({
            error: { type: 'token-not-provided', message: 'Authentication token was not provided.' },
        });
    });

    test.each([
        ['another token', { authorization: 'Bearer local_wrong' }],
        ['an empty token', { authorization: 'Bearer ' }],
        ['another scheme', { authorization: 'Basic bG9jYWw6' }],
    ])('a call with %s gets 401', async (_what, headers) => {
        expect((await local.outcome('/users/me', { headers }))[0]).toBe(401);
    });

    describe('without a token', () => {
        const own = async (platform: TestPlatform): Promise<Record<'dataset' | 'store' | 'queue', string>> => {
            const [{ id: dataset }, { id: store }, { id: queue }] = await Promise.all([
                platform.client.datasets().getOrCreate('readable'),
                platform.client.keyValueStores().getOrCreate('readable'),
                platform.client.requestQueues().getOrCreate('readable'),
            ]);
            await platform.client.keyValueStore(store).setRecord({ key: 'A', value: { a: 1 } });
            return { dataset, store, queue };
        };
        const asks = async ({ platform }: TestPlatform, path: string, method = 'GET'): Promise<number> =>
            (await fetch(`${platform.baseUrl}/v2/${path}`, { method })).status;
        const READS = [
            ...['datasets/:dataset', 'datasets/:dataset/items', 'request-queues/:queue', 'request-queues/:queue/head'],
            ...['key-value-stores/:store', 'key-value-stores/:store/keys', 'key-value-stores/:store/records/A'],
        ];
        const ask = async (platform: TestPlatform, path: string, method?: string): Promise<number> => {
            const ids = await own(platform);
            return asks(
                platform,
                path.replace(/:(\w+)/, (_, kind: keyof typeof ids) => ids[kind]),
                method,
            );
        };

        test.each(READS)('%s is read by its id', async (path) => {
            expect(await ask(local, path)).toBe(200);
        });

        test.each<[what: string, path: string, method?: string]>([
            ['read by its name', 'datasets/local~readable'],
            ['looked for by an id that is none', 'datasets/aaaaaaaaaaaaaaaaa'],
            ['written to', 'datasets/:dataset/items', 'POST'],
            ['deleted', 'key-value-stores/:store', 'DELETE'],
            ['listed', 'datasets'],
        ])('no storage is %s', async (_, path, method) => {
            expect(await ask(local, path, method)).toBe(401);
        });

        test('nothing is read where storages are restricted', async () => {
            const restricted = await TestPlatform.open({ settings: { restrictedStorages: true } });
            try {
                for (const path of READS) expect(await ask(restricted, path)).toBe(401);
                const { dataset } = await own(restricted);
                expect(await restricted.client.dataset(dataset).get()).toMatchObject({ generalAccess: 'RESTRICTED' });
            } finally {
                await restricted.close();
            }
        });
    });

    test('the root tells a browser what this is, and nothing that needs a token', async () => {
        const response = await fetch(local.platform.baseUrl);
        const page = await response.text();

        expect([response.status, response.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
        expect(page).toMatch(/Local Apify platform/);
        expect(page).not.toContain(local.platform.token);
        expect((await fetch(local.platform.baseUrl, { method: 'POST' })).status).toBe(401);
    });

    test('the token may also stand in the query', async () => {
        const response = await fetch(`${local.platform.baseUrl}/v2/users/me?token=${local.platform.token}`);
        expect(response.status).toBe(200);
    });

    test('the client sees the user, and a wrong token as an error', async () => {
        expect(await local.client.user('me').get()).toMatchObject({
            username: 'local',
            proxy: { password: expect.stringMatching(/^local_/) },
        });
        const stranger = clientOf({ baseUrl: local.platform.baseUrl, token: 'nobody' });
        await expect(stranger.user('me').get()).rejects.toMatchObject({ statusCode: 401 });
    });

    test.each(['evil.example', 'evil.example:80', '127.0.0.1.evil.example', '192.168.0.1'])(
        "a call to host '%s' gets 403, whatever its token",
        async (host) => {
            const headers = { host, authorization: `Bearer ${local.platform.token}` };
            expect(await rawStatus(headers)).toEqual([403, 'insufficient-permissions']);
        },
    );

    test.each(['localhost', 'LOCALHOST:1', '[::1]:80', '127.0.0.1'])(
        "a call to host '%s' is answered",
        async (host) => {
            expect((await rawStatus({ host, authorization: `Bearer ${local.platform.token}` }))[0]).toBe(200);
        },
    );

    test('a request with several Host headers gets 400', async () => {
        const socket = connect(Number(new URL(local.platform.baseUrl).port), '127.0.0.1');
        socket.end('GET /v2/users/me HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\nConnection: close\r\n\r\n');
        expect(await text(socket)).toMatch(/^HTTP\/1.1 400 /);
    });

    test('a request without a Host header gets 403 in the API shape', async () => {
        const socket = connect(Number(new URL(local.platform.baseUrl).port), '127.0.0.1');
        socket.end('GET /v2/users/me HTTP/1.1\r\nConnection: close\r\n\r\n');
        const answer = await text(socket);
        expect(answer).toMatch(/^HTTP\/1.1 403 /);
        expect(answer).toContain('"type":"insufficient-permissions"');
    });
});

describe('what is there', () => {
    test.each([
        ['GET', '/nowhere', 404, 'page-not-found'],
        ['GET', '/datasets/x/items/y', 404, 'page-not-found'],
        ['PATCH', '/datasets', 405, 'method-not-allowed'],
        ['DELETE', '/users/me', 405, 'method-not-allowed'],
        ['GET', '/datasets/%E0%A4%A', 400, 'invalid-input'],
        ['GET', '/datasets/nothing-here', 404, 'record-not-found'],
    ])('%s %s gets %i %s', async (method, path, status, type) => {
        expect(await local.outcome(path, { method })).toEqual([status, type]);
    });

    test('a 405 names the methods that are allowed', async () => {
        const response = await local.fetch('/users/me', { method: 'POST' });
        expect(response.headers.get('allow')).toBe('GET, HEAD');
    });

    test('an address outside of /v2 gets 404, and an unknown one throws in the client', async () => {
        expect((await rawStatus({ authorization: `Bearer ${local.platform.token}` }, '/v1/users/me'))[0]).toBe(404);
        await expect(local.client.schedule('x').get()).rejects.toMatchObject({ statusCode: 404 });
    });
});

describe('bodies', () => {
    const content = 'compressible '.repeat(1_000);

    test.each([
        ['identity', content],
        ['gzip', gzipSync(content)],
        ['br', brotliCompressSync(content)],
        ['deflate', deflateSync(content)],
        ['GZIP', gzipSync(content)],
    ])('a body in %s is stored decompressed', async (encoding, body) => {
        const { status } = await local.fetch(recordPath(), putRecord(body, { 'content-encoding': encoding }));
        expect(status).toBe(201);
        expect(await (await local.fetch(recordPath())).text()).toBe(content);
    });

    test.each([
        ['zstd', 'x', 415, 'unsupported-content-encoding'],
        ['constructor', 'x', 415, 'unsupported-content-encoding'],
        ['gzip', 'no gzip', 400, 'invalid-input'],
        ['br', gzipSync('x'), 400, 'invalid-input'],
        ['gzip', gzipSync('cut short').subarray(0, 12), 400, 'invalid-input'],
    ])('a body that claims %s gets %# its error', async (encoding, body, status, type) => {
        const init = putRecord(body, { 'content-encoding': encoding });
        expect(await local.outcome(recordPath(), init)).toEqual([status, type]);
    });

    test('rows have the limit of all bodies, and records one of their own', async () => {
        const other = await TestPlatform.open({ settings: { maxBodyBytes: LIMIT, maxRecordBytes: LIMIT * 2 } });
        const { id } = await other.client.keyValueStores().getOrCreate();
        const put = async (bytes: number): Promise<unknown> =>
            other.outcome(`/key-value-stores/${id}/records/KEY`, putRecord('x'.repeat(bytes)));
        const { id: datasetId } = await other.client.datasets().getOrCreate();
        const rows = { method: 'POST', body: JSON.stringify({ text: 'x'.repeat(LIMIT) }) };

        expect(await put(LIMIT * 2)).toEqual([201, undefined]);
        expect(await put(LIMIT * 2 + 1)).toEqual([413, 'request-too-large']);
        expect(await other.outcome(`/datasets/${datasetId}/items`, rows)).toEqual([413, 'request-too-large']);
        await other.close();
    });

    test('a body of just the limit is taken', async () => {
        expect(await local.outcome(recordPath(), putRecord('x'.repeat(LIMIT)))).toEqual([201, undefined]);
    });

    test.each([
        ['whose length says too much', `Content-Length: ${LIMIT * 8}`, 'x'.repeat(LIMIT * 8)],
        ['that grows too large', 'Transfer-Encoding: chunked', `${chunk(LIMIT / 2).repeat(8)}0\r\n\r\n`],
    ])('a body %s gets 413, also when its sender reads nothing before all is sent', async (_what, header, body) => {
        const socket = connect(Number(new URL(local.platform.baseUrl).port), '127.0.0.1');
        const head = [
            `PUT /v2${recordPath()} HTTP/1.1`,
            `Host: localhost`,
            `Authorization: Bearer ${local.platform.token}`,
            header,
        ];
        await new Promise<void>((resolve, reject) => {
            socket.on('error', reject);
            socket.write(`${head.join('\r\n')}\r\n\r\n`);
            socket.write(body, () => resolve());
        });
        // The same connection takes the next call.
        socket.write('GET /v2/users/me HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n');
        const answer = await text(socket);
        expect(answer).toMatch(/^HTTP\/1.1 413 /);
        expect(answer).toContain('"type":"request-too-large"');
        expect(answer).toContain('"type":"token-not-provided"');
    });

    test('a body that is too large is taken to its end, also where the connection ends with the answer', async () => {
        const socket = connect(Number(new URL(local.platform.baseUrl).port), '127.0.0.1');
        const head = `PUT /v2${recordPath()} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n`;
        socket.write(`${head}Content-Length: ${LIMIT * 8}\r\nAuthorization: Bearer ${local.platform.token}\r\n\r\n`);
        const [answer] = (await once(socket, 'data')) as [Buffer];
        expect(answer.toString()).toMatch(/^HTTP\/1.1 413 /);
        for (let sent = 0; sent < 8; sent++) {
            await new Promise<void>((resolve, reject) => {
                socket.once('error', reject);
                socket.write('x'.repeat(LIMIT), () => resolve());
            });
        }
        await once(socket, 'end');
    });

    test.each([
        ['gzip', gzipSync(Buffer.alloc(50_000_000))],
        ['br', brotliCompressSync(Buffer.alloc(50_000_000))],
        ['deflate', deflateSync(Buffer.alloc(50_000_000))],
    ])('a bomb in %s gets 413 without being unpacked', async (encoding, bomb) => {
        const init = putRecord(bomb, { 'content-encoding': encoding });
        expect(await local.outcome(recordPath(), init)).toEqual([413, 'request-too-large']);
    });

    test('the client throws the 413 at once, also for a body of many megabytes', async () => {
        const patient = local.client.keyValueStore(storeId);
        const value = Buffer.alloc(20_000_000, 'no two parts compress '.repeat(10));
        for (let i = 0; i < value.length; i += 4) value.writeUInt32LE((i * 2_654_435_761) % 2 ** 32, i);
        await expect(
            patient.setRecord({ key: 'LARGE', value: value as unknown as string, contentType: 'image/png' }),
        ).rejects.toMatchObject({
            statusCode: 413,
            type: 'request-too-large',
        });
    });

    test('a refused call with a body does not break the connection that it came over', async () => {
        const init = { ...putRecord('x'.repeat(LIMIT)), headers: { authorization: 'Bearer wrong' } };
        for (let i = 0; i < 10; i++) expect((await local.outcome(recordPath(), init))[0]).toBe(401);
    });

    test('a POST without a body that says it is a form is taken', async () => {
        const form = { method: 'POST', headers: { 'content-type': 'application/x-www-form-urlencoded' } };
        expect(await local.outcome('/datasets?name=from-a-form', form)).toEqual([201, undefined]);
    });

    test.each(['', '{', 'null', '"text"', '[[]]', '[1]', '\u0000'])('items %j get 400', async (body) => {
        const { id } = await local.client.datasets().getOrCreate('bad-items');
        expect((await local.outcome(`/datasets/${id}/items`, { method: 'POST', body }))[0]).toBe(400);
    });
});
