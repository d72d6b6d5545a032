import { once } from 'node:events';
import { createServer, type Server, type ServerResponse } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';

import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';

import { INLINE_LIMIT_BYTES } from '../../trace/codec.js';
import { TestPlatform } from '../fixtures/test-platform.js';
import type { RunProcess } from '../index.js';
import { Blobs } from '../journal/blobs.js';
import { contentReply, dataReply, emptyReply, jsonReply, type Reply } from './reply.js';
import { drop, send, tear } from './send.js';

let server: Server;
let answer: (response: ServerResponse) => unknown;

beforeAll(async () => {
    server = createServer((_request, response) => answer(response));
    await new Promise<void>((resolve) => {
        server.listen(0, '127.0.0.1', resolve);
    });
});
afterAll(() => {
    server.closeAllConnections();
    server.close();
});

interface Received {
    /** NaN when nothing came. */
    status: number;
    /** What the head declares; NaN when it doesn't. */
    length: number;
    body: Buffer;
}

const NOTHING: Received = { status: NaN, length: NaN, body: Buffer.alloc(0) };

/** Sends one request over a socket of its own and reads what comes until that is closed. */
async function receive(port: number, path = '/', headers: readonly string[] = [], method = 'GET'): Promise<Received> {
    const socket = connect(port, '127.0.0.1');
    socket.write(
        [`${method} ${path} HTTP/1.1`, 'Host: localhost', 'Connection: close', ...headers, '', ''].join('\r\n'),
    );
    const bytes = await buffer(socket);
    const end = bytes.indexOf('\r\n\r\n');
    if (end === -1) return NOTHING;
    const head = bytes.toString('latin1', 0, end);
    const numberIn = (pattern: RegExp): number => Number(pattern.exec(head)?.[1] ?? NaN);
    return {
        status: numberIn(/^HTTP\/1\.1 (\d+) /),
        length: numberIn(/^content-length: (\d+)$/im),
        body: /^transfer-encoding: chunked$/im.test(head) ? merged(bytes.subarray(end + 4)) : bytes.subarray(end + 4),
    };
}

/** A chunked body as if it had come in one chunk: newer Nodes send two that are there together as one. */
function merged(body: Buffer): Buffer {
    let [rest, content] = [body.toString('latin1'), ''];
    for (let chunk; (chunk = /^([1-9a-f][0-9a-f]*)\r\n/i.exec(rest));) {
        const [start, length] = [chunk[0].length, parseInt(chunk[1]!, 16)];
        content += rest.slice(start, start + length);
        rest = rest.slice(start + length + 2);
    }
    if (content === '') return body;
    return Buffer.from(`${content.length.toString(16)}\r\n${content}\r\n${rest}`, 'latin1');
}

const portOf = (): number => (server.address() as AddressInfo).port;

