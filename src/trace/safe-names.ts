import type { JournalEntry } from './entries.js';
import type { StorageKind } from './storage-kinds.js';

// eslint-disable-next-line no-control-regex -- No name has such characters.
const NOT_IN_NAMES = /[/\\:\u0000-\u001F\u007F]/;
const MAX_LENGTH = 1_000;

/** Whether a name is one of a file in a folder, and leads to no other folder, on any system. */
export function isPlainName(name: unknown): name is string {
    if (typeof name !== 'string' || name === '' || name.length > MAX_LENGTH) return false;
    return name !== '.' && name !== '..' && !NOT_IN_NAMES.test(name);
}

/**
 * A data directory may be from somebody else. What an entry calls something becomes the name of a file: of a log, a blob,
 * or in an export. None of them may lead out of the folder.
 *
 * @throws Error that quotes the first name which is none.
 */
export function assertSafeNames(entry: JournalEntry): void {
    for (const name of namesIn(entry)) {
        if (isPlainName(name)) continue;
        throw new Error(`it has ${JSON.stringify(name)?.slice(0, 80)} where a name is expected`);
    }
    const hash = hashIn(entry);
    if (hash !== undefined && !/^[0-9a-f]{64}$/.test(String(hash))) {
        throw new Error(`it has ${JSON.stringify(hash)?.slice(0, 80)} where a SHA-256 is expected`);
    }
}

/** All in an entry that may become a file's name. */
function namesIn(entry: JournalEntry): unknown[] {
    switch (entry.type) {
        case 'storage.created':
            return [entry.id, ...given(entry.name), ...given(entry.runId), ...given(entry.alias)];
        case 'storage.renamed':
            return [entry.id, ...given(entry.name)];
        case 'record.put':
        case 'record.deleted':
            return [entry.id, entry.key];
        case 'requests.added':
            return [entry.id, ...entry.requests.map(({ id }) => id)];
        case 'request.updated':
            return [entry.id, entry.request.id];
        case 'run.created':
            return namesOfRun(entry.run);
        case 'run.changed':
            return [entry.id, ...namesOfRun({ id: entry.id, ...entry.change })];
        case 'webhook.created':
            return [entry.webhook.id];
        default:
            return [entry.id];
    }
}

function given(name: unknown): unknown[] {
    return name === undefined || name === null ? [] : [name];
}

const IDS_OF_RUN = ['id', 'actorId', 'datasetId', 'keyValueStoreId', 'requestQueueId', 'inputKey'] as const;

function namesOfRun(run: Extract<JournalEntry, { type: 'run.changed' }>['change']): unknown[] {
    const aliases = Object.values<Readonly<Record<string, string>>>(
        (run.aliases ?? {}) as Record<StorageKind, Readonly<Record<string, string>>>,
    );
    return [
        ...IDS_OF_RUN.flatMap((field) => given(run[field])),
        ...aliases.flatMap((ids) => Object.entries(ids).flat()),
    ];
}

function hashIn(entry: JournalEntry): unknown {
    if (entry.type === 'record.put') return (entry.value as { blob?: unknown }).blob;
    if (entry.type === 'items.pushed') return (entry.items as { blob?: unknown }).blob;
    return undefined;
}
