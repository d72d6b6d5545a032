import * as v from 'valibot';

import type { PlatformCore } from '../core.js';
import { ApiError, invalidInput } from '../errors.js';
import { STORAGE_KINDS, type Storage, type StorageContents, type StorageKind } from '../../trace/storage-kinds.js';
import { assertStorageName, LOCAL_USER } from '../store.js';
import { type Call, jsonBody, type Operation } from './operation.js';
import { dataReply, emptyReply, type Reply } from './reply.js';

/**
 * List, create, get, rename and delete: the same for all kinds of storage.
 *
 * @param describe What the API says of a storage of this kind besides what it says of every storage.
 */
export function commonOperations<K extends StorageKind>(
    kind: K,
    describe: (content: StorageContents[K], call: Call) => Record<string, unknown>,
): Operation[] {
    const { all, one } = STORAGE_KINDS[kind].operations;
    const view = (call: Call, storage: Storage<StorageContents[K]>): Record<string, unknown> => ({
        ...storageView(call.core, kind, storage),
        ...describe(storage.content, call),
    });
    return [
        {
            operationId: `${all}_get`,
            method: 'GET',
            path: `/${kind}`,
            handle: (call) => listStorages(call, kind, view),
        },
        {
            operationId: `${all}_post`,
            method: 'POST',
            path: `/${kind}`,
            handle: (call) => {
                const { store } = call.core;
                const name = call.query.string('name');
                const existing = store.findByName(kind, name);
                if (existing) return dataReply(view(call, existing));
                const id = store.create(kind, { name });
                return dataReply(view(call, store.find(kind, id)), 201);
            },
        },
        {
            operationId: `${one}_get`,
            method: 'GET',
            path: `/${kind}/:id`,
            handle: (call) => dataReply(view(call, call.core.store.find(kind, call.params.id!))),
        },
        {
            operationId: `${one}_put`,
            method: 'PUT',
            path: `/${kind}/:id`,
            handle: (call) => dataReply(view(call, renameStorage(call, kind))),
        },
        {
            operationId: `${one}_delete`,
            method: 'DELETE',
            path: `/${kind}/:id`,
            handle: ({ core: { store }, params }) => {
                const { id } = store.find(kind, params.id!);
                store.commit({ type: 'storage.deleted', kind, id });
                return emptyReply();
            },
        },
    ];
}

function storageView(
    { store, settings }: PlatformCore,
    kind: StorageKind,
    storage: Storage<unknown>,
): Record<string, unknown> {
    const run = store.state.runs.get(storage.runId ?? '');
    const iso = (millis: number): string => new Date(millis).toISOString();
    return {
        id: storage.id,
        name: storage.name ?? null,
        userId: LOCAL_USER.id,
        username: LOCAL_USER.username,
        createdAt: iso(storage.createdAt),
        modifiedAt: iso(storage.modifiedAt),
        accessedAt: iso(storage.modifiedAt),
        actId: run?.actorId ?? null,
        actRunId: storage.runId ?? null,
        consoleUrl: `local://${kind}/${storage.id}`,
        generalAccess: settings.restrictedStorages ? 'RESTRICTED' : 'ANYONE_WITH_ID_CAN_READ',
        // Empty, and there: the Apify CLI reads from it.
        stats: {},
    };
}

function listStorages<K extends StorageKind>(
    call: Call,
    kind: K,
    view: (call: Call, storage: Storage<StorageContents[K]>) => unknown,
): Reply {
    const unnamed = call.query.boolean('unnamed') ?? false;
    // There is one user here, to whom all belong and nobody shares anything with.
    const areOwn = call.query.string('ownership') !== 'sharedWithMe';
    const all = [...call.core.store.state.storages[kind].values()].filter(
        (storage) => areOwn && (unnamed || storage.name !== undefined),
    );
    all.sort((a, b) => a.createdAt - b.createdAt);
    return dataReply(listPage(call, all, (storage) => view(call, storage)));
}

/** One page of a list, in the API's shape. */
export function listPage<T>(call: Call, all: T[], view: (item: T) => unknown): Record<string, unknown> {
    const desc = call.query.boolean('desc') ?? false;
    const offset = call.query.integer('offset') ?? 0;
    const limit = call.query.integer('limit', { max: 1_000 }) ?? 1_000;
    const items = (desc ? all.toReversed() : all).slice(offset, offset + limit);
    return { total: all.length, offset, limit, desc, count: items.length, items: items.map(view) };
}

const UPDATE_BODY = v.looseObject({ name: v.optional(v.nullable(v.string())), title: v.optional(v.unknown()) });

function renameStorage<K extends StorageKind>(call: Call, kind: K): Storage<StorageContents[K]> {
    const { store } = call.core;
    const storage = store.find(kind, call.params.id!);
    const body = v.safeParse(UPDATE_BODY, jsonBody(call));
    if (!body.success) throw invalidInput('The body must be an object with a name.');
    const { name } = body.output;
    if (name === undefined || name === (storage.name ?? null)) return storage;
    if (name !== null) {
        assertStorageName(name);
        if (store.findByName(kind, name)) {
            throw new ApiError(409, 'name-not-unique', `Another storage is already called '${name}'.`);
        }
    }
    store.commit({ type: 'storage.renamed', kind, id: storage.id, name });
    return storage;
}
