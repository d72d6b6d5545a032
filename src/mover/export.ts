import { existsSync } from 'node:fs';
import { mkdir, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';

import type { Storage } from '../trace/fold.js';
import type { RunRecord } from '../trace/runs.js';
import { Store } from '../platform/store.js';
import { UsageError } from '../base/usage-error.js';
import { itemFile, requestContent } from './export-files.js';
import { folderNames, recordFiles } from './file-names.js';

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

/** What the folder of a run's own storages is called: as `apify run` calls it. */
const OWN_FOLDER = 'default';
/** And that of a storage which has this name: no storage can be called so. */
const NAMED_DEFAULT_FOLDER = '_default';

/**
 * Writes all storages as files, in the layout that `apify run` leaves below `storage/`. One run's own storages are called
 * `default`, named ones go by name, and those of other runs by id. A folder that is there is replaced as a whole; where
 * that fails, nothing is left of the new one.
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
    try {
        const written = await writeStorages(store, temporary, run);
        await rm(target, { recursive: true, force: true });
        await rename(temporary, target);
        return { dir: target, ...written };
    } catch (error) {
        await rm(temporary, { recursive: true, force: true }).catch(() => {});
        throw error;
    }
}

async function writeStorages(store: Store, dir: string, run: RunRecord | undefined): Promise<Omit<Exported, 'dir'>> {
    await mkdir(dir, { recursive: true });
    const ignoresCase = await doesIgnoreCase(dir);
    const written = { items: 0, records: 0, requests: 0 };
    const { datasets, keyValueStores, requestQueues } = store.state;
    for (const [folder, { content }] of await foldersOf(dir, 'datasets', datasets, run, ignoresCase)) {
        await writeFiles(folder, content.items, (item, i) => [itemFile(i), JSON.stringify(item, null, '\t')]);
        written.items += content.items.length;
    }
    for (const [folder, { content }] of await foldersOf(dir, 'key_value_stores', keyValueStores, run, ignoresCase)) {
        const records = [...content.records.values()];
        const names = recordFiles(records, ignoresCase);
        await writeFiles(folder, records, ({ key, value }) => [names.get(key)!, store.bytesOf(value)]);
        written.records += records.length;
    }
    for (const [folder, { content }] of await foldersOf(dir, 'request_queues', requestQueues, run, ignoresCase)) {
        const pending = new Map(content.head(Infinity, Infinity).map(({ id }, i) => [id, i + 1]));
        const requests = [...content.listing()].map(({ request }) => request);
        const names = recordFiles(
            requests.map(({ id }) => ({ key: id, contentType: 'application/json' })),
            ignoresCase,
        );
        await writeFiles(folder, requests, (request) => [
            names.get(request.id)!,
            JSON.stringify(requestContent(request, pending.get(request.id) ?? 0), null, '\t'),
        ]);
        written.requests += requests.length;
    }
    return written;
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

/** Makes a folder for each storage of a kind, and returns each with what goes into it. */
async function foldersOf<Content>(
    dir: string,
    kind: keyof typeof DEFAULT_IDS,
    storages: ReadonlyMap<string, Storage<Content>>,
    run: RunRecord | undefined,
    ignoresCase: boolean,
): Promise<[folder: string, storage: Storage<Content>][]> {
    const isOwn = ({ id }: Storage<Content>): boolean => run?.[DEFAULT_IDS[kind]] === id;
    const labelOf = (storage: Storage<Content>): string => {
        if (isOwn(storage)) return OWN_FOLDER;
        return storage.name === OWN_FOLDER ? NAMED_DEFAULT_FOLDER : (storage.name ?? storage.id);
    };
    // The run's own first: of two names that the disk takes for one, it keeps its own.
    const all = [...storages.values()].sort((a, b) => Number(isOwn(b)) - Number(isOwn(a)));
    const names = folderNames(
        all.map((storage) => ({ id: storage.id, label: labelOf(storage) })),
        ignoresCase,
    );
    const folders = all.map((storage): [string, Storage<Content>] => [
        join(dir, kind, names.get(storage.id)!),
        storage,
    ]);
    await mkdir(join(dir, kind), { recursive: true });
    for (const [folder] of folders) await mkdir(folder);
    return folders;
}

async function writeFiles<T>(
    folder: string,
    things: readonly T[],
    fileOf: (thing: T, i: number) => readonly [name: string, content: string | Buffer],
): Promise<void> {
    for (let from = 0; from < things.length; from += AT_A_TIME) {
        await Promise.all(
            things.slice(from, from + AT_A_TIME).map(async (thing, i) => {
                const [name, content] = fileOf(thing, from + i);
                // One file in the place of another would be a loss that nobody sees.
                await writeFile(join(folder, name), content, { flag: 'wx' });
            }),
        );
    }
}

/** Whether a disk takes `a` and `A` for the same name, as those of Windows and macOS mostly do. */
async function doesIgnoreCase(dir: string): Promise<boolean> {
    const probe = join(dir, 'Probe');
    await writeFile(probe, '');
    const found = await stat(join(dir, 'pROBE')).then(
        () => true,
        () => false,
    );
    await rm(probe);
    return found;
}

const DEFAULT_IDS = {
    datasets: 'datasetId',
    key_value_stores: 'keyValueStoreId',
    request_queues: 'requestQueueId',
} as const satisfies Record<string, keyof RunRecord>;
