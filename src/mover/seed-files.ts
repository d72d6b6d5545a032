import { readdir, readFile, stat } from 'node:fs/promises';
import { extname, join, resolve } from 'node:path';

import * as v from 'valibot';

import { UsageError } from '../base/usage-error.js';
import { STORAGE_KINDS, type StorageKind } from '../trace/storage-kinds.js';
import { contentTypeOf } from './export-files.js';
import type { Seed, SeedRecord, SeedRequest } from './seeds.js';

const ROW = v.custom<Record<string, unknown>>(
    (row) => typeof row === 'object' && row !== null && !Array.isArray(row),
    'a row must be an object',
);
const REQUEST = v.looseObject({ url: v.string(), uniqueKey: v.optional(v.string()) });
/** As Crawlee's memory storage keeps one in its file. */
const REQUEST_FILE = v.looseObject({ json: v.optional(v.string()), orderNo: v.nullish(v.number()) });

/** What the folder of a run's own storages is called: as `apify run` calls it. */
const OWN_FOLDER = 'default';
const METADATA = /(?:^|\.)__metadata__\.json$/;

/**
 * Reads rows that a dataset holds beforehand: `file`, or `name=file` for a named one. The file is a JSON array, or has a
 * JSON object in each line.
 *
 * @throws UsageError when it can't be read so.
 */
export async function readSeedDataset(text: string): Promise<Seed> {
    const [, name, file = text] = /^([a-z0-9-]+)=(.+)$/is.exec(text) ?? [];
    const content = await read(file);
    const lines = content.split('\n').filter((line) => line.trim() !== '');
    const isArray = content.trimStart().startsWith('[');
    const rows: unknown = isArray ? parsed(content, file) : lines.map((line) => parsed(line, file));
    return { kind: 'datasets', ...(name !== undefined && { name }), items: checked(v.array(ROW), rows, file) };
}

/**
 * Reads storages in the layout that `apify run` leaves below `storage/`: those called `default` are the run's own, and
 * its input is left out.
 *
 * @throws UsageError when there is no such folder, or a file can't be used.
 */
export async function readSeedStorage(dir: string): Promise<Seed[]> {
    const folders = await Promise.all(
        Object.values(STORAGE_KINDS).map(async ({ kind, folder }) => {
            const names = await namesIn(join(dir, folder));
            return names.map((name) => ({ kind, name, path: join(dir, folder, name) }));
        }),
    );
    const found = folders.flat();
    if (found.length > 0) return Promise.all(found.map(readStorage));
    const kinds = Object.values(STORAGE_KINDS).map(({ folder }) => folder);
    throw new UsageError(`--seed-storage takes a folder with ${kinds.join(', ')}; ${resolve(dir)} has none of them.`);
}

async function readStorage({ kind, name, path }: { kind: StorageKind; name: string; path: string }): Promise<Seed> {
    const label = name === OWN_FOLDER ? {} : { name };
    const files = (await namesIn(path)).filter((file) => !METADATA.test(file));
    const all = async <T>(readOne: (file: string) => Promise<T>): Promise<T[]> =>
        Promise.all(files.map(async (file) => readOne(join(path, file))));
    switch (kind) {
        case 'datasets':
            return {
                kind,
                ...label,
                items: await all(async (file) => checked(ROW, parsed(await read(file), file), file)),
            };
        case 'key-value-stores': {
            const isOwn = name === OWN_FOLDER;
            const records = await Promise.all(files.map(async (file) => readRecord(path, file)));
            return { kind, ...label, records: records.filter(({ key }) => !(isOwn && key === 'INPUT')) };
        }
        case 'request-queues': {
            const requests = await all(readRequest);
            const inOrder = requests.toSorted((a, b) => a.place - b.place);
            return { kind, ...label, requests: inOrder.map(({ request }) => request) };
        }
        default:
            return kind satisfies never;
    }
}

async function readRecord(dir: string, file: string): Promise<SeedRecord> {
    const extension = extname(file);
    const contentType = contentTypeOf(extension.slice(1).toLowerCase());
    const key = contentType === undefined ? file : file.slice(0, -extension.length);
    return { key, contentType: contentType ?? 'application/octet-stream', bytes: await readFile(join(dir, file)) };
}

async function readRequest(file: string): Promise<{ request: SeedRequest; place: number }> {
    const whole = parsed(await read(file), file);
    const { json, orderNo } = checked(REQUEST_FILE, whole, file);
    const request = checked(REQUEST, json === undefined ? whole : parsed(json, file), file);
    return { request: { ...request, uniqueKey: request.uniqueKey ?? request.url }, place: orderNo ?? Infinity };
}

/** Names of what is in a folder, in order; none where it isn't there. */
async function namesIn(dir: string): Promise<string[]> {
    const isFolder = await stat(dir).then(
        (stats) => stats.isDirectory(),
        () => false,
    );
    return isFolder ? (await readdir(dir)).sort() : [];
}

async function read(file: string): Promise<string> {
    try {
        return await readFile(file, 'utf8');
    } catch (error) {
        throw new UsageError(`${resolve(file)} can't be read: ${(error as Error).message}.`);
    }
}

function parsed(json: string, file: string): unknown {
    try {
        return JSON.parse(json) as unknown;
    } catch (error) {
        throw new UsageError(`${resolve(file)} is not valid JSON: ${(error as Error).message}.`);
    }
}

function checked<T>(schema: v.GenericSchema<unknown, T>, value: unknown, file: string): T {
    const result = v.safeParse(schema, value);
    if (result.success) return result.output;
    throw new UsageError(`${resolve(file)} can't be used: ${result.issues[0].message}.`);
}