describe('every kind of reply', () => {
    const opened: Readable[] = [];
    const streamOf =
        (...chunks: string[]) =>
        () => {
            const stream = Readable.from(chunks.map((chunk) => Buffer.from(chunk)));
            opened.push(stream);
            return stream;
        };
    const REPLIES: Readonly<Record<string, Reply>> = {
        data: dataReply({ n: 1 }, 201),
        json: jsonReply([1, 2]),
        bytes: contentReply(Buffer.from('0123456789'), 'text/plain'),
        'one byte': contentReply('x', 'text/plain'),
        'no bytes': contentReply('', 'text/plain'),
        stream: contentReply({ length: 10, open: streamOf('012', '3456789') }, 'text/plain'),
        'a stream of unknown length': contentReply({ length: undefined, open: streamOf('012', '345') }, 'text/plain'),
        'a stream that ends at once': contentReply({ length: undefined, open: streamOf() }, 'text/plain'),
        empty: emptyReply(),
    };
    const cases = Object.entries(REPLIES).flatMap(([name, reply]) =>
        (['GET', 'HEAD'] as const).map((method) => ({ name, reply, method })),
    );

    afterEach(() => opened.splice(0));

    /** What came, once the reply's `afterwards` has been called and all streams are closed. */
    async function exchange(reply: Reply, method: string, act: typeof send | typeof tear): Promise<Received> {
        const afterwards = vi.fn();
        answer = (response) => act(response, { ...reply, afterwards }, method === 'HEAD');
        const received = await receive(portOf(), '/', [], method);
        await vi.waitFor(() => expect(afterwards).toHaveBeenCalled());
        for (const stream of opened) if (!stream.closed) await once(stream, 'close');
        expect(afterwards).toHaveBeenCalledTimes(1);
        return received;
    }

    const WHOLE: Readonly<Record<string, [length: number, body: string]>> = {
        data: [16, '{"data":{"n":1}}'],
        json: [5, '[1,2]'],
        bytes: [10, '0123456789'],
        'one byte': [1, 'x'],
        'no bytes': [0, ''],
        stream: [10, '0123456789'],
        'a stream of unknown length': [NaN, '6\r\n012345\r\n0\r\n\r\n'],
        'a stream that ends at once': [NaN, '0\r\n\r\n'],
        empty: [NaN, ''],
    };

    test.each(cases)('is sent whole: $name to $method', async ({ name, reply, method }) => {
        const [length, whole] = WHOLE[name]!;
        const body = Buffer.from(method === 'HEAD' ? '' : whole);
        expect(await exchange(reply, method, send)).toEqual({ status: reply.status, length, body });
    });

    /** Of replies that have a body. */
    const HALVES: Readonly<Record<string, string>> = {
        data: '{"data":',
        json: '[1',
        bytes: '01234',
        'one byte': '',
        stream: '01234',
        'a stream of unknown length': '3\r\n012\r\n',
    };

    test.each(cases)('is torn in the middle of its body, if it has one: $name to $method', async (torn) => {
        const { name, reply, method } = torn;
        const half = method === 'HEAD' ? undefined : HALVES[name];
        const [length] = WHOLE[name]!;
        const expected = half === undefined ? NOTHING : { status: reply.status, length, body: Buffer.from(half) };
        expect(await exchange(reply, method, tear)).toEqual(expected);
    });

    test.each(cases)('is dropped without a byte: $name to $method', async ({ reply, method }) => {
        expect(await exchange(reply, method, drop)).toEqual(NOTHING);
        expect(opened).toEqual([]);
    });

    test.each([
        ['sent', send],
        ['torn', tear],
    ])('that fails while it is %s cuts the connection', async (_how, act) => {
        const open = (): Readable => {
            const stream = new Readable({ read: () => stream.destroy(new Error('The disk is gone.')) });
            opened.push(stream);
            return stream;
        };
        const received = await exchange(contentReply({ length: 9, open }, 'text/plain'), 'GET', act);
        expect(received.body).toHaveLength(0);
    });

    test.each([
        ['sent', send],
        ['torn', tear],
    ])('that never ends is closed when its caller leaves while it is %s', async (_how, act) => {
        const afterwards = vi.fn();
        const stream = new Readable({ read() {} });
        const closed = new Promise((resolve) => {
            stream.once('close', resolve);
        });
        const reply = { ...contentReply({ length: undefined, open: () => stream }, 'text/plain'), afterwards };
        const asked = new Promise<void>((resolve) => {
            answer = async (response) => {
                resolve();
                await act(response, reply, false);
            };
        });
        const socket = connect(portOf(), '127.0.0.1');
        socket.write('GET / HTTP/1.1\r\nHost: localhost\r\n\r\n');
        await asked;
        socket.destroy();
        await closed;
        await vi.waitFor(() => expect(afterwards).toHaveBeenCalledTimes(1));
    });

    test('whose caller has left calls afterwards all the same', async () => {
        const afterwards = vi.fn();
        answer = async (response) => {
            await once(response.req.socket, 'close');
            send(response, { ...emptyReply(), afterwards }, false);
        };
        const socket = connect(portOf(), '127.0.0.1');
        socket.write('GET / HTTP/1.1\r\nHost: localhost\r\n\r\n', () => socket.destroy());
        await vi.waitFor(() => expect(afterwards).toHaveBeenCalledTimes(1));
    });

    test('that waits behind another on its connection is called afterwards when that is cut', async () => {
        const afterwards = vi.fn();
        let first: ServerResponse | undefined;
        answer = (response) => {
            if (first) send(response, { ...emptyReply(), afterwards }, false);
            first ??= response;
            if (response !== first) first.req.socket.destroy();
        };
        const socket = connect(portOf(), '127.0.0.1');
        socket.on('error', () => {});
        const closed = once(socket, 'close');
        socket.write('GET / HTTP/1.1\r\nHost: localhost\r\n\r\n'.repeat(2));
        socket.resume();
        await closed;
        await vi.waitFor(() => expect(afterwards).toHaveBeenCalledTimes(1));
    });
});

describe('a large record', () => {
    const content = Buffer.alloc(INLINE_LIMIT_BYTES * 40, 'abc');
    let local: TestPlatform;
    let run: RunProcess;
    let token: string;
    const stream = vi.spyOn(Blobs.prototype, 'stream');

    beforeAll(async () => {
        local = await TestPlatform.open();
        run = await local.startProbe();
        token = (await local.order<{ APIFY_TOKEN: string }>(run, '/environment')).APIFY_TOKEN;
        const record = { key: 'LARGE', value: content as unknown as string, contentType: 'image/png' };
        await local.client.keyValueStore(run.record.keyValueStoreId).setRecord(record);
    });
    afterAll(async () => {
        stream.mockRestore();
        await local.close();
    });

    /** What the run gets when the call meets its end in this way, and which files were opened for it. */
    async function get(passage: 'go' | 'tear' | 'drop'): Promise<Received & { files: Readable[] }> {
        stream.mockClear();
        local.platform.onApiCall(() => ({ after: async () => passage }));
        const path = `/v2/key-value-stores/${run.record.keyValueStoreId}/records/LARGE`;
        const port = Number(new URL(local.platform.baseUrl).port);
        const received = await receive(port, path, [`Authorization: Bearer ${token}`]);
        local.platform.onApiCall(undefined);
        return { ...received, files: stream.mock.results.map(({ value }) => value as Readable) };
    }

    test('is sent whole from its file', async () => {
        const { body, files } = await get('go');
        expect(body.equals(content)).toBe(true);
        expect(files).toHaveLength(1);
        await vi.waitFor(() => expect(files[0]!.closed).toBe(true));
    });

    test('is torn after half of the bytes that its head declares', async () => {
        const received = await get('tear');
        expect([received.status, received.length]).toEqual([200, content.length]);
        expect(received.body.equals(content.subarray(0, content.length / 2))).toBe(true);
        expect(received.files).toHaveLength(1);
        await vi.waitFor(() => expect(received.files[0]!.closed).toBe(true));
    });

    test('that is dropped leaves no file open', async () => {
        const { files, ...received } = await get('drop');
        expect(received).toEqual(NOTHING);
        expect(files.filter(({ closed }) => !closed)).toEqual([]);
    });
});
