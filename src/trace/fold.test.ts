import { rmSync } from 'node:fs';
import { join } from 'node:path';

import { afterEach, expect, test } from 'vitest';

import { removeTemporaryDirectories, temporaryDirectory } from '../platform/fixtures/temporary-directory.js';
import { TestPlatform } from '../platform/fixtures/test-platform.js';
import { seededRandom } from '../base/random.js';
import { Blobs } from '../platform/journal/blobs.js';
import { readTraceOf } from '../platform/journal/read-trace.js';
import { readSnapshot, SNAPSHOT } from '../platform/journal/snapshot.js';
import { Store } from '../platform/store.js';
import type { RunEntry, StorageEntry } from './entries.js';
import { snapshot } from './fixtures/snapshot.js';
import { cloneState } from './fold.js';
import type { StoredValue } from './records.js';
import { stateAt } from './trace.js';

afterEach(removeTemporaryDirectories);

const bytesOf = (store: Store) => (value: StoredValue) => store.bytesOf(value);

/** What a store of the closed store's directory knows. */
function snapshotAfterReopening({ dir }: Store, now: number): unknown {
    const reopened = new Store(dir);
    try {
        return snapshot(reopened.state, bytesOf(reopened), now);
    } finally {
        reopened.close();
    }
}

test.each([1, 2, 3, 4])(
    'after 2,000 random changes of seed %i the journal folds to the state that was live',
    (seed) => {
        const store = new Store(temporaryDirectory(), 1);
        const random = seededRandom(seed);
        const below = (limit: number): number => Math.floor(random() * limit);
        const pick = <T>(...choices: T[]): T => choices[below(choices.length)]!;
        const kinds = ['datasets', 'key-value-stores', 'request-queues'] as const;
        const id = (): string => `s${below(4)}`;
        const requestIds = (): string[] => [`r${below(20)}`, `r${below(20)}`];
        const request = (handledAt = pick(undefined, null, 'now')) => {
            const name = `r${below(20)}`;
            return { id: name, uniqueKey: name, url: 'http://x', handledAt, userData: { n: below(9) } };
        };
        const forefront = (): boolean => pick(true, false);
        const holder = () => ({ clientKey: pick('a', 'b', undefined), runId: pick('run', undefined) });
        const changes: ((at: number) => StorageEntry | RunEntry)[] = [
            () => ({ type: 'storage.created', kind: pick(...kinds), id: id(), name: pick(undefined, 'name') }),
            () => ({ type: 'storage.renamed', kind: pick(...kinds), id: id(), name: pick(null, 'other') }),
            () => ({ type: 'storage.deleted', kind: pick(...kinds), id: `s${below(40)}` }),
            () => ({ type: 'items.pushed', id: id(), items: [{ text: 'ü'.repeat(pick(1, 40_000)) }, {}] }),
            () => {
                const bytes = Buffer.alloc(pick(0, 10, 70_000), pick('ü', 'a'));
                return {
                    type: 'record.put',
                    id: id(),
                    key: `K${below(5)}`,
                    contentType: 'text/plain',
                    value: { bytes },
                };
            },
            () => ({ type: 'record.deleted', id: id(), key: `K${below(5)}` }),
            () => ({ type: 'requests.added', id: id(), requests: [request()], forefront: forefront(), ...holder() }),
            () => ({ type: 'request.updated', id: id(), request: request(), forefront: forefront(), ...holder() }),
            () => ({ type: 'requests.deleted', id: id(), requestIds: requestIds(), ...holder() }),
            (at) => ({
                type: 'requests.locked',
                id: id(),
                requestIds: requestIds(),
                lockedUntil: at + 9_999,
                ...holder(),
            }),
            () => ({ type: 'requests.unlocked', id: id(), requestIds: requestIds(), forefront: pick(true, undefined) }),
            () => ({ type: 'request-queue.client-seen', id: id(), clientKey: pick('c', undefined) }),
            () => ({ type: 'run.status', id: 'run', status: pick('RUNNING', 'FAILED'), exitCode: pick(1, undefined) }),
            () => ({ type: 'run.boot', id: 'run', incarnation: below(9), pid: 1 }),
            () => ({ type: 'run.event', id: 'run', name: 'migrating', data: { timeRemainingSecs: 1 } }),
        ];
        for (let step = 0; step < 2_000; step++) store.commit(changes[below(changes.length)]!(step), step);
        store.close();
        const live = snapshot(store.state, bytesOf(store), 2_000);
        // From a snapshot, and, without it, from the journal.
        expect(readSnapshot(store.dir, new Blobs(join(store.dir, 'blobs')))?.position.length).toBe(2_000);
        expect(snapshotAfterReopening(store, 2_000)).toEqual(live);
        rmSync(join(store.dir, SNAPSHOT));
        expect(snapshotAfterReopening(store, 2_000)).toEqual(live);
        // The same with all rows, requests and records in memory.
        const trace = readTraceOf(store.dir);
        const { state } = stateAt(trace, trace.entries.length - 1);
        expect(snapshot(state, (value) => trace.bytesOf(value), 2_000)).toEqual(live);
        expect(snapshot(cloneState(store.state), bytesOf(store), 2_000)).toEqual(live);
    },
);

test('after a run and calls of all kinds the journal folds to the state that was live', async () => {
    const dir = temporaryDirectory();
    const local = await TestPlatform.open({ dir });
    const run = await local.startProbe({ input: { keyword: 'phone' }, restartOnError: true });
    const ofRun = local.client.run(run.id);
    await ofRun.update({ statusMessage: 'done', isStatusMessageTerminal: true });
    await ofRun.update({ statusMessage: 'not quite' });
    const queue = local.client.requestQueue(run.record.requestQueueId, { clientKey: 'a' });
    await queue.batchAddRequests(['a', 'b', 'c'].map((uniqueKey) => ({ uniqueKey, url: 'http://x' })));
    const { items } = await queue.listAndLockHead({ limit: 2, lockSecs: 600 });
    await queue.deleteRequestLock(items[0]!.id, { forefront: true });
    await local.client.requestQueue(run.record.requestQueueId, { clientKey: 'b' }).listHead();
    await local.client.datasets().getOrCreate('named');
    await local.client.dataset('named').update({ name: 'renamed' });
    await local.client.dataset('renamed').pushItems([{ n: 1 }, { n: 2 }]);
    const store = local.client.keyValueStore(run.record.keyValueStoreId);
    await store.setRecord({ key: 'LARGE', value: { text: 'x'.repeat(100_000) } });
    await store.deleteRecord('UP');
    await run.fail();
    await run.migrate({ graceMillis: 1 });
    run.abort();
    await run.finished();
    await run.resurrect({ timeoutSecs: 600 });
    await local.isUp(run);
    run.abort();
    await run.finished();
    await local.platform.close();
    const now = Date.now();
    expect(snapshotAfterReopening(local.platform.store, now)).toEqual(
        snapshot(local.platform.store.state, bytesOf(local.platform.store), now),
    );
});
