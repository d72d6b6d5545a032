import { EventEmitter } from 'node:events';
import { join } from 'node:path';
import type { Readable } from 'node:stream';

import { invalidValue, recordNotFound } from './errors.js';
import { resourceId } from './ids.js';
import { Calls } from './calls.js';
import { Blobs } from './journal/blobs.js';
import { CHUNK_BYTES, Journal } from './journal/journal.js';
import { Recorder } from './journal/recorder.js';
import { readSnapshot, writeSnapshot } from './journal/snapshot.js';
import type { RecordedEntry, TraceEntry } from '../trace/recorded.js';
import type { AccountEntry, JournalEntry, RunEntry, StorageEntry } from '../trace/entries.js';
import { emptyState, fold, type State } from '../trace/fold.js';
import type { StoredValue } from '../trace/records.js';
import type { ReadPlace } from '../trace/place.js';
import { placed, type PlacedLine } from '../trace/placed-entry.js';
import type { RunRecord } from '../trace/runs.js';
import { stateData, stateOf } from '../trace/state-data.js';
import { STORAGE_KINDS, type Storage, type StorageContents, type StorageKind } from '../trace/storage-kinds.js';

/** The account that everything on a local platform belongs to. */
export const LOCAL_USER = { id: 'localUserLocalUs1', username: 'local' } as const;

/** So much of a journal is read in a moment. */
const SNAPSHOT_AFTER_BYTES = 16 * 1024 * 1024;

const NAME_PATTERN = /^[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?$/;

/**
 * State in memory and its journal on disk: nothing changes the one without the other, but for `commitUnwritten`. Of
 * rows, requests and records the state knows only where they lie in the journal, and reads them there. What else happens is recorded beside it. Both together are the trace, whose entries are told as they come.
 */
export class Store extends EventEmitter<{ entry: [TraceEntry] }> {
    readonly state: State;
    readonly calls = new Calls((entry) => this.record(entry));
    readonly #journal: Journal;
    readonly #recorder: Recorder;

    /** Bytes of the journal that the snapshot beside it knows. */
    #snapshotSize: number;
    #isClosed = false;
    /** The state holds what the journal does not. */
    #isAhead = false;

    /**
     * @param snapshotAfterBytes A snapshot is written, when the directory is opened or closed, for so many bytes of the
     *   journal that the last one does not know.
     * @throws Error when the directory is held by another process or its journal is damaged.
     */
    constructor(
        readonly dir: string,
        private readonly snapshotAfterBytes = SNAPSHOT_AFTER_BYTES,
    ) {
        super();
        const read: ReadPlace = (place) => this.#journal.read(place);
        const snapshot = readSnapshot(dir, new Blobs(join(dir, 'blobs')));
        this.state = snapshot ? stateOf(snapshot.data, read) : emptyState(read);
        const onEntry = (entry: JournalEntry, line: PlacedLine): void => fold(this.state, placed(entry, line, read));
        this.#journal = Journal.open(dir, onEntry, CHUNK_BYTES, snapshot?.position);
        this.#recorder = new Recorder(dir, this.#journal.length);
        this.#snapshotSize = snapshot?.position.size ?? 0;
        this.#takeSnapshot();
    }

    /**
     * Writes the entry to the journal, then applies it. Whoever is told of it afterwards can rely on it.
     *
     * @throws UnwritableError when it can't be written; it is then not applied.
     */
    commit(change: StorageEntry | RunEntry | AccountEntry, at: number = Date.now()): void {
        const { entry, line } = this.#journal.append({ at, ...change });
        this.calls.wrote(this.#journal.length - 1);
        fold(this.state, placed(entry, line, this.state.read!));
        this.emit('entry', entry);
    }

    /**
     * Applies what can't be written: that a run has ended because of it. The next platform on the directory finds
     * that run as one that was running when this platform stopped.
     */
    commitUnwritten(change: RunEntry): void {
        this.#isAhead = true;
        const entry = { at: Date.now(), ...change };
        fold(this.state, entry);
        this.emit('entry', entry);
    }

    /** Records what happens and is no write. */
    record(entry: RecordedEntry): void {
        this.#recorder.append(entry, this.#journal.length);
        this.emit('entry', entry);
    }

    /** Hands the recording to the operating system, so that a trace which is read now holds all of it. */
    flush(): void {
        this.#recorder.flush();
    }

    close(): void {
        if (this.#isClosed) return;
        this.#isClosed = true;
        this.#recorder.close();
        this.#takeSnapshot();
        this.#journal.close();
    }

    #takeSnapshot(): void {
        const { size, length } = this.#journal;
        if (size - this.#snapshotSize < this.snapshotAfterBytes || this.#isAhead) return;
        writeSnapshot(this.dir, { position: { size, length }, data: stateData(this.state) });
        this.#snapshotSize = size;
    }

    /** The bytes of a record, wherever they lie. */
    bytesOf(value: StoredValue): Buffer {
        return 'bytes' in value ? asBuffer(value.bytes) : this.#journal.blobs.read(value.blob);
    }

    /** The bytes of a record as an answer: those that lie in a file are not read into memory. */
    contentOf(value: StoredValue): Buffer | { length: number; open: () => Readable } {
        if ('bytes' in value) return asBuffer(value.bytes);
        return { length: value.size, open: () => this.#journal.blobs.stream(value.blob) };
    }

    /**
     * Finds a storage by id, `user~name`, `~name` or name.
     *
     * @throws ApiError 404 `record-not-found`.
     */
    find<K extends StorageKind>(kind: K, reference: string): Storage<StorageContents[K]> {
        const found = this.state.storages[kind].get(reference) ?? this.findByName(kind, nameIn(reference));
        if (!found) throw recordNotFound(`${STORAGE_KINDS[kind].label} '${reference}'`);
        return found;
    }

    findByName<K extends StorageKind>(kind: K, name: string | undefined): Storage<StorageContents[K]> | undefined {
        if (name === undefined) return undefined;
        for (const storage of this.state.storages[kind].values()) if (storage.name === name) return storage;
        return undefined;
    }

    /**
     * Creates a storage. Named storages belong to no run and outlive them all.
     *
     * @throws ApiError 400 when the name is not one.
     */
    create(kind: StorageKind, options: { name?: string | undefined; runId?: string; alias?: string }): string {
        if (options.name !== undefined) assertStorageName(options.name);
        const id = resourceId();
        this.commit({ type: 'storage.created', kind, id, ...options });
        return id;
    }

    /**
     * @throws ApiError 404 `record-not-found`.
     */
    run(id: string): RunRecord {
        const run = this.state.runs.get(id);
        if (!run) throw recordNotFound(`Actor run '${id}'`);
        return run;
    }
}

function asBuffer({ buffer, byteOffset, byteLength }: Uint8Array): Buffer {
    return Buffer.from(buffer, byteOffset, byteLength);
}

/**
 * @throws ApiError 400 when a storage can't be called that: up to 63 letters, digits and inner dashes.
 */
export function assertStorageName(name: string): void {
    if (NAME_PATTERN.test(name)) return;
    throw invalidValue(`'${name.slice(0, 80)}' is no storage name: up to 63 letters, digits and inner dashes.`);
}

/** The name in `user~name`, `~name` or `name`; undefined when the user is somebody else. */
export function nameIn(reference: string): string | undefined {
    const tilde = reference.indexOf('~');
    if (tilde === -1) return reference;
    const owner = reference.slice(0, tilde);
    const isOwn = owner === '' || owner === LOCAL_USER.username || owner === LOCAL_USER.id;
    return isOwn ? reference.slice(tilde + 1) : undefined;
}
