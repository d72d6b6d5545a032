import { connect } from 'node:net';

import { afterAll, beforeAll, expect, test } from 'vitest';

import { complaint, malformedRequest, sendBytes } from '../fixtures/malformed-request.js';
import { TestPlatform } from '../fixtures/test-platform.js';
import { seededRandom } from '../../base/random.js';

let local: TestPlatform;
let runId: string;

beforeAll(async () => {
    local = await TestPlatform.open({ settings: { maxBodyBytes: 10_000, maxWaitForFinishSecs: 0.01 } });
    local.platform.define({ id: 'actorThatCanNotBe', name: 'probe', command: ['no-such-program-anywhere'], cwd: '.' });
    await local.client.datasets().getOrCreate('d');
    await local.client.keyValueStores().getOrCreate('s');
    await local.client.requestQueues().getOrCreate('q');
    runId = (await local.client.actor('probe').start()).id;
});
afterAll(async () => local.close());

const portOf = (): number => Number(new URL(local.platform.baseUrl).port);

test('200 malformed requests get an error in the API shape or none at all', async () => {
    let answered = 0;
    for (let seed = 1_000; seed < 1_200; seed++) {
        const request = malformedRequest(seededRandom(seed), local.platform.token, runId);
        const answer = await sendBytes(portOf(), request);
        if (!answer) continue;
        answered++;
        const sent = request.bytes.subarray(0, 300).toString('latin1');
        expect(complaint(request, answer), `seed ${seed}: ${sent}`).toBeUndefined();
    }
    expect(answered).toBeGreaterThan(120);
    expect(await local.client.user('me').get()).toMatchObject({ username: 'local' });
});

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
    // The requests before may have deleted it.
    const { id } = await local.client.datasets().getOrCreate('d');
    const { content } = local.platform.store.find('datasets', id);
    const before = content.items.length;
    await Promise.all(
        Array.from({ length: 200 }, async () => {
            const socket = connect(portOf(), '127.0.0.1');
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
