import { existsSync } from 'node:fs';
import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';

import type { RunRecord } from '../trace/runs.js';
import { STORAGE_KINDS, type StorageContents, type StorageKind } from '../trace/storage-kinds.js';
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
    const items = await writeAll(store, 'datasets', temporary, run);
    const records = await writeAll(store, 'key-value-stores', temporary, run);
    const requests = await writeAll(store, 'request-queues', temporary, run);
    await rm(target, { recursive: true, force: true });
    await rename(temporary, target);
    return { dir: target, items, records, requests };
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
    const folders = Object.values(STORAGE_KINDS).map(({ folder }) => folder);
    const other = names.find((name) => !folders.includes(name));
    if (other !== undefined) throw new UsageError(`${dir} holds '${other}', which is no export: name another folder.`);
}

type File = readonly [name: string, content: string | (() => Buffer)];

/** The files of a storage, by kind. */
const FILES_OF: {
    readonly [K in StorageKind]: (content: StorageContents[K], bytesOf: Store['bytesOf']) => File[];
} = {
    datasets: ({ items }) => items.map((item, i) => [itemFile(i), JSON.stringify(item, null, '\t')]),
    'key-value-stores': ({ records }, bytesOf) =>
        [...records.values()].map(({ key, contentType, value }) => [
            recordFile(key, contentType),
            () => bytesOf(value),
        ]),
    'request-queues': (queue) => {
        const pending = new Map(queue.head(Infinity, Infinity).map(({ id }, i) => [id, i + 1]));
        return [...queue.listing()].map(({ request }) => [
            `${request.id}.json`,
            JSON.stringify(requestContent(request, pending.get(request.id) ?? 0), null, '\t'),
        ]);
    },
};

/** Writes all storages of a kind and returns how many files there are. */
async function writeAll<K extends StorageKind>(
    store: Store,
    kind: K,
    dir: string,
    run: RunRecord | undefined,
): Promise<number> {
    let count = 0;
    for (const { id, name, content } of store.state.storages[kind].values()) {
        const isDefault = run !== undefined && id === run[STORAGE_KINDS[kind].idOfRun];
        const folder = join(dir, STORAGE_KINDS[kind].folder, isDefault ? DEFAULT : (name ?? id));
        await mkdir(folder, { recursive: true });
        const files = FILES_OF[kind](content, (value) => store.bytesOf(value));
        await writeFiles(folder, files);
        count += files.length;
    }
    return count;
}

async function writeFiles(folder: string, files: readonly File[]): Promise<void> {
    for (let i = 0; i < files.length; i += AT_A_TIME) {
        await Promise.all(
            files
                .slice(i, i + AT_A_TIME)
                .map(async ([name, content]) =>
                    writeFile(join(folder, name), typeof content === 'string' ? content : content()),
                ),
        );
    }
}
