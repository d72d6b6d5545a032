import { connect } from 'node:net';
import { text } from 'node:stream/consumers';

import { afterAll, beforeAll, expect, test } from 'vitest';

import { TestPlatform } from '../fixtures/test-platform.js';
import { seededRandom } from '../../trial/random.js';
import { OPERATIONS } from './operations.js';

let local: TestPlatform;

beforeAll(async () => {
    local = await TestPlatform.open({ settings: { maxBodyBytes: 10_000, maxWaitForFinishSecs: 0.01 } });
    local.platform.define({ id: 'actorThatCanNotBe', name: 'a', command: ['no-such-program-anywhere'], cwd: '.' });
    await local.client.datasets().getOrCreate('d');
    await local.client.keyValueStores().getOrCreate('s');
    await local.client.requestQueues().getOrCreate('q');
    await local.client.actor('a').start();
});
afterAll(async () => local.close());

interface Answer {
    status: number;
    contentType: string;
    body: string;
}

/** Sends bytes as they are and reads what comes until the platform, or this side, closes the connection. */
async function send(bytes: Buffer, cutShort: boolean): Promise<Answer | undefined> {
    const socket = connect(Number(new URL(local.platform.baseUrl).port), '127.0.0.1');
    socket.on('error', () => {});
    socket.write(bytes);
    if (cutShort) socket.end();
    const answer = await text(socket).catch(() => '');
    const [head, ...rest] = answer.replace(/^HTTP\/1.1 100 Continue\r\n\r\n/, '').split('\r\n\r\n');
    const status = /^HTTP\/1\.1 (\d{3}) /.exec(head!)?.[1];
    if (status === undefined) return undefined;
    const contentType = /^content-type: (.*)$/im.exec(head!)?.[1] ?? '';
    // What follows the request's own end is taken for a second request, and answered as well.
    const length = Number(/^content-length: (\d+)$/im.exec(head!)?.[1] ?? Infinity);
    const body = Buffer.from(rest.join('\r\n\r\n')).subarray(0, length).toString();
    return { status: Number(status), contentType, body };
}

function expectErrorShape({ status, contentType, body }: Answer, what: string): void {
    expect(contentType, what).toBe('application/json; charset=utf-8');
    const parsed = JSON.parse(body) as { error: { type: string; message: string } };
    expect(parsed.error.type, what).toMatch(/^[a-z-]+$/);
    expect(parsed.error.message, what).toEqual(expect.any(String));
    expect(status, `${what}: ${body}`).not.toBe(500);
}

