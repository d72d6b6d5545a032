import { existsSync } from 'node:fs';
import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';

import type { Storage } from '../trace/fold.js';
import type { RunRecord } from '../trace/runs.js';
import { Store } from '../platform/store.js';
import { UsageError } from '../base/usage-error.js';
import { itemFile, recordFile, requestContent } from './export-files.js';
import { DEFAULT } from './leftovers.js';

/** What was written. */
export interface Exported {
    /** The folder, absolute. */
    dir: string;
    items: number;
    records: number;
    requests: number;
}

/** Files that are written at the same time. */
const AT_A_TIME = 32;

/**
 * Writes all storages as files, in the layout that `apify run` leaves below `storage/`. One run's own storages are called
 * `default`, named ones go by name, and those of other runs by id. A folder that is there is replaced as a whole.
 *
 * @param runId Whose storages are called `default`. Default: the first run.
 * @param dir Is made, or replaced when it holds nothing else than an export.
 * @throws UsageError when the folder holds something else; Error of the file system.
 */
export async function exportStorages(store: Store, dir: string, runId?: string): Promise<Exported> {
    const [first] = store.state.runs.values();
    const run = runId === undefined ? first : store.run(runId);
    const target = resolve(dir);
    await assertReplaceable(target);
    const temporary = `${target}.${process.pid}.tmp`;
    await rm(temporary, { recursive: true, force: true });
    const exported = { dir: target, items: 0, records: 0, requests: 0 };
    for (const storage of store.state.datasets.values()) {
        const { items } = storage.content;
        const write = await folderOf(temporary, 'datasets', storage, run);
        await write(items.map((item, i) => [itemFile(i), JSON.stringify(item, null, '\t')]));
        exported.items += items.length;
    }
    for (const storage of store.state.keyValueStores.values()) {
        const records = [...storage.content.records.values()];
        const write = await folderOf(temporary, 'key_value_stores', storage, run);
        await write(
            records.map(({ key, contentType, value }) => [recordFile(key, contentType), () => store.bytesOf(value)]),
        );
        exported.records += records.length;
    }
    for (const storage of store.state.requestQueues.values()) {
        const { content } = storage;
        const write = await folderOf(temporary, 'request_queues', storage, run);
        const pending = new Map(content.head(Infinity, Infinity).map(({ id }, i) => [id, i + 1]));
        const requests = [...content.listing()].map(({ request }) => request);
        await write(
            requests.map((request) => [
                `${request.id}.json`,
                JSON.stringify(requestContent(request, pending.get(request.id) ?? 0), null, '\t'),
            ]),
        );
        exported.requests += requests.length;
    }
    await rm(target, { recursive: true, force: true });
    await rename(temporary, target);
    return exported;
}

/**
 * Exports what a data directory holds.
 *
 * @throws UsageError when it is no data directory, is in use, or has no such run.
 */
export async function exportDirectory(dir: string, to: string, runId?: string): Promise<Exported> {
    if (!existsSync(join(dir, 'journal.jsonl'))) {
        throw new UsageError(`${resolve(dir)} is no data directory: there is no journal.jsonl in it.`);
    }
    let store: Store;
    try {
        store = new Store(dir);
    } catch (error) {
        throw new UsageError((error as Error).message);
    }
    try {
        if (runId !== undefined && !store.state.runs.has(runId)) {
            const known = [...store.state.runs.keys()].join(', ') || 'none';
            throw new UsageError(`There is no run '${runId}' in ${resolve(dir)}. Runs are: ${known}.`);
        }
        return await exportStorages(store, to, runId);
    } finally {
        store.close();
    }
}

/** What was once exported may be replaced, and nothing else. */
async function assertReplaceable(dir: string): Promise<void> {
    const names = await readdir(dir).catch((error: NodeJS.ErrnoException) => {
        if (error.code === 'ENOENT') return [];
        throw new UsageError(`${dir} can't be written to: ${error.message}.`);
    });
    const other = names.find((name) => !Object.hasOwn(DEFAULT_IDS, name));
    if (other !== undefined) throw new UsageError(`${dir} holds '${other}', which is no export: name another folder.`);
}

type File = readonly [name: string, content: string | (() => Buffer)];

async function folderOf(
    dir: string,
    kind: 'datasets' | 'key_value_stores' | 'request_queues',
    storage: Storage<unknown>,
    run: RunRecord | undefined,
): Promise<(files: readonly File[]) => Promise<void>> {
    const isDefault = run !== undefined && storage.id === run[DEFAULT_IDS[kind]];
    const folder = join(dir, kind, isDefault ? DEFAULT : (storage.name ?? storage.id));
    await mkdir(folder, { recursive: true });
    return async (files) => {
        for (let i = 0; i < files.length; i += AT_A_TIME) {
            await Promise.all(
                files
                    .slice(i, i + AT_A_TIME)
                    .map(async ([name, content]) =>
                        writeFile(join(folder, name), typeof content === 'string' ? content : content()),
                    ),
            );
        }
    };
}

const DEFAULT_IDS = {
    datasets: 'datasetId',
    key_value_stores: 'keyValueStoreId',
    request_queues: 'requestQueueId',
} as const satisfies Record<string, keyof RunRecord>;
