import { existsSync } from 'node:fs';
import { mkdir, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';

import type { RunRecord } from '../trace/runs.js';
import { STORAGE_KINDS, type StorageContents, type StorageKind } from '../trace/storage-kinds.js';
import { Store } from '../platform/store.js';
import { writingAsync } from '../base/cannot-write-error.js';
import { unfinishedBeside } from '../base/unfinished.js';
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

/** Told how many files have been written. */
export type OnWritten = (files: number) => void;

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
 * @param onWritten Told now and then how many files there are so far.
 * @throws UsageError when the folder holds something else, or can't be written to.
 */
export async function exportStorages(
    store: Store,
    dir: string,
    runId?: string,
    onWritten?: OnWritten,
): Promise<Exported> {
    const [first] = store.state.runs.values();
    const run = runId === undefined ? first : store.run(runId);
    const target = resolve(dir);
    await assertReplaceable(target);
    let temporary: string | undefined;
    try {
        return await writingAsync(`The export in ${target}`, async () => {
            temporary = unfinishedBeside(target);
            const written = await writeStorages(store, temporary, run, onWritten);
            await rm(target, { recursive: true, force: true });
            await rename(temporary, target);
            return { dir: target, ...written };
        });
    } catch (error) {
        if (temporary !== undefined) await rm(temporary, { recursive: true, force: true }).catch(() => {});
        throw error;
    }
}

async function writeStorages(
    store: Store,
    dir: string,
    run: RunRecord | undefined,
    onWritten: OnWritten = () => {},
): Promise<Omit<Exported, 'dir'>> {
    await mkdir(dir, { recursive: true });
    const ignoresCase = await doesIgnoreCase(dir);
    let before = 0;
    const write = async <K extends StorageKind>(kind: K): Promise<number> => {
        const count = await writeAll(store, kind, dir, run, ignoresCase, (written) => onWritten(before + written));
        before += count;
        return count;
    };
    return {
        items: await write('datasets'),
        records: await write('key-value-stores'),
        requests: await write('request-queues'),
    };
}

/**
 * Exports what a data directory holds.
 *
 * @throws UsageError when it is no data directory, is in use, or has no such run.
 */
export async function exportDirectory(
    dir: string,
    to: string,
    runId?: string,
    onWritten?: OnWritten,
): Promise<Exported> {
    if (!existsSync(join(dir, 'journal.jsonl'))) {
        throw new UsageError(`${resolve(dir)} is no data directory: there is no journal.jsonl in it.`);
    }
    // Before a journal is read that may be large.
    await assertReplaceable(resolve(to));
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
        return await exportStorages(store, to, runId, onWritten);
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

/** The files of a storage, by kind. */
const FILES_OF: {
    readonly [K in StorageKind]: (
        content: StorageContents[K],
        bytesOf: Store['bytesOf'],
        ignoresCase: boolean,
    ) => Iterable<File>;
} = {
    *datasets(dataset) {
        for (let i = 0; i < dataset.itemCount; i++) yield [itemFile(i), JSON.stringify(dataset.item(i), null, '\t')];
    },
    *'key-value-stores'({ records }, bytesOf, ignoresCase) {
        const names = recordFiles([...records.values()], ignoresCase);
        for (const { key, value } of records.values()) yield [names.get(key)!, bytesOf(value)];
    },
    *'request-queues'(queue, _bytesOf, ignoresCase) {
        const pending = new Map(queue.pendingIds().map((id, i) => [id, i + 1]));
        const json = [...queue.ids()].map((id) => ({ key: id, contentType: 'application/json' }));
        const names = recordFiles(json, ignoresCase);
        for (const { request } of queue.listing()) {
            const content = requestContent(request, pending.get(request.id) ?? 0);
            yield [names.get(request.id)!, JSON.stringify(content, null, '\t')];
        }
    },
};

type File = readonly [name: string, content: string | Buffer];

/** Writes all storages of a kind and returns how many files there are. */
async function writeAll<K extends StorageKind>(
    store: Store,
    kind: K,
    dir: string,
    run: RunRecord | undefined,
    ignoresCase: boolean,
    onWritten: OnWritten,
): Promise<number> {
    const { idOfRun, folder } = STORAGE_KINDS[kind];
    const isOwn = ({ id }: { id: string }): boolean => run?.[idOfRun] === id;
    // The run's own first: of two names that the disk takes for one, it keeps its own.
    const storages = [...store.state.storages[kind].values()].sort((a, b) => Number(isOwn(b)) - Number(isOwn(a)));
    const labels = storages.map((storage) => {
        // As `apify run` calls it.
        const alias = storage.runId === run?.id ? storage.alias : undefined;
        const { id, name = alias ?? id } = storage;
        return { id, label: isOwn(storage) ? OWN_FOLDER : name === OWN_FOLDER ? NAMED_DEFAULT_FOLDER : name };
    });
    const names = folderNames(labels, ignoresCase);
    await mkdir(join(dir, folder), { recursive: true });
    let count = 0;
    for (const { id, content } of storages) {
        const files = FILES_OF[kind](content, (value) => store.bytesOf(value), ignoresCase);
        const before = count;
        count += await writeFiles(join(dir, folder, names.get(id)!), files, (more) => onWritten(before + more));
    }
    return count;
}

/** Writes files to a new folder and returns how many there are. */
async function writeFiles(folder: string, files: Iterable<File>, onWritten: OnWritten): Promise<number> {
    await mkdir(folder);
    let count = 0;
    let writing: Promise<void>[] = [];
    const settle = async (): Promise<void> => {
        await Promise.all(writing);
        count += writing.length;
        writing = [];
        onWritten(count);
    };
    for (const [name, content] of files) {
        // One file in the place of another would be a loss that nobody sees.
        writing.push(writeFile(join(folder, name), content, { flag: 'wx' }));
        if (writing.length === AT_A_TIME) await settle();
    }
    await settle();
    return count;
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