/** Makes one request that is wrong in some places and right enough in others to get far. */
function malformedRequest(seed: number): { bytes: Buffer; isHead: boolean } {
    const random = seededRandom(seed);
    const below = (limit: number): number => Math.floor(random() * limit);
    const pick = <T>(...choices: T[]): T => choices[below(choices.length)]!;
    const rarely = <T>(odd: () => T, usual: T): T => (random() < 0.15 ? odd() : usual);
    const noise = (length: number): string =>
        Array.from({ length: below(length) }, () => String.fromCharCode(33 + below(222))).join('');

    const { method: usualMethod, path } = OPERATIONS[below(OPERATIONS.length)]!;
    const method = rarely(() => pick('PATCH', 'OPTIONS', 'HEAD', 'TRACE', 'BREW', 'get', 'CONNECT'), usualMethod);
    const oddPart = (): string =>
        pick(
            '%',
            '%zz',
            '%00',
            '%2F',
            '..',
            '.',
            '__proto__',
            '%F0%9F%99%82',
            'x'.repeat(300),
            '*',
            ':id',
            '~',
            noise(9),
        );
    const filled = path.replaceAll(/:\w+/g, (name) => rarely(oddPart, pick('d', 's', 'q', 'a', 'K', name.slice(1))));
    const oddPath = (): string =>
        pick('/', '//', '*', '/v2', '/v2//x', `/v2/${noise(30)}`, 'http://x/v2/datasets', '/v2/../..');
    const value = (): string =>
        pick('', '-1', '1e400', '1e300', 'NaN', '9'.repeat(30), '%', '%00', 'true', '2', '0.5', 'x,y', '[]', noise(40));
    const names = [
        'limit',
        'offset',
        'desc',
        'lockSecs',
        'clientKey',
        'forefront',
        'cursor',
        'filter',
        'format',
        'clean',
    ];
    const more = [
        'fields',
        'unwind',
        'name',
        'waitForFinish',
        'timeout',
        'memory',
        'stream',
        'unnamed',
        'status',
        'prefix',
    ];
    const query = Array.from({ length: below(4) }, () => `${pick(...names, ...more)}=${value()}`).join('&');
    const target = rarely(oddPath, `/v2${filled}?${query}`);

    const json = pick(
        '{}',
        '[]',
        'null',
        '[null]',
        '{"url":"http://x","uniqueKey":"K"}',
        '{"url":"http://x","uniqueKey":"K","id":"K","handledAt":{}}',
        '[{"id":{}}]',
        '{"name":{}}',
        '{"__proto__":{"a":1},"name":"","statusMessage":[]}',
        `${'['.repeat(4_000)}${']'.repeat(4_000)}`,
        `{"a":${'{"a":'.repeat(1_500)}1${'}'.repeat(1_500)}}`,
        '"\ud800"',
        '{',
        '\u0000',
        noise(200),
    );
    const body = rarely(() => 'x'.repeat(pick(9_999, 20_000, 300_000)), json);
    const header = (name: string, usual: string, odd: string): string => `${name}: ${rarely(() => odd, usual)}`;
    const oddHeader = (): string =>
        pick(
            'Expect: 100-continue',
            'Expect: miracles',
            'Transfer-Encoding: chunked',
            'Upgrade: websocket\r\nConnection: Upgrade',
            'Upgrade: h2c\r\nConnection: Upgrade',
            'Content-Length: 5',
            'Content-Encoding: constructor',
            'No colon',
            ': no name',
            'X-Odd: \u0000',
            `X-Large: ${'x'.repeat(20_000)}`,
            `Content-Type: ${noise(30)}`,
        );
    const lines = [
        `${method} ${target} ${rarely(() => pick('HTTP/1.0', 'HTTP/9.9', 'http', ''), 'HTTP/1.1')}`,
        header('Host', 'localhost', pick('evil.example', '', '[', '127.0.0.1:x')),
        header('Authorization', `Bearer ${local.platform.token}`, pick('Bearer', 'Bearer x', 'Basic x', noise(10))),
        header('Content-Length', String(Buffer.byteLength(body, 'latin1')), pick('-1', 'x', '0', '99999999999')),
        header('Content-Encoding', 'identity', pick('gzip', 'br', 'deflate', 'zstd', 'gzip, br')),
        ...(random() < 0.2 ? [oddHeader()] : []),
        'Connection: close',
    ];
    const whole = Buffer.from(`${lines.join('\r\n')}\r\n\r\n${body}`, 'latin1');
    const bytes = random() < 0.1 ? whole.subarray(0, below(whole.length)) : whole;
    return { bytes, isHead: method === 'HEAD' };
}

test.each([1, 2, 3, 4, 5, 6])(
    '120 malformed requests of seed %i get an error in the API shape or none at all',
    async (seed) => {
        let answered = 0;
        for (let n = 0; n < 120; n++) {
            const { bytes, isHead } = malformedRequest(seed * 1_000 + n);
            const answer = await send(bytes, true);
            if (!answer) continue;
            answered++;
            if (answer.status >= 400 && !isHead) {
                expectErrorShape(answer, `seed ${seed * 1_000 + n}: ${bytes.subarray(0, 300).toString('latin1')}`);
            }
        }
        expect(answered).toBeGreaterThan(80);
        expect(await local.client.user('me').get()).toMatchObject({ username: 'local' });
    },
);

test('200 connections that are cut off in the middle leave the platform as it was', async () => {
    const random = seededRandom(7);
    const body = JSON.stringify([{ n: 1 }]);
    const request = Buffer.from(
        [
            'POST /v2/datasets/d/items HTTP/1.1',
            'Host: localhost',
            `Authorization: Bearer ${local.platform.token}`,
            `Content-Length: ${body.length}`,
            '',
            body,
        ].join('\r\n'),
    );
    const { content } = local.platform.store.find('datasets', 'd');
    const before = content.items.length;
    await Promise.all(
        Array.from({ length: 200 }, async () => {
            const socket = connect(Number(new URL(local.platform.baseUrl).port), '127.0.0.1');
            socket.on('error', () => {});
            await new Promise<void>((resolve) => {
                socket.write(request.subarray(0, Math.floor(random() * request.length)), () => resolve());
            });
            socket.destroy();
        }),
    );
    expect((await local.client.dataset('d').listItems()).total).toBe(before);
});

test('a request whose nesting is deeper than any stack is refused and changes nothing', async () => {
    const other = await TestPlatform.open();
    try {
        const { id } = await other.client.datasets().getOrCreate();
        const body = `${'{"a":'.repeat(200_000)}1${'}'.repeat(200_000)}`;
        const [status] = await other.outcome(`/datasets/${id}/items`, { method: 'POST', body });
        expect(status).toBe(400);
        expect((await other.client.dataset(id).listItems()).items).toEqual([]);
    } finally {
        await other.close();
    }
});
