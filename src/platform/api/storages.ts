import * as v from 'valibot';

import { ApiError, invalidInput } from '../errors.js';
import { type Storage, storagesOf } from '../../trace/fold.js';
import type { StorageKind } from '../../trace/entries.js';
import type { RunRecord } from '../../trace/runs.js';
import { assertStorageName, LOCAL_USER } from '../store.js';
import { type Call, jsonBody, type Operation, type Reply } from './operation.js';

/** Names of the operations that all three kinds of storage share. */
interface CommonIds {
    list: string;
    create: string;
    get: string;
    update: string;
    delete: string;
}

/** List, create, get, rename and delete: the same for datasets, key-value stores and request queues. */
export function commonOperations<Content>(
    kind: StorageKind,
    ids: CommonIds,
    describe: (content: Content, storage: Storage<Content>, call: Call) => Record<string, unknown>,
): Operation[] {
    const view = (call: Call, storage: Storage<unknown>): Record<string, unknown> => ({
        ...storageView(kind, storage, call.core.store.state.runs.get(storage.runId ?? '')),
        ...describe(storage.content as Content, storage as Storage<Content>, call),
    });
    return [
        { operationId: ids.list, method: 'GET', path: `/${kind}`, handle: (call) => listStorages(call, kind, view) },
        {
            operationId: ids.create,
            method: 'POST',
            path: `/${kind}`,
            handle: (call) => {
                const { store } = call.core;
                const name = call.query.string('name');
                const existing = store.findByName(kind, name);
                if (existing) return { data: view(call, existing) };
                const id = store.create(kind, { name });
                return { status: 201, data: view(call, storagesOf(store.state, kind).get(id)!) };
            },
        },
        {
            operationId: ids.get,
            method: 'GET',
            path: `/${kind}/:id`,
            handle: (call) => ({ data: view(call, call.core.store.find(kind, call.params.id!)) }),
        },
        {
            operationId: ids.update,
            method: 'PUT',
            path: `/${kind}/:id`,
            handle: (call) => ({ data: view(call, renameStorage(call, kind)) }),
        },
        {
            operationId: ids.delete,
            method: 'DELETE',
            path: `/${kind}/:id`,
            handle: ({ core: { store }, params }) => {
                const { id } = store.find(kind, params.id!);
                store.commit({ type: 'storage.deleted', kind, id });
                return { status: 204 };
            },
        },
    ];
}

function storageView(kind: StorageKind, storage: Storage<unknown>, run?: RunRecord): Record<string, unknown> {
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
        generalAccess: 'RESTRICTED',
        // Empty, and there: the Apify CLI reads from it.
        stats: {},
    };
}

function listStorages(call: Call, kind: StorageKind, view: (call: Call, storage: Storage<unknown>) => unknown): Reply {
    const unnamed = call.query.boolean('unnamed') ?? false;
    // There is one user here, to whom all belong and nobody shares anything with.
    const areOwn = call.query.string('ownership') !== 'sharedWithMe';
    const all = [...storagesOf(call.core.store.state, kind).values()].filter(
        (storage) => areOwn && (unnamed || storage.name !== undefined),
    );
    all.sort((a, b) => a.createdAt - b.createdAt);
    return { data: listPage(call, all, (storage) => view(call, storage)) };
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

function renameStorage(call: Call, kind: StorageKind): Storage<unknown> {
    const { store } = call.core;
    const storage = store.find(kind, call.params.id!) as Storage<unknown>;
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
