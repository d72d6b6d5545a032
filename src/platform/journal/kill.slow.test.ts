import { afterEach, expect, test } from 'vitest';
import type { ApifyClient } from 'apify-client';

import { openSecondPlatform } from '../fixtures/second-platform.js';
import { removeTemporaryDirectories, temporaryDirectory } from '../fixtures/temporary-directory.js';
import { clientOf } from '../fixtures/test-platform.js';
import { requestId } from '../ids.js';
import { seededRandom } from '../../base/random.js';
import { Store } from '../store.js';

afterEach(removeTemporaryDirectories);

const LOCKER = 'locker';

/** What one writer does over and over, and what a reopened store must show of it. */
interface Writer {
    /** The n-th write, counted from 1. */
    write(client: ApifyClient, n: number): Promise<unknown>;
    /** How many of the writes are there, provided that they are whole and without a gap. */
    count(store: Store): number;
}

/** A text that tells where it is damaged, long enough now and then to lie in a file of its own. */
const textOf = (n: number): string => `${n};`.repeat(n % 7 === 0 ? 30_000 : 1 + (n % 50));

const recordWriter = (key: string): Writer => ({
    write: async (client, n) => client.keyValueStore('records').setRecord({ key, value: { n, text: textOf(n) } }),
    count: (store) => {
        const record = store.find('key-value-stores', 'records').content.records.get(key);
        if (!record) return 0;
        const { n, text } = JSON.parse(store.bytesOf(record.value).toString()) as { n: number; text: string };
        expect(text).toBe(textOf(n));
        return n;
    },
});

const itemWriter = (writer: string): Writer => ({
    write: async (client, n) =>
        client.dataset('items').pushItems([0, 1, 2].map((part) => ({ writer, n, part, text: textOf(n) }))),
    count: (store) => {
        const items = store.find('datasets', 'items').content.items.filter((item) => item.writer === writer);
        items.forEach(({ n, part, text }, i) => {
            expect([n, part]).toEqual([Math.floor(i / 3) + 1, i % 3]);
            expect(text).toBe(textOf(n as number));
        });
        // A push is there with all of its items or with none.
        expect(items.length % 3).toBe(0);
        return items.length / 3;
    },
});

const requestWriter: Writer = {
    write: async (client, n) =>
        client
            .requestQueue('requests')
            .addRequest({ url: 'http://x', uniqueKey: `${n}`, userData: { text: textOf(n) } }),
    count: (store) => {
        const requests = [...store.find('request-queues', 'requests').content.listing()];
        requests.forEach(({ request }, i) => {
            expect(request.uniqueKey).toBe(`${i + 1}`);
            expect(request.userData).toEqual({ text: textOf(i + 1) });
        });
        return requests.length;
    },
};

/** Adds a request, locks it and, of every second one, marks it as handled: three writes a request. */
const lockWriter: Writer = {
    write: async (client, n) => {
        const queue = client.requestQueue('locks', { clientKey: LOCKER });
        const request = { url: 'http://x', uniqueKey: `${Math.ceil(n / 3)}` };
        if (n % 3 === 1) return queue.addRequest(request);
        if (n % 3 === 2) return queue.listAndLockHead({ limit: 1, lockSecs: 3_600 });
        return queue.updateRequest({
            ...request,
            id: requestId(request.uniqueKey),
            handledAt: new Date().toISOString(),
        });
    },
    count: (store) => {
        const queue = store.find('request-queues', 'locks').content;
        const requests = [...queue.listing()].map(({ request }) => request);
        const stages = requests.map(({ id, handledAt }) => {
            if (handledAt) return 3;
            return queue.lockOf(id, Date.now())?.clientKey === LOCKER ? 2 : 1;
        });
        expect(stages.slice(0, -1).every((stage) => stage === 3)).toBe(true);
        return stages.reduce<number>((sum, stage) => sum + stage, 0);
    },
};

const WRITERS: Record<string, Writer> = {
    'record A': recordWriter('A'),
    'record B': recordWriter('B'),
    'items of a': itemWriter('a'),
    'items of b': itemWriter('b'),
    requests: requestWriter,
    locks: lockWriter,
};

/** Lets all writers write at once, each as fast as it gets answers, and kills the platform after some answers. */
async function writeUntilKilled(dir: string, written: Map<string, number>, killAfter: number): Promise<void> {
    const platform = await openSecondPlatform(dir);
    const client = clientOf(platform);
    await client.keyValueStores().getOrCreate('records');
    await client.datasets().getOrCreate('items');
    await client.requestQueues().getOrCreate('requests');
    await client.requestQueues().getOrCreate('locks');
    let answers = 0;
    let killed: Promise<void> | undefined;
    await Promise.all(
        Object.entries(WRITERS).map(async ([name, writer]) => {
            for (let n = written.get(name)! + 1; ; n++) {
                try {
                    await writer.write(client, n);
                } catch (error) {
                    if (!killed) throw error;
                    return;
                }
                written.set(name, n);
                answers++;
                if (answers >= killAfter) killed ??= platform.kill();
            }
        }),
    );
    await killed;
}

test.each([1, 2, 3, 4])(
    'what was acknowledged outlives 5 kills of the platform at random points (seed %i)',
    async (seed) => {
        const dir = temporaryDirectory();
        const random = seededRandom(seed);
        const written = new Map(Object.keys(WRITERS).map((name) => [name, 0]));
        for (let kill = 0; kill < 5; kill++) {
            await writeUntilKilled(dir, written, 1 + Math.floor(random() * 250));
            // The next platform goes on from its snapshot.
            const store = new Store(dir, 1);
            for (const [name, { count }] of Object.entries(WRITERS)) {
                const acknowledged = written.get(name)!;
                const found = count(store);
                // The last write may be there, too, although its answer was not received.
                expect([acknowledged, acknowledged + 1], name).toContain(found);
                written.set(name, found);
            }
            store.close();
        }
    },
    120_000,
);
