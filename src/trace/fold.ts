import type { ActorSettings } from './actors.js';
import type { ReadPlace } from './place.js';
import type { FoldedEntry } from './placed-entry.js';
import type { RequestQueue } from './request-queue.js';
import { isTerminal, type RunRecord } from './runs.js';
import { STORAGE_KINDS, type Storage, type StorageKind, type Storages } from './storage-kinds.js';
import type { WebhookRecord } from './webhooks.js';

/** Everything that a platform knows, folded from its journal. */
export interface State {
    readonly storages: Storages;
    readonly runs: Map<string, RunRecord>;
    /** Idempotency keys of a run's charges. */
    readonly chargeKeys: Map<string, Set<string>>;
    /** What was set for an Actor, by its id. */
    readonly actors: Map<string, ActorSettings>;
    readonly webhooks: Map<string, WebhookRecord>;
    /** Reads what lies on disk; undefined where all is in memory. */
    readonly read?: ReadPlace | undefined;
}

/** @param read Needed for entries of which something lies on disk. */
export function emptyState(read?: ReadPlace): State {
    return {
        read,
        storages: { datasets: new Map(), 'key-value-stores': new Map(), 'request-queues': new Map() },
        runs: new Map(),
        chargeKeys: new Map(),
        actors: new Map(),
        webhooks: new Map(),
    };
}

/** The same state, to which entries can be applied without changing this one. Rows, values and requests are shared. */
export function cloneState({ storages, ...state }: State): State {
    const cloned = <Content extends { clone: () => Content }>(
        all: ReadonlyMap<string, Storage<Content>>,
    ): Map<string, Storage<Content>> =>
        new Map([...all].map(([id, storage]) => [id, { ...storage, content: storage.content.clone() }]));
    return {
        read: state.read,
        storages: {
            datasets: cloned(storages.datasets),
            'key-value-stores': cloned(storages['key-value-stores']),
            'request-queues': cloned(storages['request-queues']),
        },
        runs: new Map([...state.runs].map(([id, run]) => [id, { ...run }])),
        chargeKeys: new Map([...state.chargeKeys].map(([id, keys]) => [id, new Set(keys)])),
        actors: new Map(state.actors),
        webhooks: new Map(state.webhooks),
    };
}

/** Applies one entry. The same entries in the same order always give the same state. */
export function fold(state: State, entry: FoldedEntry): void {
    switch (entry.type) {
        case 'storage.created': {
            const { kind, id, name, runId, alias } = entry;
            addStorage(state, kind, { id, name, runId, alias, createdAt: entry.at, modifiedAt: entry.at });
            break;
        }
        case 'storage.renamed': {
            const storage = state.storages[entry.kind].get(entry.id);
            if (storage) touch(storage, entry.at).name = entry.name ?? undefined;
            break;
        }
        case 'storage.deleted':
            state.storages[entry.kind].delete(entry.id);
            break;
        case 'items.pushed':
            touch(state.storages.datasets.get(entry.id), entry.at)?.content.push(entry.items, entry.at);
            break;
        case 'record.put': {
            const { key, contentType, value } = entry;
            touch(state.storages['key-value-stores'].get(entry.id), entry.at)?.content.put({ key, contentType, value });
            break;
        }
        case 'record.deleted':
            touch(state.storages['key-value-stores'].get(entry.id), entry.at)?.content.delete(entry.key);
            break;
        case 'requests.added':
        case 'request.updated':
        case 'requests.deleted':
        case 'requests.locked':
        case 'requests.unlocked': {
            const queue = touch(state.storages['request-queues'].get(entry.id), entry.at)?.content;
            if (queue) foldQueue(queue, entry);
            break;
        }
        case 'request-queue.client-seen':
            state.storages['request-queues'].get(entry.id)?.content.sawClient(entry.clientKey);
            break;
        case 'run.created':
            state.runs.set(entry.run.id, { ...entry.run });
            break;
        case 'run.changed':
            changeRun(state, entry.id, entry.change);
            break;
        case 'run.status': {
            const { status, exitCode } = entry;
            const finishedAt = isTerminal(status) ? entry.at : undefined;
            changeRun(state, entry.id, { status, finishedAt, exitCode });
            break;
        }
        case 'run.boot':
            changeRun(state, entry.id, { incarnation: entry.incarnation });
            break;
        case 'run.charged':
            foldCharge(state, entry);
            break;
        case 'actor.changed':
            state.actors.set(entry.id, { ...state.actors.get(entry.id), ...entry.change });
            break;
        case 'webhook.created':
            state.webhooks.set(entry.webhook.id, entry.webhook);
            break;
        case 'webhook.deleted':
            state.webhooks.delete(entry.id);
            break;
        case 'run.event':
        case 'run.struck':
        case 'run.exit':
            break;
        default:
            entry satisfies never;
    }
}

function addStorage<K extends StorageKind>(
    { storages, read }: State,
    kind: K,
    storage: Omit<Storage<unknown>, 'content'>,
): void {
    const content = STORAGE_KINDS[kind].empty(read);
    storages[kind].set(storage.id, { ...storage, content });
}

type QueueEntryType = Extract<FoldedEntry, { type: `request.${string}` | `requests.${string}` }>;

function foldQueue(queue: RequestQueue, entry: QueueEntryType): void {
    queue.modifiedAt = entry.at;
    if (entry.type !== 'requests.unlocked') queue.sawClient(entry.clientKey);
    switch (entry.type) {
        case 'requests.added':
            for (const request of entry.requests) queue.put(request, entry.forefront);
            break;
        case 'request.updated':
            queue.put(entry.request, entry.forefront);
            break;
        case 'requests.deleted':
            for (const id of entry.requestIds) queue.delete(id);
            break;
        case 'requests.locked':
            for (const id of entry.requestIds) queue.lock(id, entry.lockedUntil, entry, entry.forefront);
            break;
        case 'requests.unlocked':
            for (const id of entry.requestIds) queue.unlock(id, entry.forefront);
            break;
        default:
            entry satisfies never;
    }
}

function foldCharge(state: State, entry: Extract<FoldedEntry, { type: 'run.charged' }>): void {
    const { id, eventName, count, idempotencyKey } = entry;
    const counts = state.runs.get(id)?.chargedEventCounts;
    const before = counts && Object.hasOwn(counts, eventName) ? counts[eventName]! : 0;
    changeRun(state, id, { chargedEventCounts: { ...counts, [eventName]: before + count } });
    if (idempotencyKey === undefined) return;
    const keys = state.chargeKeys.get(id) ?? new Set();
    state.chargeKeys.set(id, keys.add(idempotencyKey));
}

function touch<T extends Storage<unknown> | undefined>(storage: T, at: number): T {
    if (storage) storage.modifiedAt = at;
    return storage;
}

function changeRun(state: State, id: string, change: Partial<RunRecord>): void {
    const run = state.runs.get(id);
    if (run) Object.assign(run, change);
}
