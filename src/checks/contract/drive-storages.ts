import type { DatasetClient, KeyValueStoreClient, RequestQueueClient } from 'apify-client';

const requestNamed = (uniqueKey: string): { url: string; uniqueKey: string } => ({
    url: `http://127.0.0.1/${uniqueKey}`,
    uniqueKey,
});

/** Makes every call that the client has for a dataset but its deletion. */
export async function driveDataset(dataset: DatasetClient, name?: string): Promise<void> {
    await dataset.get();
    if (name !== undefined) await dataset.update({ name });
    await dataset.pushItems([{ n: 1, nested: { a: ['x'] } }, { n: 2 }]);
    await dataset.pushItems({ n: 3, text: 'x'.repeat(2_000) });
    await dataset.listItems({ limit: 2, offset: 1, desc: true, clean: true });
    await dataset.downloadItems('csv' as Parameters<DatasetClient['downloadItems']>[0], { bom: true });
}

/** Makes every call that the client has for a key-value store but its deletion. */
export async function driveKeyValueStore(store: KeyValueStoreClient, name?: string): Promise<void> {
    await store.get();
    if (name !== undefined) await store.update({ name });
    await store.setRecord({ key: 'JSON', value: { a: 1 } });
    await store.setRecord({ key: 'TEXT', value: 'x'.repeat(2_000), contentType: 'text/plain' });
    await store.getRecord('JSON');
    await store.getRecord('TEXT', { buffer: true });
    await store.getRecord('NONE');
    await store.recordExists('JSON');
    await store.recordExists('NONE');
    await store.listKeys({ limit: 1, prefix: 'T' });
    await store.deleteRecord('JSON');
}

/** Makes every call that the client has for a request queue but its deletion. */
export async function driveRequestQueue(queue: RequestQueueClient, name?: string): Promise<void> {
    await queue.get();
    if (name !== undefined) await queue.update({ name });
    const { requestId } = await queue.addRequest(requestNamed('a'));
    await queue.addRequest(requestNamed('a'), { forefront: true });
    await queue.batchAddRequests(['b', 'c', 'd'].map(requestNamed));
    await queue.getRequest(requestId);
    await queue.getRequest('none');
    await queue.listHead({ limit: 2 });
    await queue.listAndLockHead({ limit: 2, lockSecs: 60 });
    await queue.prolongRequestLock(requestId, { lockSecs: 90 });
    await queue.deleteRequestLock(requestId);
    await queue.unlockRequests();
    await queue.updateRequest({ ...requestNamed('a'), id: requestId, handledAt: new Date().toISOString() } as never);
    await queue.listRequests({ limit: 3 });
    await queue.batchDeleteRequests(['b', 'c', 'd'].map((uniqueKey) => ({ uniqueKey })));
    await queue.deleteRequest(requestId);
}
